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
