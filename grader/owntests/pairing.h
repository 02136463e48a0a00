// SPDX-License-Identifier: MIT
/*
 * pairing.h - a worker's tester, and one run of a test against an implementation (wire/control.h).
 */
#ifndef HEAPLAB_PAIRING_H
#define HEAPLAB_PAIRING_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/control.h"

struct pairing_plan {
    const char *tester; /* the program that holds the student's tests */
    const char *keeper; /* build/subject/keeper */
    bool namespaces;
};

struct run_result {
    enum outcome outcome;  /* OUTCOME_NONE: the tester itself ended; OUTCOME_ENDLESS: the test ran out of CPU time */
    unsigned calls;        /* how many the test made, according to the tester */
    unsigned processor_ms; /* CPU time that the test took, according to the tester */
    char name[CONTROL_NAME_BYTES];
    char message[CONTROL_MESSAGE_BYTES];
};

/* Starts the tester. Returns how many tests it holds, at most MOST_TESTS; -1 if it did not get ready. To be called once
 * per process. */
int pairing_open(const struct pairing_plan *plan);

/* Runs test INDEX against the program IMPLEMENTATION. */
void pairing_run(const char *implementation, unsigned index, struct run_result *result);

/* Runs test INDEX, in a tester of its own, against COUNTED, which counts the lines that are reached; appends its
 * counters to the file COUNTERS once the tester has ended. Leaves no tester: pairing_again starts one. */
void pairing_count(const char *counted, unsigned index, const char *counters, struct run_result *result);

/* Starts the tester afresh. Returns what pairing_open does. */
int pairing_again(void);

/* Ends the tester. */
void pairing_close(void);

#endif
