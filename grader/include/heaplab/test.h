// SPDX-License-Identifier: MIT
/*
 * heaplab/test.h - the one header a lab's tests.c includes.
 *
 * A test is an ordinary Check test. It calls the student's functions by their own names and looks at the
 * memory they return through ordinary pointers:
 *
 *     START_TEST(block_can_be_written)
 *     {
 *         char *p = mm_malloc(100);
 *         expect_pointer_set(p, "mm_malloc(100) should give a block");
 *         fill(p, 7, 100);
 *     }
 *     END_TEST
 *
 *     void lab_suite(struct suite *suite)
 *     {
 *         suite_add(suite, block_can_be_written);
 *     }
 *
 * The same file is linked in two ways (see grader/README.md, "Judge and subject"):
 *
 *   judged  The student's functions run in another process. Each call crosses over a shared page; a crash, a
 *           hang or an exit ends only that test, and is reported as a verdict on the call in flight.
 *   direct  Everything is one ordinary program, for gdb, valgrind and the like.
 *
 * Rules for tests:
 *   - What a pointer argument points to must be put into memory both sides can see: see input.h.
 *   - Use the expect functions of expect.h, not ck_assert: they tell the student what was expected and found.
 *   - Each test runs in a process of its own and against a fresh subject. No test depends on another.
 *   - Points, titles and hints live in rubric.ini, never here.
 */
#ifndef HEAPLAB_TEST_H
#define HEAPLAB_TEST_H

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "heaplab/break.h"
#include "heaplab/expect.h"
#include "heaplab/heap.h"
#include "heaplab/input.h"
#include "heaplab/picture.h"
#include "heaplab/random.h"
#include "heaplab/replay.h"
#include "heaplab/story.h"
#include "heaplab/system.h"
#include "heaplab/watch.h"

struct suite;

/* Every lab's tests.c defines this one function; it adds the lab's tests in any order. */
void lab_suite(struct suite *suite);

/* Tests that students must not see are in the folder `hidden` of the lab's folder in the grader; `make release` leaves
 * it out. This function, which is defined there, adds them; their visibility in rubric.ini is hidden or after_due_date.
 * Whatever lab_suite has set, such as fixtures, applies to them, too. Most labs have none. */
void hidden_suite(struct suite *suite) __attribute__((weak));

/* Adds TEST, a name defined by START_TEST. Its rubric section is [test NAME]. */
void suite_add(struct suite *suite, const TTest *test);

/* As suite_add, but the subject runs under valgrind's memcheck, with origins of uninitialised values. What memcheck
 * reports about the student's code fails the test, in the student's terms, even if the test itself finished. To start
 * valgrind takes half a second: once for all such tests of a lab, and once more after each that is not clean. So write
 * one test per patient or module, not one per requirement. Memory that the *test* writes into the student's blocks
 * counts as uninitialised there: let the student's code write what it reads. */
void suite_add_memcheck(struct suite *suite, const TTest *test);

/* As suite_add, for a test that calls random_run (random.h). */
void suite_add_random(struct suite *suite, const TTest *test);

/* The tests' subjects may fork (lab 04), up to a few processes at a time. */
void suite_allow_processes(struct suite *suite);

/* SET_UP runs before every test added afterwards, with the subject ready; TEAR_DOWN after each that finished. Either
 * may be NULL. A failed expectation in them fails the test. */
void suite_fixture(struct suite *suite, void (*set_up)(void), void (*tear_down)(void));

/* INSPECT runs after every call into the student's code; it may fail the test. The story then names that call. */
void suite_after_call(struct suite *suite, void (*inspect)(void));

/* DRAW describes the student's heap as it is now (see picture.h). It is called when a test fails. It must
 * cope with any damage. Labs that use malloc get a picture from the judge's own books without asking. */
void suite_draw(struct suite *suite, void (*draw)(struct picture *picture));

/* As suite_draw, for labs whose blocks may have any layout: draws the blocks that calls have returned. */
void suite_draw_payloads(struct suite *suite);

/* PAYLOAD, which a call has just returned, shares no byte with another block in use. For labs with suite_draw_payloads;
 * in a heap of many thousand blocks, once in a while. */
void expect_alone(const void *payload);

/* errno as the student's code left it in the most recent call; 0 if that call did not change it. */
int call_errno(void);

/* From now to the end of the test, errno is ERROR when a call begins, as if something had failed earlier: functions may
 * look at it only after a failure. Otherwise it is a number that no function sets, so that call_errno can tell. */
void errno_begins(int error);

#endif
