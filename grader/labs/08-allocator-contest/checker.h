// SPDX-License-Identifier: MIT
/*
 * checker.h - tests of mm_checkheap (checker.c).
 */
#ifndef CHECKER_H
#define CHECKER_H

#include <stddef.h>

/* Fails unless the checker accepts a sound heap after each of many calls. */
void checker_accepts(void);

/* Inverts the bits of some words that calls have written, one word at a time. Fails unless the checker notices at least
 * PERCENT of the cases. Passes a design that writes next to nothing to the heap. */
void checker_notices(size_t percent);

/* The same with all of those words, each damaged in three ways. */
void checker_notices_any_way(size_t percent);

#endif
