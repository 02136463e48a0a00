// SPDX-License-Identifier: MIT
/*
 * wipe.c - after each call, puts the memory that is not counted back to what it was before the first one (subject.h),
 * so that an allocator cannot keep tables there. The judge clears the memory that both share (judge/uncounted.c).
 *
 * A static subject has four kinds of private memory that can be written to, and plan.c lists the parts of each:
 *
 *     variables   of the kit and the C library, but not of the student's code, which are counted; and what is left of
 *                 the last page
 *     thread      the C library's record of the thread and the pages around it, but not thread-local variables
 *     stack       above the kit's loop: its callers, arguments, environment and auxiliary vector
 *     stack       below the kit's loop, and the kit's empty rooms
 *
 * The first three are written back from a copy in a sealed file, the last is given back to the system, as is what was
 * zero in whole pages. The kernel does both: loads and stores would count, and change the simulated caches of a cost
 * run.
 */
#include "subject/plan.h"
#include "subject/subject.h"

#include <alloca.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static uintptr_t page_of(uintptr_t address)
{
    return address & ~(uintptr_t)(PAGE_BYTES - 1);
}

#define CLEAR_FOUR(a, b, c, d)                                                                                         \
    CLEAR(a);                                                                                                          \
    CLEAR(b);                                                                                                          \
    CLEAR(c);                                                                                                          \
    CLEAR(d)

/* Registers that a called function may leave as it likes keep bytes, too. */
static void clear_registers(bool wide)
{
#if defined(__x86_64__)
#define CLEAR(name) __asm__ volatile("pxor %%" name ", %%" name : : : name)
    CLEAR_FOUR("mm0", "mm1", "mm2", "mm3");
    CLEAR_FOUR("mm4", "mm5", "mm6", "mm7");
    __asm__ volatile("emms\n\tfninit");
    CLEAR_FOUR("xmm0", "xmm1", "xmm2", "xmm3");
    CLEAR_FOUR("xmm4", "xmm5", "xmm6", "xmm7");
    CLEAR_FOUR("xmm8", "xmm9", "xmm10", "xmm11");
    CLEAR_FOUR("xmm12", "xmm13", "xmm14", "xmm15");
    if (wide)
        __asm__ volatile("vzeroall");
#undef CLEAR
#elif defined(__aarch64__)
#define CLEAR(name) __asm__ volatile("movi " name ".16b, #0" : : : name) /* all of it, however wide it is */
    CLEAR_FOUR("v0", "v1", "v2", "v3");
    CLEAR_FOUR("v4", "v5", "v6", "v7");
    CLEAR_FOUR("v8", "v9", "v10", "v11");
    CLEAR_FOUR("v12", "v13", "v14", "v15");
    CLEAR_FOUR("v16", "v17", "v18", "v19");
    CLEAR_FOUR("v20", "v21", "v22", "v23");
    CLEAR_FOUR("v24", "v25", "v26", "v27");
    CLEAR_FOUR("v28", "v29", "v30", "v31");
    __asm__ volatile("msr fpsr, xzr");
#undef CLEAR
    (void)wide;
#else
    (void)wide;
#endif
}

/* The stack is given back below this function, from the next page on. */
__attribute__((noinline)) void wipe(void)
{
    const struct plan *plan = the_plan();
    if (plan->bytes == 0)
        return;
    if (preadv(COPY_FD, plan->part, MOST_PARTS, 0) != (ssize_t)plan->bytes)
        _exit(EXIT_FAILURE);
    for (int i = 0; i < ZERO_RANGES; i++)
        madvise((void *)plan->zeros[i].from, plan->zeros[i].to - plan->zeros[i].from, MADV_DONTNEED);
    uintptr_t here = page_of((uintptr_t)__builtin_frame_address(0) - RED_ZONE_BYTES);
    madvise((void *)plan->stack_low, here - plan->stack_low,
            MADV_DONTNEED); /* pages that were never there are no error */
    clear_registers(plan->wide_registers != 0);
}

/* Puts the frames of LOOP and what it calls just below the border of a page, so that a wipe reaches them. */
__attribute__((noinline)) void run_near_border(void (*loop)(void), uintptr_t wiped_from)
{
    enum { ABOVE = 512 };
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);
    /* cppcheck-suppress allocaCalled ; the room's size depends on where the stack is */
    volatile unsigned char *skipped = alloca((here - ABOVE) % PAGE_BYTES + 1);
    skipped[0] = 0;
    if (wiped_from != 0)
        plan_wipes(page_of(wiped_from), (uintptr_t)skipped);
    loop();
    skipped[0] = 1; /* keeps the call from becoming a jump */
}
