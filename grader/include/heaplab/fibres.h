// SPDX-License-Identifier: MIT
/*
 * heaplab/fibres.h - what a lab with threads adds to its subject (grader/labs/NN-name/subject/): how the calls of its
 * contract are made. heaplab/threads.h is for its tests.
 */
#ifndef HEAPLAB_FIBRES_H
#define HEAPLAB_FIBRES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a thread is told to do. Those from THREAD_MALLOC on are calls of graded code. */
enum thread_action {
    THREAD_ENDS = 1, /* it is done */
    THREAD_IDLES,    /* what it waits for has not happened yet: it asks again when another fibre has made a step */
    THREAD_SIGNALS,  /* nothing but that the slot is filled */
    THREAD_AWAITS,   /* nothing but that the slot was filled by then */
    THREAD_STAYS,    /* all other fibres are gone: this is the child of a fork */
    THREAD_MALLOC,
    THREAD_FREE,
    THREAD_REALLOC,
    THREAD_COUNT,
    THREAD_BEFORE_FORK,
    THREAD_AFTER_FORK,
    THREAD_LEAVES,
};

struct thread_call {
    enum thread_action action;
    unsigned allocator; /* as in threads_use (heaplab/threads.h) */
    void *block;        /* to be freed or resized; may be NULL */
    size_t size;
};

/* The lab defines it: makes CALL and returns its result, or 0. */
uint64_t threads_perform(const struct thread_call *call);

/* In a function of the system's that graded code calls and that takes long: other threads run meanwhile. */
void threads_system_call(void);

/* For calls.def. Runs COUNT threads by schedule number SCHEDULE; OPTIONS as in wire/threads.h. Returns 0. */
int threads_run(unsigned count, unsigned schedule, unsigned options);

#endif
