// SPDX-License-Identifier: MIT
/*
 * schedule.c - when another fibre goes on, and which (threads.h).
 *
 * The number of a schedule says in which way it chooses, and is the seed of its dice. Schedule 1 changes only where it
 * must. Of the others, a quarter may change at any access, a quarter at lock calls and the like, and half go by
 * priorities that change at a few accesses. If calls are to be made in turn, it changes only between two of them, by
 * dice, or where a fibre waits.
 */
#include "subject/threads/threads.h"

enum {
    MODE_CALM,
    MODE_ANYWHERE,
    MODE_ORDER,
    MODE_PRIORITIES,
    MODE_IN_TURN,
    MOST_STEPS = 600000,
    MOST_STEPS_ALONE = 1500,
    USUAL_STEPS = 300,
};

static uint64_t next_number(void)
{
    uint64_t z = ROOM->dice += 0x9e3779b97f4a7c15U; /* splitmix64 */
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
    z = (z ^ z >> 27) * 0x94d049bb133111ebU;
    return z ^ z >> 31;
}

static uint32_t roll(uint32_t sides)
{
    return (uint32_t)(next_number() % sides);
}

static void give_priorities(void)
{
    ROOM->lowest = 0;
    for (unsigned i = 0; i < ROOM->count; i++) { /* each gets the next place among those before it */
        unsigned place = roll(i + 1);
        for (unsigned k = 0; k < i; k++)
            ROOM->fibre[k].priority += ROOM->fibre[k].priority >= place;
        ROOM->fibre[i].priority = place;
    }
}

static unsigned mode_of(uint64_t number)
{
    static const unsigned modes[] = {MODE_ANYWHERE, MODE_PRIORITIES, MODE_ORDER, MODE_PRIORITIES};
    return number == 1 ? MODE_CALM : modes[number % (sizeof modes / sizeof *modes)];
}

void schedule_start(uint64_t number)
{
    uint32_t length = ROOM->steps_before > USUAL_STEPS ? ROOM->steps_before : USUAL_STEPS;
    ROOM->schedule = number;
    ROOM->dice = number;
    ROOM->mode = ROOM->options & CALLS_IN_TURN ? MODE_IN_TURN : mode_of(number);
    ROOM->steps = 0;
    give_priorities();
    ROOM->changes = MOST_CHANGES;
    for (unsigned i = 0; i < MOST_CHANGES; i++)
        ROOM->change[i] = 1 + roll(length);
}

/* --- choosing --- */

static bool goes_before(const struct fibre *a, const struct fibre *b)
{
    return a->priority > b->priority;
}

static unsigned highest(void)
{
    unsigned best = MOST_THREADS;
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_READY &&
            (best == MOST_THREADS || goes_before(&ROOM->fibre[i], &ROOM->fibre[best])))
            best = i;
    return best;
}

/* A fibre that is ready, and if possible not the current one. */
static unsigned another(void)
{
    unsigned ready[MOST_THREADS];
    unsigned n = 0;
    for (unsigned i = 0; i < ROOM->count; i++)
        if (i != ROOM->current && ROOM->fibre[i].state == FIBRE_READY)
            ready[n++] = i;
    if (n == 0)
        return self()->state == FIBRE_READY ? ROOM->current : MOST_THREADS;
    return ready[ROOM->mode == MODE_CALM ? 0 : roll(n)];
}

static unsigned choose(void)
{
    return ROOM->mode == MODE_PRIORITIES ? highest() : another();
}

static _Noreturn void tell_purposeless(void)
{
    struct thread_report report = {.flaw = FLAW_PURPOSELESS};
    tell_threads_report(&report);
}

unsigned schedule_choose(void)
{
    unsigned next = choose();
    if (next != MOST_THREADS)
        return next;
    deadlock_tell();
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_IDLE)
            tell_purposeless();
    return MOST_THREADS;
}

static void go_to(unsigned next)
{
    if (next != ROOM->current)
        switch_to(next);
}

void schedule_leave(void)
{
    go_to(schedule_choose());
}

/* --- points --- */

static void lower(void)
{
    self()->priority = --ROOM->lowest;
    self()->steps_alone = 0;
}

/* A priority that changes at a step, or a fibre that waits for another one without a lock, such as in a loop around an
 * atomic variable. */
static void change_priorities(enum point point)
{
    bool tired = point == POINT_SLOW || self()->steps_alone > MOST_STEPS_ALONE;
    for (unsigned i = 0; i < ROOM->changes; i++)
        tired |= ROOM->steps == ROOM->change[i];
    if (tired)
        lower();
}

static bool changes_now(enum point point)
{
    enum { ANYWHERE = 5, ORDER = 2 };
    bool tired = point == POINT_SLOW || self()->steps_alone > MOST_STEPS_ALONE;
    switch (ROOM->mode) {
    case MODE_ANYWHERE:
        return tired || roll(ANYWHERE) == 0;
    case MODE_ORDER:
        return tired || ((point == POINT_ORDER || point == POINT_CALL) && roll(ORDER) == 0);
    case MODE_PRIORITIES:
        change_priorities(point);
        return true;
    case MODE_IN_TURN:
        return self()->steps_alone > MOST_STEPS_ALONE || (point == POINT_CALL && roll(ORDER) == 0);
    default:
        return tired;
    }
}

static _Noreturn void tell_endless(struct caller by)
{
    struct thread_site site = site_at(ROOM->current, place_of(by));
    tell_flaw(FLAW_ENDLESS, &site, NULL);
}

void schedule_point(enum point point, struct caller by)
{
    if (++ROOM->steps > MOST_STEPS)
        tell_endless(by);
    self()->steps_alone++;
    if (changes_now(point))
        go_to(choose());
}
