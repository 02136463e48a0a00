// SPDX-License-Identifier: MIT
/*
 * children.h - the children of a student's code, and the page size reported to it (subject/system.c). The subject and
 * direct mode each have their own definitions of these functions.
 */
#ifndef HEAPLAB_CHILDREN_H
#define HEAPLAB_CHILDREN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What system_play of heaplab/system.h last asked for. */
struct played {
    unsigned children;
    size_t page;
    bool cells; /* system_change_cells is in force */
};
extern struct played played;

/* In a forked child: starts its clock, which is not inherited. In its parent: calls LET_GO once, when the call in
 * flight has used half of its time. */
void watch_child(void);
void watch_parent(void (*let_go)(void));

/* In a child that calls _exit: the first ints of two mappings, the first in the low half of CELLS. */
void note_cells_of_child(uint64_t cells);

/* In a child that calls _exit: keeps the lines that it reached. */
void note_counters_of_child(void);

/* Ends a child that did not end with _exit, and tells the judge how it ended (channel.h: child_returned). */
_Noreturn void end_child_wrongly(uint32_t how);

#endif
