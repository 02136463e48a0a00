// SPDX-License-Identifier: MIT
/*
 * tester.h - students' own tests, run against correct and wrong versions of a lab (wire/control.h).
 *
 *     tester.c         the process that runs the student's tests, one at a time
 *     tester_calls.c   a test's calls, sent to the implementation's process; lending.c: variables that they point to
 *     check_shim.c     the part of Check's interface that tests use
 *     referee.c        decides, for each version, whether a test rejected it
 *     pairing.c        one tester and one implementation, and what came of a test
 *     home.c           the same tests as one ordinary program (make test-mine)
 */
#ifndef HEAPLAB_TESTER_H
#define HEAPLAB_TESTER_H

#include <check.h>
#include <stdbool.h>

#include "wire/control.h"

extern struct channel *channel;

/* check_shim.c: the tests that my_tests added, in order. */
unsigned tester_tests(void);
const TTest *tester_test(unsigned index);

/* Runs my_tests, which adds them. */
void tester_collect(void);

/* Runs one test; false if it failed, with the reason in MESSAGE (of CONTROL_MESSAGE_BYTES). */
bool tester_run(unsigned index, char *message);

/* Ends the running test as failed. */
_Noreturn void tester_fail(const char *format, ...) __attribute__((__format__(__printf__, 1, 2)));

#endif
