// SPDX-License-Identifier: MIT
/*
 * stores.h - every change of the heap, one by one, for a timeline (stores.c).
 *
 * The subject lists the stores of graded code (wire/watched.h). Whatever else changes in the heap was written by the
 * judge or the test, or by code that is not watched: the judge finds it by comparing the heap with a copy, before each
 * call and after each up-call. So the changes come in the order in which they were made.
 */
#ifndef HEAPLAB_JUDGE_STORES_H
#define HEAPLAB_JUDGE_STORES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A change: BYTES bytes at ADDRESS became DATA, of which there are store_kept(BYTES). CODE: the return address of the
 * hook in graded code; 0: no store of graded code did it. BYTES is 0: a note, and which (wire/watched.h). */
struct change {
    uint32_t code;
    uintptr_t address;
    uint32_t bytes;
    const unsigned char *data;
};

/* Before the watch is opened: has stores recorded, and each change reported to SHOW. ALL: those of the judge and the
 * test, too. */
void stores_record(void (*show)(const struct change *change), bool all);

bool stores_are_recorded(void);

/* Reports what has changed since the last time. Does nothing if stores are not recorded. */
void stores_take(void);

/* How many stores there was no room for. */
uint32_t stores_lost(void);

#endif
