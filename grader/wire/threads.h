// SPDX-License-Identifier: MIT
/*
 * threads.h - what crosses between judge and subject in a lab with threads (subject/threads/, judge/lib/threads.c).
 *
 * Theory of operation
 * -------------------
 * The threads of graded code are fibres: one runs at a time, on a stack of its own, and the kit decides at each watched
 * access, lock call and atomic operation whether another one goes on. A schedule's number is the seed of these
 * decisions, so the same number always gives the same run of the same program.
 *
 * The judge calls threads_run(count, schedule, options) once for each schedule. Each fibre asks for its next step by an
 * up-call and makes the call that it is told; the judge thereby hears what each call returned, and keeps the books of
 * blocks where graded code cannot reach them:
 *
 *     judge                                     subject
 *     ASK_CALL threads_run             ---->    variables as they were at first; a fibre for each thread
 *                                      <----    REQUEST_STEP: thread, result of its last step, locks, waits
 *     a step (THREAD_STEP)             ---->    the fibre makes the call; others may run meanwhile
 *                                      <----    SAY_THREADS: a race, a deadlock, ... (struct thread_report)
 *                                or    <----    SAY_RETURN when all fibres have ended
 *
 * Trust: what the subject reports can only cost its own test. The judge puts it into words by itself. Graded code that
 * overwrites the records here loses what they find, and gains only what nothing but they find.
 */
#ifndef HEAPLAB_WIRE_THREADS_H
#define HEAPLAB_WIRE_THREADS_H

#include <stdint.h>

#include "heaplab/fibres.h"

enum {
    MOST_THREADS = 8,
    MOST_LOCKS = 64,
    MOST_SLOTS = 64,
    SITE_FRAMES = 4,
    MOST_HELD = 2,
    MOST_SITES = 2 * MOST_THREADS
};

/* threads_run's options. */
enum {
    SYSTEM_WITHOUT_LOCKS = 1, /* no lock may be held over a call to the system */
    CALLS_IN_TURN = 2,        /* each call ends before another thread goes on; locks are noted (wire/watched.h) */
};

/* A step in a word: an action with an allocator and a slot, and what a call of graded code is given. The pointer is one
 * of the heap's, below 4 GiB. A size is below SIZE_ABOVE; or above 4 GiB by so little, which is added to SIZE_ABOVE; or
 * SIZE_MAX, for which SIZE_OF_ALL stands. */
#define SIZE_OF_ALL 0x7ffffU
#define SIZE_ABOVE 0x40000U
#define THREAD_STEP(action, slot, allocator, size, pointer)                                                            \
    ((uint64_t)(action) | (uint64_t)(slot) << 4 | (uint64_t)(allocator) << 10 | (uint64_t)(size) << 13 |               \
     (uint64_t)(pointer) << 32)
#define STEP_ACTION(word) ((enum thread_action)((word)&15U))
#define STEP_SLOT(word) ((unsigned)((word) >> 4 & 63U))
#define STEP_ALLOCATOR(word) ((unsigned)((word) >> 10 & 7U))
#define STEP_SIZE(word) ((unsigned)((word) >> 13 & SIZE_OF_ALL))
#define STEP_POINTER(word) ((uint32_t)((word) >> 32))

enum thread_flaw {
    FLAW_RACE = 1,  /* site 0: the second access, site 1: the first one */
    FLAW_DEADLOCK,  /* pairs of sites: a thread waits for a lock; where that lock was taken, by the next one */
    FLAW_GONE,      /* the same, one pair: its holder is a thread that no longer exists */
    FLAW_HELD,      /* site 0: where the lock was taken that a function returned with */
    FLAW_NONE_HELD, /* site 0: the thread that is about to fork with no lock held */
    FLAW_NOT_HELD, /* site 0: an unlock of a lock that the thread does not hold; site 1, if known: its holder took it */
    FLAW_OVER_SYSTEM, /* site 0: a call to the system; site 1: where the lock was taken that is held meanwhile */
    FLAW_ENDLESS,     /* site 0: where the thread is that never gets on */
    FLAW_MANY_LOCKS,  /* site 0: one too many */
    FLAW_DEEP,        /* site 0: a fibre's stack is full */
    FLAW_LARGE,       /* the program's variables are more than can be put back */
    FLAW_PURPOSELESS, /* all fibres idle: the test is wrong */
};

/* An access, or a call of a lock function. */
struct thread_site {
    uint32_t thread;
    uint32_t writes;
    uint32_t bytes;
    uint32_t atomic;
    uint32_t programs; /* 1: it is the program's own use of its block */
    uint32_t address;
    uint32_t depth;
    uint32_t frames[SITE_FRAMES]; /* return addresses, innermost first */
    uint32_t held;                /* locks that the thread held */
    uint32_t taken[MOST_HELD];    /* where it had taken the first ones: return addresses of mutex_lock */
};

struct thread_report {
    uint32_t flaw;
    uint32_t sites;
    struct thread_site site[MOST_SITES];
};

#endif
