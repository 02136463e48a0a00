// SPDX-License-Identifier: MIT
/*
 * wipe.c - clears the stack and the kit's own memory after each call (subject.h), so that an allocator cannot keep
 * tables where they are not counted. The judge clears the memory that both share (judge/uncounted.c).
 *
 * Pages are given back, not overwritten: overwriting would change the simulated caches of a cost run.
 */
#include "subject/subject.h"

#include <alloca.h>
#include <sys/mman.h>

struct rooms rooms;

static uintptr_t stack_low; /* 0: nothing is wiped */

static uintptr_t page_of(uintptr_t address)
{
    return address & ~(uintptr_t)(PAGE_BYTES - 1);
}

/* Clears the stack below this function, from the next page on, and the rooms. */
__attribute__((noinline)) void wipe(void)
{
    if (stack_low == 0)
        return;
    uintptr_t here = page_of((uintptr_t)__builtin_frame_address(0) - RED_ZONE_BYTES);
    madvise((void *)stack_low, here - stack_low, MADV_DONTNEED); /* pages that were never there are no error */
    madvise(&rooms, sizeof rooms, MADV_DONTNEED);
}

void wipe_from_now_on(uintptr_t stack_limit)
{
    stack_low = page_of(stack_limit);
}

/* Puts the frames of LOOP and what it calls just below the border of a page, so that a wipe reaches them. */
__attribute__((noinline)) void run_near_border(void (*loop)(void))
{
    enum { ABOVE = 512 };
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    /* cppcheck-suppress allocaCalled ; the room's size depends on where the stack is */
    volatile unsigned char *skipped = alloca((here - ABOVE) % PAGE_BYTES + 1);
    skipped[0] = 0;
    loop();
    skipped[0] = 1; /* keeps the call from becoming a jump */
}
