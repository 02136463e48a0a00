// SPDX-License-Identifier: MIT
/*
 * loops.c - threads that wait in a loop of their own, for an atomic variable to change (threads.h).
 *
 * A call that finds the same value in the same variable VAIN_MOST times waits for another thread, as in mutex_lock. So
 * the variable is a lock: from then on, whoever changes it in one operation has taken it, until the same thread changes
 * it again. An algorithm without locks tries again only after somebody else got on, and so finds another value.
 *
 * What is known to be a lock stays known in the runs that follow in the same process.
 */
#include "subject/threads/threads.h"

#include <string.h>

enum { VAIN_MOST = 200 };

static uint64_t value_at(uintptr_t address, size_t bytes)
{
    uint64_t value = 0;
    memcpy(&value, (const void *)address, bytes < sizeof value ? bytes : sizeof value);
    return value;
}

static bool is_lock(uintptr_t address)
{
    for (unsigned i = 0; i < ROOM->loop_locks; i++)
        if (ROOM->loop_lock[i] == address)
            return true;
    return false;
}

static void remember_lock(uintptr_t address)
{
    if (!is_lock(address) && ROOM->loop_locks < MOST_LOCKS)
        ROOM->loop_lock[ROOM->loop_locks++] = address;
}

/* The thread that has the lock WORD is in the middle of a call of the system. */
static void expect_system_free(const struct atomic_word *word)
{
    if (!(ROOM->options & SYSTEM_WITHOUT_LOCKS) || !word->is_taken || !ROOM->fibre[word->taker].in_system)
        return;
    struct thread_site system = site_at(word->taker, ROOM->fibre[word->taker].system_at);
    struct thread_site taken = site_at(word->taker, word->taken_at);
    tell_flaw(FLAW_OVER_SYSTEM, &system, &taken);
}

void loops_before(struct atomic_word *word, size_t bytes, uint32_t place)
{
    struct view *view = &word->view[ROOM->current];
    uint64_t value = value_at(word->address, bytes);
    if (view->call != self()->calls || view->value != value)
        *view = (struct view){.call = self()->calls, .value = value};
    view->place = place;
    view->bytes = (uint32_t)bytes;
    if (++view->times == VAIN_MOST) {
        self()->waits++;
        remember_lock(word->address);
    }
    if (view->times >= VAIN_MOST)
        expect_system_free(word);
}

bool loops_holds_some(void)
{
    for (unsigned i = 0; i < ROOM->atomics; i++)
        if (ROOM->atomic[i].is_taken && ROOM->atomic[i].taker == ROOM->current)
            return true;
    return false;
}

static void take_as_lock(struct atomic_word *word)
{
    word->is_taken = true;
    word->taker = ROOM->current;
    word->taken_at = word->view[ROOM->current].place;
    if (is_lock(word->address))
        self()->locks++;
}

void loops_after(struct atomic_word *word, unsigned did)
{
    const struct view *view = &word->view[ROOM->current];
    bool changed = value_at(word->address, view->bytes) != view->value;
    if (!(did & MAY_WRITE) || !changed)
        return;
    if (word->is_taken && word->taker == ROOM->current)
        word->is_taken = false;
    else if (did & MAY_READ)
        take_as_lock(word);
}
