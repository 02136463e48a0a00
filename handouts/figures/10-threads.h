// SPDX-License-Identifier: MIT
/*
 * 10-threads.h - what the allocators of lab 10 need in an ordinary program with one real thread:
 * locks that are only counted, a number of the thread that the program sets, and pages. It is a
 * header with a body, since a program of a handout is one file.
 */
#ifndef COUNTED_THREADS_H
#define COUNTED_THREADS_H

#include "given_heap.c"
#include "shared_alloc.h"
#include "threads.h"

#include <stdlib.h>

static unsigned current_thread; /* what thread_self returns */
static unsigned locks_taken;    /* calls of mutex_lock so far */

void mutex_lock(struct mutex *mutex)
{
    (void)mutex;
    locks_taken++;
}

void mutex_unlock(struct mutex *mutex)
{
    (void)mutex;
}

unsigned thread_self(void)
{
    return current_thread;
}

void *system_page(void)
{
    return aligned_alloc(HEAP_PAGE_BYTES, HEAP_PAGE_BYTES);
}

#endif
