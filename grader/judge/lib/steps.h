// SPDX-License-Identifier: MIT
/*
 * steps.h - the steps of a random test, where judge and test can both see them (steps.c, shrink.c).
 */
#ifndef HEAPLAB_STEPS_H
#define HEAPLAB_STEPS_H

#include <stdbool.h>

#include "heaplab/random.h"

struct steps {
    uint64_t seed;
    unsigned made; /* steps in the whole list; 0 until the first run makes them */
    unsigned kept; /* steps to perform */
    unsigned done; /* steps begun in the latest run */
    bool aloud;    /* this run is the one whose story is shown */
    struct {
        struct step step;
        unsigned number; /* in the whole list, from 1 */
    } list[MOST_STEPS];
};

/* The steps of the test that runs in this process. */
extern struct steps *steps;

#endif
