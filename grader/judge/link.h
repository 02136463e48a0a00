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
    unsigned seconds;    /* of processor time behind that clock */
};

/* Makes the filter that subjects of this suite narrow themselves to. To be called before tests are
 * forked. BITS32: they are 32-bit programs. */
void link_prepare(bool bits32);

/* Opens the arena and starts the subject in its sandbox. Returns once it waits for its first call; ends the test if it
 * ended or hung before that. */
void link_start(const struct link_plan *plan);

/* Tells the subject to write its counters and end; safe in any state, and a second time. */
void link_conclude(void);

/* The subject and all it started are gone when this returns. */
void link_end(void);

/* Copies the first SIZE bytes of what the subject printed into ROOM; returns how many there were. */
size_t link_output(char *room, size_t size);

/* The descriptor that memcheck wrote its XML to; -1 if it did not run. */
int link_memcheck_xml(void);

/* The next of what callgrind has said, at most SIZE bytes. Returns how many there are; 0 if there is nothing new. */
size_t link_tool_log(char *room, size_t size);

/* Has the subject run the batch of wire/batch.h, and asks ENOUGH again and again, also at the end. Returns false if
 * that says so; the subject answers no more then. Ends the test if it does not come back. */
bool link_run_batch(bool (*enough)(void));

/* The coverage counters that the subject wrote at its end: untrusted .gcda images. Returns their length. */
size_t link_counters(const unsigned char **bytes);

#endif
