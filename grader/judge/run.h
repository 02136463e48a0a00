// SPDX-License-Identifier: MIT
/*
 * run.h - running tests of the_suite under Check (run.c). Used by main.c.
 */
#ifndef HEAPLAB_RUN_H
#define HEAPLAB_RUN_H

#include <stdbool.h>

#include "judge/judge.h"
#include "judge/steps.h"

struct run_plan {
    const char *subject;  /* path of the program that holds the student's code */
    const char *launcher; /* path of a copy of subject/launch */
    const char *probe;    /* path of a copy of subject/probe */
    const char *evidence; /* folder for NAME.gcda (coverage) and NAME.xml (memcheck) files; NULL for none */
    const char *timeline; /* the test whose timeline is written to evidence/NAME.timeline; NULL for none */
    bool namespaces;
    bool *failed;           /* in shared memory: a test has failed, so no further one is run; NULL to run all */
    struct record *records; /* one a test of the_suite, in shared memory, all zero */
    struct steps *steps;    /* one a test, in shared memory; used by random tests */
    bool *unstartable; /* in shared memory, plain and under memcheck: one did not start, so no further one is tried */
};

/* Runs test number INDEX of the_suite; its record then says how it went. False on a fault of the kit's own. */
bool run_test(const struct run_plan *plan, unsigned index);

#endif
