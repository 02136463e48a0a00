// SPDX-License-Identifier: MIT
/*
 * many.h - tens of thousands of calls in one (many.c): a call from the judge for each would take too long.
 */
#ifndef MANY_H
#define MANY_H

#include "clinic.h"

/* Adds the readings VALUE(START) to VALUE(END - 1), where VALUE(i) is 3 * i + 1. Returns how many were taken. */
size_t add_many_readings(struct readings *readings, size_t start, size_t end);

/* The index of the first of COUNT readings that is not VALUE(index); COUNT if there is none. */
size_t find_wrong_reading(const struct readings *readings, size_t count);

/* Adds SCORE, TIMES times. Returns how many were taken. */
size_t add_many_scores(struct scores *scores, int score, size_t times);

/* Puts an item in and takes the one before it out, TIMES times; one is left. RING is empty and has room for two.
 * Returns how many came out as they were put in. */
size_t pass_many_items(struct ring *ring, size_t times);

#endif
