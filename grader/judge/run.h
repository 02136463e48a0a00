// SPDX-License-Identifier: MIT
/*
 * run.h - running tests of the_suite under Check (run.c). Used by main.c.
 */
#ifndef HEAPLAB_RUN_H
#define HEAPLAB_RUN_H

#include <stdbool.h>

#include "judge/judge.h"
#include "judge/lib/steps.h"

/* Calls that were given all the time there is, and did not return: "mm_malloc" and so on. */
enum { MOST_HUNG = 8, HUNG_BYTES = 64 };
struct hung {
    char function[MOST_HUNG][HUNG_BYTES]; /* the first that is empty ends the list */
};

/* A subject did not start. No further one is tried: which test is first depends on the workers' luck, and what the
 * tests say must not, so all of them get its record. */
struct unstartable {
    bool known;
    struct record record;
};

struct run_plan {
    const char *subject;  /* path of the program that holds the student's code */
    const char *keeper;   /* path of build/subject/keeper */
    const char *probe;    /* path of build/subject/probe */
    bool cost;            /* replays are cost runs (cost.h) of SUBJECT under callgrind, after the judged ones */
    bool measured;        /* memory counts, as link.h says */
    size_t static_bytes;  /* of the subject: heaplab/system.h */
    const char *evidence; /* folder for NAME.gcda (coverage) and NAME.xml (memcheck) files; NULL for none */
    const char *timeline; /* the test whose timeline is written to evidence/NAME.timeline; NULL for none */
    bool watched;         /* SUBJECT's graded code is (judge/lib/watch.h), but under valgrind */
    bool forgives;        /* with a timeline: nothing that watched code does is refused (judge/lib/watch.h) */
    bool namespaces;
    bool bits32;               /* SUBJECT and PROBE are 32-bit programs */
    struct keeper *keepers[2]; /* this worker's sandboxes: plain and under valgrind; made by open_sandbox */
    _Atomic unsigned *next;    /* in shared memory: how many tests have been taken by a worker */
    const char **needs;        /* NAME:NAME:...: the test under memcheck runs if none of the others has failed */
    unsigned need_count;
    bool *failed;           /* in shared memory: a test has failed, so no further one is run; NULL to run all */
    struct record *records; /* one a test of the_suite, in shared memory, all zero */
    struct steps *steps;    /* one a test, in shared memory; used by random tests */
    struct hung *hung;      /* in shared memory; NULL if it does not matter */
    struct unstartable *unstartable; /* two, in shared memory: plain and under memcheck */
};

/* Makes the sandbox that test number INDEX needs, if this process has none. After link_prepare, before run_test. */
void open_sandbox(struct run_plan *plan, unsigned index);

/* Makes a sandbox for all tests under memcheck that this process runs, and starts their subject; test number INDEX is
 * one of them. Returns at once. */
void start_ahead(struct run_plan *plan, unsigned index);

/* As run_test, for a test under memcheck, whose subject is the one that earlier tests used; made if there is none. Such
 * a turn can only tell that a test passes and memcheck is silent: whatever else comes of it is forgotten, and the test
 * runs with a subject of its own. */
bool run_in_turn(struct run_plan *plan, unsigned index);

/* For struct mode: ends the subject of the test that runs, and keeps what it leaves: output and counters. Safe in any
 * state, and a second time. */
void close_subject(void);

/* Runs test number INDEX of the_suite; its record then says how it went. False if the kit failed. */
bool run_test(const struct run_plan *plan, unsigned index);

#endif
