// SPDX-License-Identifier: MIT
/*
 * checker.h - tests of mm_checkheap (checker.c).
 */
#ifndef CHECKER_H
#define CHECKER_H

#include <stddef.h>

/* The checker is content with a sound heap, after each of many calls; or the test ends. */
void checker_accepts(void);

/* Some of the words that calls write have their bits turned over. The checker notices at least PERCENT of that, or the
 * test ends. A design that writes next to nothing to the heap is not asked. */
void checker_notices(size_t percent);

/* The same with all of those words, each damaged in three ways. */
void checker_notices_any_way(size_t percent);

#endif
