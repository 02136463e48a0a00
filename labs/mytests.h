// SPDX-License-Identifier: MIT
/*
 * mytests.h - for your own tests (my_tests.c) in labs 05 to 09. The kit provides these functions.
 *
 * Your tests are ordinary Check tests. They call the lab's functions and those of memlib.h. The
 * grader runs them on correct and on wrong versions of the lab: the correct ones must pass all of
 * them, and each wrong one should fail at least one. Every test starts with an empty heap.
 */
#ifndef MYTESTS_H
#define MYTESTS_H

#include <check.h>
#include <stddef.h>

#include "memlib.h"

/* Your my_tests.c defines this function, which adds each test with tcase_add_test(tcase, name). */
void my_tests(TCase *tcase);

/* Limits the heap to BYTES in all: mem_sbrk fails with errno ENOMEM if it would grow further. */
void mem_limit(size_t bytes);

/* Returns how often the code under test has called mm_report since the test began. */
unsigned mem_reports(void);

/* Returns the kind of the most recent report, or -1 if there was none. Stores the reported pointer
 * in *POINTER, unless POINTER is NULL. */
int mem_last_report(const void **pointer);

#endif
