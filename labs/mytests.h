// SPDX-License-Identifier: MIT
/*
 * mytests.h - for your own tests (my_tests.c) in labs 05 to 08. The kit provides these functions.
 *
 * Your tests are ordinary Check tests. They call the lab's functions and the system of memlib.h, and are run against
 * right and wrong versions of the lab: the right ones must pass all of them, each wrong one should fail in at least
 * one. Every test starts with an empty heap.
 */
#ifndef MYTESTS_H
#define MYTESTS_H

#include <check.h>
#include <stddef.h>

#include "memlib.h"

/* Your my_tests.c defines this function: it adds each of your tests with tcase_add_test(tcase, name). */
void my_tests(TCase *tcase);

/* From now on the heap may not grow past BYTES in all: mem_sbrk then answers MEM_SBRK_FAILED, errno ENOMEM. */
void mem_limit(size_t bytes);

/* How often the code under test has called mm_report since the test began. */
unsigned mem_reports(void);

/* The most recent report: its kind, or -1 if there was none. *POINTER (unless POINTER is NULL) is what it was about. */
int mem_last_report(const void **pointer);

#endif
