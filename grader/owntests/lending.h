// SPDX-License-Identifier: MIT
/*
 * lending.h - pointers to a test's own variables, as arguments of calls (lending.c).
 *
 * A test may write `struct mm_counts counts; mm_count(&counts);`. The implementation is another process and cannot see
 * the test's variables, so the target of the argument is lent: it is copied into the arena before the call, and what
 * the call changed is copied back afterwards. Pointers into the arena, and pointers to no memory at all, are passed
 * unchanged.
 */
#ifndef HEAPLAB_LENDING_H
#define HEAPLAB_LENDING_H

#include <stdint.h>

/* The word to send for POINTER, which is argument INDEX of a call. */
uint64_t lend(unsigned index, uint64_t pointer);

/* After the call: copies back what changed. */
void take_back(void);

/* The test's own address for one that was lent, or ADDRESS itself. */
uint64_t lent_from(uint64_t address);

#endif
