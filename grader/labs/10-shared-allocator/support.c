// SPDX-License-Identifier: MIT
/*
 * support.c - what the tests of lab 10 share (support.h).
 */
#include "support.h"

size_t bytes_of_class(unsigned number)
{
    return (size_t)HEAP_SMALLEST << number;
}

void mallocs(unsigned thread, unsigned slot, unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++)
        thread_mallocs(thread, slot + i, size);
}

void frees(unsigned thread, unsigned slot, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        thread_frees(thread, slot + i);
}

void comes_and_goes(unsigned thread, unsigned slot, unsigned count, size_t size)
{
    for (unsigned i = 0; i < count; i++) {
        thread_mallocs(thread, slot, size);
        thread_frees(thread, slot);
    }
}

static unsigned drawn(unsigned *state, unsigned sides)
{
    const unsigned factor = 1103515245U, more = 12345U, lowest = 16;
    *state = *state * factor + more;
    return (*state >> lowest) % sides;
}

/* A thread allocates into a slot of its own, and its neighbour frees it: so every second block changes hands. */
void long_programs(unsigned count, unsigned seed, bool resizes, bool counts)
{
    enum { ROUNDS = 5, SLOTS_EACH = 4, MOST_BYTES = 600, IN_THREE = 3 };
    unsigned state = seed;
    for (unsigned round = 0; round < ROUNDS * SLOTS_EACH; round++)
        for (unsigned i = 0; i < count; i++) {
            unsigned slot = (i * SLOTS_EACH) + round % SLOTS_EACH;
            unsigned size = drawn(&state, MOST_BYTES);
            thread_mallocs(i, slot, size);
            if (resizes && drawn(&state, IN_THREE) == 0)
                thread_reallocs(i, slot, size + drawn(&state, HEAP_LARGEST - MOST_BYTES));
            if (counts && i == 0 && drawn(&state, IN_THREE) == 0)
                thread_counts(i);
            thread_frees((i + drawn(&state, 2)) % count, slot);
        }
}

void refuses_once(size_t pages)
{
    threads_refuse_page(pages + 1);
    thread_mallocs(0, A, 100);
    for (unsigned i = 0; i < 2; i++) {
        if (i == 0)
            thread_is_refused(0, B, 1000);
        thread_mallocs(0, B, 1000);
        thread_frees(0, B);
    }
    thread_frees(0, A);
}

void edges(bool has_realloc)
{
    for (unsigned i = 0; i < 3; i++) { /* at the same time */
        thread_frees_null(i);
        thread_is_refused(i, N + i, HEAP_LARGEST + 1);
        thread_is_refused(i, N + i, SIZE_MAX);
        thread_is_refused(i, N + i, FOUR_GIB + 10);
    }
    thread_mallocs(0, A, 0);
    thread_mallocs(0, B, HEAP_LARGEST);
    if (has_realloc)
        thread_reallocs_null(0, C, 10);
    thread_goes_first(0, 1);
    thread_mallocs(1, D, 10);
    thread_frees(0, A);
    thread_frees(1, B);
    if (has_realloc)
        thread_frees(1, C);
}

void reallocs_keep_contents(void)
{
    thread_mallocs(0, A, 50);
    thread_reallocs(0, A, 500);
    thread_reallocs(1, A, 1000);
    thread_reallocs_in_place(0, A, 1000);
    thread_mallocs(1, B, 65);
    thread_reallocs_in_place(1, B, 128);
    thread_reallocs_in_place(1, B, 1);
    thread_reallocs_in_place(1, B, 0);
    thread_goes_first(1, 0); /* from here on one at a time: what has to be locked is seen by other tests */
    for (unsigned i = 0; i < HEAP_CLASSES; i++) /* from each class to each smaller one, and to each larger one */
        for (unsigned k = 0; k < HEAP_CLASSES; k++) {
            unsigned slot = N + i;
            thread_mallocs(0, slot, bytes_of_class(i));
            if (k <= i)
                thread_reallocs_in_place(0, slot, k < i ? bytes_of_class(k) : 1);
            else
                thread_reallocs(0, slot, bytes_of_class(k));
            thread_frees(0, slot);
        }
    thread_goes_first(0, 1);
    thread_is_refused_realloc(1, B, FOUR_GIB);
    thread_is_refused_realloc(0, B, SIZE_MAX);
}

void reallocs_refused(void)
{
    enum { FIRST = 2, LAST = 4 };
    thread_mallocs(0, A, 50);
    for (unsigned i = FIRST; i <= LAST; i++)
        thread_goes_first(0, i); /* they find that page */
    thread_is_refused_realloc(0, A, 500);
    thread_is_refused_realloc(1, A, HEAP_LARGEST + 1);
    thread_is_refused_realloc(1, A, SIZE_MAX);
    thread_reallocs_in_place(1, A, 64);
    thread_mallocs(0, B, 60);
    for (unsigned i = FIRST; i <= LAST; i++) { /* at the same time */
        thread_mallocs(i, i, 30);
        thread_is_refused_realloc(i, i, 100);
        thread_is_refused_realloc(i, i, 1000);
        thread_reallocs_in_place(i, i, 50);
    }
    thread_frees(0, A);
}

void reallocs_leave_old_blocks(void)
{
    for (unsigned i = 0; i < 3; i++) {
        thread_mallocs(0, i, 60);
        thread_reallocs(0, i, 200);
        thread_mallocs(1, N + i, 60);
        thread_mallocs(2, N + 8 + i, 60);
    }
}

void hands_over(unsigned times, unsigned count)
{
    for (unsigned i = 0; i < times; i++) {
        mallocs(0, A, count, 1000);
        frees(1, A, count);
    }
}

void are_refused(bool counts)
{
    enum { FIRST = 3, LAST = 5, TIMES = 2 };
    for (unsigned time = 0; time < TIMES; time++)
        for (unsigned i = FIRST; i <= LAST; i++) {
            thread_is_refused(i, N + i, 1000);
            thread_is_refused(i, N + i, HEAP_LARGEST + i);
            thread_frees_null(i);
            if (counts && i != FIRST)
                thread_counts(i);
        }
}

void passes_on(void)
{
    enum { COUNT = 3 };
    thread_is_refused(2, D, 1000);
    thread_goes_first(2, 1);
    frees(1, A, COUNT);
    thread_goes_first(1, 2);
    mallocs(2, A, COUNT, 1000);
    thread_is_refused(2, D, 1000);
}

void runs_out(void)
{
    thread_is_refused(0, D, 1000);
    thread_is_refused(0, D, 100);
    thread_goes_first(0, 1);
    thread_frees(1, A);
    thread_mallocs(1, D, 1000);
}
