// SPDX-License-Identifier: MIT
/*
 * pairing.h - a worker's tester, and one run of a test against an implementation (owntests.h).
 */
#ifndef HEAPLAB_PAIRING_H
#define HEAPLAB_PAIRING_H

#include <stdbool.h>
#include <stddef.h>

#include "owntests/owntests.h"

struct pairing_plan {
    const char *tester; /* the program that holds the student's tests */
    const char *keeper; /* build/subject/keeper */
    bool namespaces;
};

struct run_result {
    enum outcome outcome; /* OUTCOME_NONE: the tester itself ended */
    char name[CONTROL_NAME_BYTES];
    char message[CONTROL_MESSAGE_BYTES];
};

/* Starts the tester. Returns how many tests it holds; -1 if it did not get ready. Once a process. */
int pairing_open(const struct pairing_plan *plan);

/* Runs test INDEX against the program IMPLEMENTATION. The counters that it left, if any, are appended to the file
 * COUNTERS (NULL: none). */
void pairing_run(const char *implementation, unsigned index, const char *counters, struct run_result *result);

/* Ends the tester. */
void pairing_close(void);

#endif
