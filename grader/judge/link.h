// SPDX-License-Identifier: MIT
/*
 * link.h - a test's hold on its subject (link.c). Used by run.c only; stubs use make_call of judge.h.
 */
#ifndef HEAPLAB_LINK_H
#define HEAPLAB_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sandbox/sandbox.h"

struct cost_order;

struct link_plan {
    struct keeper *keeper; /* the sandbox to start it in */
    const char *program;   /* the subject */
    bool memcheck;         /* it runs under valgrind: memcheck, or */
    bool callgrind;        /* callgrind */
    bool watched;          /* its graded code calls the hooks of subject/watch.c */

    /* To tell a sandbox that fails from student code that does: */
    const struct keeper_plan *another; /* a sandbox like the keeper's, without valgrind */
    const char *probe;                 /* build/subject/probe; NULL: leave it */

    /* For tests of very many calls; 0 for the usual numbers: */
    uint32_t ticks;      /* of the subject's clock (subject/fall.c) that the test may take in all */
    uint32_t call_ticks; /* the same, for one call */
    unsigned seconds;    /* of processor time, should that clock be stopped */
    int32_t tick_us;     /* how often that clock ticks */

    bool measured; /* memory counts: the stack is small, and what is not counted is wiped between calls */
};

/* Makes the filter that subjects of this suite narrow themselves to. To be called before tests are
 * forked. BITS32: they are 32-bit programs. */
void link_prepare(bool bits32);

/* Opens the arena and starts the subject in its sandbox. Returns once it waits for its first call; ends the test if it
 * ended or hung before that. */
void link_start(const struct link_plan *plan);

/* Starts a subject under memcheck for all tests that this process forks from now on, one after the other, and returns
 * at once; their link_start waits for it. It takes the place of one that was started so before. */
void link_start_ahead(const struct link_plan *plan);

/* Was the test's subject started ahead, and does it wait for its next call without a word from valgrind since the test
 * began? */
bool link_is_quiet(void);

/* Tells the subject to write its counters and end; safe in any state, and a second time. */
void link_conclude(void);

/* The subject and all it started are gone when this returns. */
void link_end(void);

/* Copies the first SIZE bytes of what the subject printed in this test into ROOM; returns how many there were. */
size_t link_output(char *room, size_t size);

/* How many bytes it has printed in all tests that used it. */
size_t link_printed(void);

/* What valgrind has said until now: memcheck's XML, or callgrind's words. Returns its length. The bytes come from
 * valgrind alone. */
size_t link_report(const char **bytes);

/* From now on calls go over a socket (wire/cost.h). */
void link_cost_start(void);

/* Has the subject do ORDER, answers what comes up, and returns the result. Ends the test if it does not come back. */
uint64_t link_cost_call(const struct cost_order *order);

/* Has callgrind print its counts, for the last time before the end. */
void link_cost_seal(void);

/* Nothing more will come; waits until the subject has ended. */
void link_cost_end(void);

/* The coverage counters that the subject wrote at its end: untrusted .gcda images. Returns their length. */
size_t link_counters(const unsigned char **bytes);

/* The same of all children that it had. */
size_t link_childrens_counters(const unsigned char **bytes);

#endif
