// SPDX-License-Identifier: MIT
/*
 * threads_story.c - says what threads have done wrong, in the student's terms (threads.h). The lines of code are filled
 * in where the debugging information is (grade/places.c).
 */
#include "judge/lib/threads.h"

#include <stdio.h>

enum { TEXT_BYTES = 200 };

static void add_place(const char *text, const uint32_t *frames, unsigned depth, bool goes_on)
{
    if (record->sites == MOST_TOLD)
        return;
    struct told_site *told = &record->site[record->sites++];
    snprintf(told->text, sizeof told->text, "%s", text);
    for (unsigned i = 0; i < depth && i < SITE_FRAMES; i++)
        told->frames[i] = frames[i];
    told->goes_on = goes_on;
}

/* Where the locks were taken that the thread held. */
static void add_locks(const struct thread_site *site)
{
    unsigned known = site->held < MOST_HELD ? site->held : MOST_HELD;
    char text[TEXT_BYTES];
    if (site->held == 0) {
        add_place("and held no lock", NULL, 0, false);
        return;
    }
    snprintf(text, sizeof text, "and held %u lock%s, taken", site->held, site->held == 1 ? "" : "s");
    for (unsigned i = 0; i < known; i++)
        add_place(i == 0 ? text : "and", &site->taken[i], 1, i + 1 < known);
}

static const char *did(const struct thread_site *site)
{
    if (site->atomic)
        return site->writes ? "atomically changed" : "atomically read";
    return site->writes ? "wrote" : "read";
}

static void add_access(const struct thread_site *site)
{
    char text[TEXT_BYTES];
    if (site->programs) {
        snprintf(text, sizeof text, "thread %u used the block that it had got, between two calls", site->thread);
        add_place(text, NULL, 0, false);
        return;
    }
    snprintf(text, sizeof text, "thread %u %s %s", site->thread, did(site), bytes_text(site->bytes));
    add_place(text, site->frames, site->depth, true);
    add_locks(site);
}

/* Where the bytes lie: " of block a", " at heap + 16", or " of a variable". */
static const char *place_text(uint32_t address)
{
    static char text[TEXT_BYTES];
    const char *block = threads_block_at(address);
    text[0] = '\0';
    if (block)
        snprintf(text, sizeof text, " of block %s", block);
    else if (address >= HEAP_ADDRESS && address - HEAP_ADDRESS < break_bytes())
        snprintf(text, sizeof text, " at %s", heap_place((const void *)(uintptr_t)address, 0));
    else if (address < ARENA_ADDRESS)
        snprintf(text, sizeof text, " of a variable");
    return text;
}

static _Noreturn void tell_race(const struct thread_report *report)
{
    const struct thread_site *now = &report->site[0];
    const struct thread_site *before = &report->site[1];
    char found[TEXT_BYTES];
    if (now->address >= HEAP_ADDRESS)
        in_doubt = (const void *)(uintptr_t)now->address;
    add_access(before);
    add_access(now);
    snprintf(found, sizeof found, "thread %u %s %s%s, thread %u %s them, and either could come first", before->thread,
             before->programs ? "used" : did(before), bytes_text(now->bytes), place_text(now->address), now->thread,
             now->programs ? "used" : did(now));
    end_test(STATUS_MISUSED, "accesses that a lock, or a release and an acquire, puts in order", found,
             "a data race, seen in schedule %u of %u", threads_schedule(), threads_schedules());
}

static void add_pairs(const struct thread_report *report)
{
    char text[TEXT_BYTES];
    for (unsigned i = 0; i + 1 < report->sites; i += 2) {
        const struct thread_site *waits = &report->site[i];
        const struct thread_site *taken = &report->site[i + 1];
        snprintf(text, sizeof text, "thread %u waits", waits->thread);
        add_place(text, waits->frames, waits->depth, true);
        snprintf(text, sizeof text, "for a lock that thread %u has taken", taken->thread);
        add_place(text, taken->frames, taken->depth, false);
    }
}

static _Noreturn void tell_deadlock(const struct thread_report *report)
{
    char found[TEXT_BYTES];
    add_pairs(report);
    if (report->flaw == FLAW_GONE)
        end_test(STATUS_TIMED_OUT, "in the child, locks that somebody can give back", "a lock that nobody can",
                 "in schedule %u of %u, thread %u waits for a lock whose holder does not exist any more",
                 threads_schedule(), threads_schedules(), report->site[0].thread);
    if (report->sites == 2)
        end_test(STATUS_TIMED_OUT, "one mutex_lock, and then its mutex_unlock", "a second mutex_lock before that",
                 "in schedule %u of %u, thread %u waits for a lock that it holds itself", threads_schedule(),
                 threads_schedules(), report->site[0].thread);
    snprintf(found, sizeof found, "a cycle of %u threads, each of which waits for the next one's lock",
             report->sites / 2);
    end_test(STATUS_TIMED_OUT, "locks that all threads take in the same order", found,
             "a deadlock in schedule %u of %u", threads_schedule(), threads_schedules());
}

static _Noreturn void tell_held(const struct thread_report *report)
{
    const struct thread_site *taken = &report->site[0];
    const char *call = threads_call_of(taken->thread);
    add_place("the lock was taken", taken->frames, taken->depth, false);
    end_test(STATUS_FAILED, "no lock held when it returns", "a lock that it has taken and not given back",
             "in schedule %u of %u, %s in thread %u returned with a lock held", threads_schedule(), threads_schedules(),
             call[0] ? call : "a call", taken->thread);
}

static _Noreturn void tell_none_held(const struct thread_report *report)
{
    const char *call = threads_call_of(report->site[0].thread);
    end_test(STATUS_FAILED, "the locks held that keep others from a change", "no lock is held",
             "in schedule %u of %u, %s in thread %u returned, and the other threads go on as before",
             threads_schedule(), threads_schedules(), call[0] ? call : "a call", report->site[0].thread);
}

static _Noreturn void tell_not_held(const struct thread_report *report)
{
    const struct thread_site *site = &report->site[0];
    add_place("the unlock", site->frames, site->depth, false);
    if (report->sites > 1)
        add_place("the lock was taken", report->site[1].frames, report->site[1].depth, false);
    char found[TEXT_BYTES];
    snprintf(found, sizeof found, report->sites > 1 ? "the lock is held by thread %u" : "nobody holds the lock",
             report->sites > 1 ? report->site[1].thread : 0);
    end_test(STATUS_MISUSED, "an unlock by the thread that holds the lock", found,
             "in schedule %u of %u, thread %u gives back a lock that it does not hold", threads_schedule(),
             threads_schedules(), site->thread);
}

static _Noreturn void tell_over_system(const struct thread_report *report)
{
    const struct thread_site *site = &report->site[0];
    add_place("the system is called", site->frames, site->depth, false);
    add_place("the lock was taken", report->site[1].frames, report->site[1].depth, false);
    end_test(STATUS_MISUSED, "no lock held while the system is at work", "a lock is held",
             "in schedule %u of %u, thread %u calls the system with a lock held, and whoever wants that lock waits",
             threads_schedule(), threads_schedules(), site->thread);
}

static _Noreturn void tell_endless(const struct thread_report *report)
{
    const struct thread_site *site = &report->site[0];
    add_place("it is now", site->frames, site->depth, false);
    end_test(STATUS_TIMED_OUT, "the call returns", "a loop that does not end, or a wait for what does not come",
             "in schedule %u of %u, thread %u does not get on", threads_schedule(), threads_schedules(), site->thread);
}

void threads_judge(const struct thread_report *report)
{
    if (report->sites > MOST_SITES)
        end_disturbed();
    switch (report->flaw) {
    case FLAW_RACE:
        tell_race(report);
    case FLAW_DEADLOCK:
    case FLAW_GONE:
        tell_deadlock(report);
    case FLAW_HELD:
        tell_held(report);
    case FLAW_NONE_HELD:
        tell_none_held(report);
    case FLAW_NOT_HELD:
        tell_not_held(report);
    case FLAW_OVER_SYSTEM:
        tell_over_system(report);
    case FLAW_ENDLESS:
        tell_endless(report);
    case FLAW_MANY_LOCKS:
        end_test(STATUS_MISUSED, "64 locks at most", "one more", "your code uses too many locks");
    case FLAW_DEEP:
        end_test(STATUS_CRASHED, "a few KiB of stack for each thread", "more than 200 KiB",
                 "a thread ran out of stack: look for a recursion that does not end, or a very large local array");
    case FLAW_LARGE:
        end_test(STATUS_MISUSED, "variables of a few KiB", "more than a MiB",
                 "your code's variables outside of functions are too large");
    case FLAW_PURPOSELESS:
        end_test(STATUS_TIMED_OUT, "the threads go on", "each waits for a block that another one has not got",
                 "in schedule %u of %u, no thread gets on", threads_schedule(), threads_schedules());
    default:
        end_disturbed();
    }
}
