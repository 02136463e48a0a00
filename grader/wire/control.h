// SPDX-License-Identifier: MIT
/*
 * control.h - grading a student's own tests against correct and wrong versions of a lab.
 *
 * Theory of operation
 * -------------------
 *     referee                  trusted; runs outside every sandbox; one worker per processor
 *       tester (bwrap)         my_tests.c, untrusted, started once per worker
 *         test (fork)          one test against one implementation
 *       implementation         one of the kit's: the reference, a wheat or a chaff; a fresh process per test
 *
 * The tests never share an address space with what they test: a test can tell the implementations apart only by what
 * they do, and cannot touch the coverage counters. A test and its implementation talk over the channel of
 * wire/channel.h, with the test on the judge's side; the tester and the referee over the control words below, at the
 * end of the channel's first page.
 *
 *     referee: starts an implementation, waits until it is ready
 *     referee: control = CONTROL_TESTER   ---->  forks; the child runs test number `test`
 *                                         <----  control = CONTROL_REFEREE, `outcome`, `message`
 *     referee: puts the implementation back to its first state
 *
 * Before all that comes a pass with a version of the reference that counts which of its lines are reached. Its counters
 * come over the same shared memory; so in this pass the tester is ended, with everything that it started, before the
 * counters are requested, and is started again for the next test. Other versions hold no counters. An implementation
 * does nothing for a tester but make calls: it does not show or change its memory (subject/main.c).
 *
 *   referee.c         which runs there are, and what they add up to; prints JSON
 *   pairing.c         one run: starting, waiting, ending
 *   tester.c          the tester's loop
 *   check_shim.c      the few functions of Check that its macros call, without files
 *   tester_calls.c    the tests' side of a call, and labs/mytests.h
 *   lending.c         a test's own variables as arguments
 *   local_break.c     mem_sbrk and mm_report as the implementations see them, without a judge
 */
#ifndef HEAPLAB_OWNTESTS_H
#define HEAPLAB_OWNTESTS_H

#include "wire/channel.h"

#define CONTROL_OFFSET 5120

enum control_turn { CONTROL_REFEREE, CONTROL_TESTER, CONTROL_GONE };

enum outcome { OUTCOME_NONE, OUTCOME_PASSED, OUTCOME_FAILED, OUTCOME_ENDLESS };

enum { CONTROL_MESSAGE_BYTES = 512, CONTROL_NAME_BYTES = 64, MOST_TESTS = 256 };

struct control {
    _Atomic uint32_t turn;               /* enum control_turn; the futex that referee and tester wait on */
    _Atomic uint32_t sleepers;           /* on turn; see futex_wait */
    uint32_t test;                       /* which test to run */
    uint32_t tests;                      /* how many there are; set by the tester at its start */
    uint32_t outcome;                    /* enum outcome */
    uint32_t processor_ms;               /* that the test took: all of its own, a quarter of the kernel's */
    char name[CONTROL_NAME_BYTES];       /* of the test that ran */
    char message[CONTROL_MESSAGE_BYTES]; /* why it failed */

    /* the simulated system of the implementation that is being tested */
    uint64_t heap_size;
    uint64_t heap_limit;
    uint32_t reports;
    int32_t last_report;
    uint64_t last_pointer;
};

_Static_assert(CONTROL_OFFSET >= sizeof(struct channel), "the control words must not overlap the channel");
_Static_assert(CONTROL_OFFSET + sizeof(struct control) <= COVERAGE_OFFSET, "nor the counters");

static inline struct control *control_of(struct channel *shared)
{
    return (struct control *)(void *)((unsigned char *)shared + CONTROL_OFFSET);
}

#endif
