// SPDX-License-Identifier: MIT
/*
 * link.h - a test's hold on its subject (link.c). Used by run.c only; stubs use make_call of judge.h.
 */
#ifndef HEAPLAB_LINK_H
#define HEAPLAB_LINK_H

#include <stdbool.h>
#include <stddef.h>

/* Opens the arena and starts PROGRAM in its sandbox. Returns once it waits for its first call; ends the test if it
 * ended or hung before that. */
void link_start(const char *program, bool namespaces);

/* Tells the subject to write its counters and end; safe in any state, and a second time. */
void link_conclude(void);

/* The subject and all it started are gone when this returns. */
void link_end(void);

/* Copies the first SIZE bytes of what the subject printed into ROOM; returns how many there were. */
size_t link_output(char *room, size_t size);

/* The coverage counters that the subject wrote at its end: untrusted .gcda images. Returns their length. */
size_t link_counters(const unsigned char **bytes);

#endif
