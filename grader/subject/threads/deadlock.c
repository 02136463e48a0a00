// SPDX-License-Identifier: MIT
/*
 * deadlock.c - what the fibres wait for when none can go on (threads.h).
 */
#include "subject/threads/threads.h"

struct thread_site lock_site(const struct lock *lock)
{
    struct thread_site site = site_at(lock->holder, lock->place);
    site.address = (uint32_t)lock->address;
    return site;
}

/* The fibre that FIRST waits for, the one that this waits for, and so on, until one comes twice: that one is on the
 * cycle. MOST_THREADS if the row ends with a fibre that does not wait. */
static unsigned on_cycle(unsigned first)
{
    unsigned at = first;
    for (unsigned i = 0; i < MOST_THREADS; i++) {
        if (ROOM->fibre[at].state != FIBRE_WAITS)
            return MOST_THREADS;
        at = ROOM->fibre[at].wanted->holder;
    }
    return at;
}

static void add_pair(struct thread_report *report, unsigned thread)
{
    const struct fibre *fibre = &ROOM->fibre[thread];
    struct thread_site waits = site_at(thread, fibre->wanted_at);
    waits.address = (uint32_t)fibre->wanted->address;
    report->site[report->sites++] = waits;
    report->site[report->sites++] = lock_site(fibre->wanted);
}

static _Noreturn void tell_cycle(unsigned first)
{
    struct thread_report report = {.flaw = FLAW_DEADLOCK};
    unsigned at = first;
    do {
        add_pair(&report, at);
        at = ROOM->fibre[at].wanted->holder;
    } while (at != first && report.sites < MOST_SITES);
    tell_threads_report(&report);
}

void deadlock_tell(void)
{
    struct thread_report report = {.flaw = FLAW_GONE};
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_WAITS && on_cycle(i) != MOST_THREADS)
            tell_cycle(on_cycle(i));
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_WAITS) {
            add_pair(&report, i);
            tell_threads_report(&report);
        }
}
