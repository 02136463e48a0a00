// SPDX-License-Identifier: MIT
/*
 * children.h - the children of a student's code, and the page size that it is told (subject/system.c). The subject and
 * direct mode each define what stands here in their own way.
 */
#ifndef HEAPLAB_CHILDREN_H
#define HEAPLAB_CHILDREN_H

#include <stddef.h>
#include <stdint.h>

/* What system_play of heaplab/system.h last asked for. */
struct played {
    unsigned children;
    size_t page;
};
extern struct played played;

/* In a forked child: starts its clock, which is not inherited. In its parent: calls LET_GO once if the call in flight
 * has been computing for half of its time, and forgets it then. */
void watch_child(void);
void watch_parent(void (*let_go)(void));

/* Ends a child that did not end with _exit, and lets the judge know how (channel.h: child_returned). */
_Noreturn void end_child_wrongly(uint32_t how);

#endif
