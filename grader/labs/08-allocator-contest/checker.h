// SPDX-License-Identifier: MIT
/*
 * checker.h - tests of mm_checkheap (checker.c).
 */
#ifndef CHECKER_H
#define CHECKER_H

#include <stddef.h>

struct damage {
    size_t done;    /* words that were damaged, one at a time */
    size_t noticed; /* of these, how many the checker answered false to */
};

/* The checker is content with a sound heap, after each of many calls; or the test ends. */
void checker_accepts(void);

/* Damages what calls write. The heap is whole again afterwards. */
struct damage checker_try_damage(void);

/* The checker notices at least PERCENT of the damages, or the test ends. A design that writes next to nothing to the
 * heap is not asked. */
void checker_notices(size_t percent);

#endif
