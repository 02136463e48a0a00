// SPDX-License-Identifier: MIT
/*
 * wipe.c - nothing of a call stays in the kit's own memory of this process (subject.h): no allocator keeps its tables
 * where nobody counts them. The judge sees to the memory that both share (judge/link.c).
 *
 * Pages are given back rather than written over: that leaves the simulated caches of a cost run alone.
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

/* The stack below this function, up to the border of a page, and the rooms, which are empty between calls. */
__attribute__((noinline)) void wipe(void)
{
    if (stack_low == 0)
        return;
    uintptr_t here = page_of((uintptr_t)__builtin_frame_address(0) - RED_ZONE_BYTES);
    madvise((void *)stack_low, here - stack_low, MADV_DONTNEED); /* what was never there is no mistake */
    madvise(&rooms, sizeof rooms, MADV_DONTNEED);
}

void wipe_from_now_on(uintptr_t stack_limit)
{
    stack_low = page_of(stack_limit);
}

/* The frames of LOOP and what it calls lie just below the border of a page, where a wipe reaches. */
__attribute__((noinline)) void run_near_border(void (*loop)(void))
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    enum { ABOVE = 512 };
    volatile unsigned char *skipped = alloca((here - ABOVE) % PAGE_BYTES + 1);
    skipped[0] = 0;
    loop();
    skipped[0] = 1; /* the call is none that could become a jump */
}
