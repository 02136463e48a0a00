// SPDX-License-Identifier: MIT
/*
 * channel.c - passes the turn and waits for it (channel.h). Linked into both sides; allocates nothing.
 *
 * A call usually returns within a microsecond, so the waiter looks a few hundred times before it sleeps. If that fails,
 * the other side may need this very processor; so for a while, the waiter sleeps at once.
 */
#include "wire/channel.h"

#include <limits.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { MANY_LOOKS = 400, FEW_LOOKS = 4, WAITS_WITH_FEW = 4 };

/* How many of the next waits look only FEW_LOOKS times. A subject's wipe leaves it as it is (LASTING in
 * subject/subject.h). */
static unsigned waits_with_few __attribute__((section("heaplab_lasting")));

static inline void relax(void)
{
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* FUTEX_WAIT rechecks the word: either it sees the new value, or the passer sees `sleepers` != 0 and wakes us. */
static void sleep_while(_Atomic uint32_t *word, uint32_t value, unsigned milliseconds)
{
    struct timespec limit = {.tv_sec = (time_t)(milliseconds / 1000), .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    _Atomic uint32_t *sleepers = word + 1;
    atomic_fetch_add(sleepers, 1);
    syscall(SYS_futex, word, FUTEX_WAIT, value, milliseconds ? &limit : NULL, NULL, 0);
    atomic_fetch_sub(sleepers, 1);
}

uint32_t futex_wait(const struct channel *channel, _Atomic uint32_t *word, uint32_t value, unsigned milliseconds)
{
    int looks = channel->same_processor ? 0 : waits_with_few > 0 ? FEW_LOOKS : MANY_LOOKS;
    for (int look = 0; look < looks; look++) {
        uint32_t now = atomic_load_explicit(word, memory_order_acquire);
        if (now != value)
            return now;
        relax();
    }
    waits_with_few = waits_with_few > 0 ? waits_with_few - 1 : WAITS_WITH_FEW;
    sleep_while(word, value, milliseconds);
    return atomic_load_explicit(word, memory_order_acquire);
}

void futex_pass(_Atomic uint32_t *word, uint32_t value)
{
    atomic_store(word, value); /* sequentially consistent with the count of sleepers */
    if (atomic_load(word + 1) != 0)
        syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

uint32_t channel_wait(struct channel *channel, uint32_t theirs, unsigned milliseconds)
{
    return futex_wait(channel, &channel->turn, theirs, milliseconds);
}

void channel_pass(struct channel *channel, uint32_t turn)
{
    futex_pass(&channel->turn, turn);
}
