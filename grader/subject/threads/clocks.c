// SPDX-License-Identifier: MIT
/*
 * clocks.c - what comes before what: vector clocks of fibres, locks and atomic variables (threads.h).
 */
#include "subject/threads/threads.h"

void clock_join(struct clock *clock, const struct clock *other)
{
    for (unsigned i = 0; i < MOST_THREADS; i++)
        if (clock->of[i] < other->of[i])
            clock->of[i] = other->of[i];
}

void clock_release(struct clock *clock)
{
    clock_join(clock, &self()->clock);
    self()->clock.of[ROOM->current]++;
}

void clock_acquire(const struct clock *clock)
{
    clock_join(&self()->clock, clock);
}

/* --- atomic variables --- */

static bool releases(int order)
{
    return order == __ATOMIC_RELEASE || order == __ATOMIC_ACQ_REL || order == __ATOMIC_SEQ_CST;
}

static bool acquires(int order)
{
    return order == __ATOMIC_ACQUIRE || order == __ATOMIC_CONSUME || order == __ATOMIC_ACQ_REL ||
           order == __ATOMIC_SEQ_CST;
}

struct atomic_word *clock_word(uintptr_t address)
{
    for (unsigned i = 0; i < ROOM->atomics; i++)
        if (ROOM->atomic[i].address == address)
            return &ROOM->atomic[i];
    if (ROOM->atomics == MOST_WORDS_ATOMIC)
        return NULL;
    struct atomic_word *word = &ROOM->atomic[ROOM->atomics++];
    *word = (struct atomic_word){.address = address, .releaser = MOST_THREADS};
    return word;
}

/* A store starts a new release sequence, or ends the old one. One that also reads goes on with it, and so does a
 * relaxed store of the thread that began it (C11, 5.1.2.4). */
static void note_store(struct atomic_word *word, bool reads, bool release)
{
    if (!reads && (release || word->releaser != ROOM->current)) {
        word->clock = (struct clock){{0}};
        word->releaser = release ? ROOM->current : MOST_THREADS;
    }
    if (release)
        clock_release(&word->clock);
}

void clock_atomic_done(struct atomic_word *word, unsigned did, int order)
{
    if ((did & MAY_READ) && acquires(order))
        clock_acquire(&word->clock);
    if (did & MAY_WRITE)
        note_store(word, (did & MAY_READ) != 0, releases(order));
}
