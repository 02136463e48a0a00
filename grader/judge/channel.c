// SPDX-License-Identifier: MIT
/*
 * channel.c - handing the move over and waiting for it (channel.h). Linked into both sides; allocates nothing.
 *
 * A call usually comes back within a microsecond, so the waiter looks a few hundred times before it sleeps.
 */
#include "judge/channel.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { LOOKS_BEFORE_SLEEP = 400 };

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

static void sleep_while(struct channel *channel, uint32_t value, unsigned milliseconds)
{
    struct timespec limit = {.tv_sec = milliseconds / 1000, .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    syscall(SYS_futex, &channel->turn, FUTEX_WAIT, value, milliseconds ? &limit : NULL, NULL, 0);
}

uint32_t channel_wait(struct channel *channel, uint32_t theirs, unsigned milliseconds)
{
    for (int look = 0; look < LOOKS_BEFORE_SLEEP; look++) {
        uint32_t turn = atomic_load_explicit(&channel->turn, memory_order_acquire);
        if (turn != theirs)
            return turn;
        relax();
    }
    sleep_while(channel, theirs, milliseconds);
    return atomic_load_explicit(&channel->turn, memory_order_acquire);
}

void channel_pass(struct channel *channel, uint32_t turn)
{
    atomic_store_explicit(&channel->turn, turn, memory_order_release);
    syscall(SYS_futex, &channel->turn, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}
