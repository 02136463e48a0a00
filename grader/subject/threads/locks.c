// SPDX-License-Identifier: MIT
/*
 * locks.c - mutexes: who holds and who waits (threads.h). The functions that graded code calls are in
 * labs/NN-name/threads.h. A mutex is known by its address alone, so nothing that graded code writes there matters.
 */
#include "subject/threads/threads.h"

struct mutex;
void mutex_lock(struct mutex *mutex);
void mutex_unlock(struct mutex *mutex);
unsigned thread_self(void);

/* The record of the mutex at ADDRESS. */
static struct lock *lock_at(uintptr_t address, struct caller by)
{
    for (unsigned i = 0; i < MOST_LOCKS; i++) {
        struct lock *lock = &ROOM->lock[i];
        if (lock->address == 0)
            *lock = (struct lock){.address = address};
        if (lock->address == address)
            return lock;
    }
    struct thread_site site = site_at(ROOM->current, place_of(by));
    tell_flaw(FLAW_MANY_LOCKS, &site, NULL);
}

static void take_lock(struct lock *lock, uint32_t place)
{
    lock->is_held = true;
    lock->holder = ROOM->current;
    lock->place = place;
    self()->held[self()->held_count++] = lock;
    clock_acquire(&lock->clock);
}

static void wait_for(struct lock *lock, uint32_t place)
{
    struct fibre *fibre = self();
    fibre->waits++;
    while (lock->is_held) {
        fibre->wanted = lock;
        fibre->wanted_at = place;
        fibre->state = FIBRE_WAITS;
        schedule_leave();
    }
    fibre->wanted = NULL;
}

/* Where calls are made in turn, the judge may want to know which locks they take. */
static void note_lock(uint32_t what, struct caller by)
{
    if (ROOM->options & CALLS_IN_TURN)
        enter_note(what, by);
}

static uint32_t number_of(const struct lock *lock)
{
    return (uint32_t)(lock - ROOM->lock);
}

void mutex_lock(struct mutex *mutex)
{
    if (!ROOM->runs)
        return;
    schedule_point(POINT_ORDER, CALLER);
    struct lock *lock = lock_at((uintptr_t)mutex, CALLER);
    uint32_t place = place_of(CALLER);
    self()->locks++;
    if (lock->is_held)
        wait_for(lock, place);
    take_lock(lock, place);
    note_lock(NOTE_TAKEN(number_of(lock)), CALLER);
}

static void forget(struct fibre *fibre, const struct lock *lock)
{
    unsigned kept = 0;
    for (unsigned i = 0; i < fibre->held_count; i++)
        if (fibre->held[i] != lock)
            fibre->held[kept++] = fibre->held[i];
    fibre->held_count = kept;
}

static void wake(const struct lock *lock)
{
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_WAITS && ROOM->fibre[i].wanted == lock)
            ROOM->fibre[i].state = FIBRE_READY;
}

static _Noreturn void tell_not_held(const struct lock *lock, struct caller by)
{
    struct thread_site site = site_at(ROOM->current, place_of(by));
    struct thread_site holder = site_at(lock->holder, lock->place);
    site.address = (uint32_t)lock->address;
    tell_flaw(FLAW_NOT_HELD, &site, lock->is_held ? &holder : NULL);
}

void mutex_unlock(struct mutex *mutex)
{
    if (!ROOM->runs)
        return;
    struct lock *lock = lock_at((uintptr_t)mutex, CALLER);
    if (!lock->is_held || lock->holder != ROOM->current)
        tell_not_held(lock, CALLER);
    clock_release(&lock->clock);
    lock->is_held = false;
    note_lock(NOTE_GIVEN(number_of(lock)), CALLER);
    forget(self(), lock);
    wake(lock);
    schedule_point(POINT_ORDER, CALLER);
}

unsigned thread_self(void)
{
    return ROOM->runs ? ROOM->current : 0;
}

/* --- what is wrong --- */

void locks_expect_none(void)
{
    if (self()->held_count == 0)
        return;
    struct thread_site site = lock_site(self()->held[0]);
    tell_flaw(FLAW_HELD, &site, NULL);
}

void locks_expect_some(void)
{
    if (self()->held_count > 0 || loops_holds_some())
        return;
    struct thread_site site = {.thread = ROOM->current};
    tell_flaw(FLAW_NONE_HELD, &site, NULL);
}

void locks_expect_none_over_system(struct caller by)
{
    if (self()->held_count == 0)
        return;
    struct thread_site site = site_at(ROOM->current, place_of(by));
    struct thread_site taken = lock_site(self()->held[0]);
    tell_flaw(FLAW_OVER_SYSTEM, &site, &taken);
}
