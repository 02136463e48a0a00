// SPDX-License-Identifier: MIT
/*
 * threads.c - the programs of the threads, and the books of their blocks (heaplab/threads.h, threads.h).
 */
#include "judge/lib/threads.h"
#include "heaplab/break.h"
#include "heaplab/threads.h"
#include "judge/lib/mode.h"
#include "judge/lib/timeline.h"

#include <stdio.h>

#pragma weak threads_run /* only labs with threads have it */

enum { MOST_STEPS_EACH = 512, SIGNAL_SLOTS = 16, FIRST_SIGNAL = MOST_SLOTS - SIGNAL_SLOTS, PAGE_BYTES = 4096 };

/* Of what a step may return. */
enum outcome { ANY_BLOCK, SAME_BLOCK, OTHER_BLOCK, NO_BLOCK };

struct thread_step {
    enum thread_action action;
    unsigned slot;
    size_t size;
    enum outcome outcome;
    unsigned other; /* OTHER_BLOCK: not the block that this slot had last */
    bool of_null;   /* the block is NULL */
    unsigned turn;  /* how many steps of this slot come before it */
    unsigned allocator;
};

struct thread {
    struct thread_step step[MOST_STEPS_EACH];
    unsigned steps;

    /* of the schedule that runs */
    unsigned next;
    bool in_call;     /* step next - 1 was told and has not ended */
    bool is_gone;     /* this goes on in the child of a fork, and the thread is not in it */
    uintptr_t taken;  /* the block that the call frees or resizes */
    size_t low, high; /* THREAD_COUNT: what the result may be */
    unsigned locks, waits;
};

struct slot {
    unsigned turn; /* how many of its steps were made */
    bool is_full;
    uintptr_t block;
    size_t size;
    unsigned char byte; /* which it was filled with */
};

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct thread threads[MOST_THREADS];
static unsigned thread_count;
static const char *prefixes[8];
static unsigned allocator;
static unsigned options;
static unsigned signals;
static unsigned turns[MOST_SLOTS];      /* steps of each slot, in all programs */
static size_t page_limit, refused_page; /* 0: none */

static unsigned only_schedule; /* set before a test starts: its calls are made in turn; 0: they are not */

/* Of the schedule that runs. */
static struct slot slots[MOST_SLOTS];
static unsigned schedule, schedule_count;
static size_t uncertain; /* blocks of threads that are gone, which may be in use or not */
static bool has_begun;
static unsigned char last_byte;

/* --- programs --- */

void threads_use(const char *prefix, unsigned number)
{
    prefixes[number % (sizeof prefixes / sizeof *prefixes)] = prefix;
    allocator = number;
}

void threads_keep_system_free(void)
{
    options |= SYSTEM_WITHOUT_LOCKS;
}

void threads_limit_pages(size_t pages)
{
    page_limit = pages;
}

void threads_refuse_page(size_t k)
{
    refused_page = k;
}

static bool has_slot(const struct thread_step *step)
{
    enum thread_action action = step->action;
    bool takes = action == THREAD_FREE && !step->of_null;
    return takes || action == THREAD_MALLOC || action == THREAD_REALLOC || action == THREAD_SIGNALS ||
           action == THREAD_AWAITS;
}

static void add(unsigned thread, struct thread_step step)
{
    if (thread >= MOST_THREADS || step.slot >= MOST_SLOTS || threads[thread].steps == MOST_STEPS_EACH)
        fault("thread %u can't have that step", thread);
    step.allocator = allocator;
    if (has_slot(&step))
        step.turn = turns[step.slot]++;
    threads[thread].step[threads[thread].steps++] = step;
    if (thread_count <= thread)
        thread_count = thread + 1;
}

void thread_mallocs(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_MALLOC, .slot = slot, .size = size});
}

void thread_mallocs_other(unsigned thread, unsigned slot, size_t size, unsigned other)
{
    add(thread, (struct thread_step){
                    .action = THREAD_MALLOC, .slot = slot, .size = size, .outcome = OTHER_BLOCK, .other = other});
}

void thread_is_refused(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_MALLOC, .slot = slot, .size = size, .outcome = NO_BLOCK});
}

void thread_frees(unsigned thread, unsigned slot)
{
    add(thread, (struct thread_step){.action = THREAD_FREE, .slot = slot});
}

void thread_frees_null(unsigned thread)
{
    add(thread, (struct thread_step){.action = THREAD_FREE, .of_null = true});
}

void thread_reallocs(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_REALLOC, .slot = slot, .size = size});
}

void thread_reallocs_null(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_REALLOC, .slot = slot, .size = size, .of_null = true});
}

void thread_reallocs_in_place(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_REALLOC, .slot = slot, .size = size, .outcome = SAME_BLOCK});
}

void thread_is_refused_realloc(unsigned thread, unsigned slot, size_t size)
{
    add(thread, (struct thread_step){.action = THREAD_REALLOC, .slot = slot, .size = size, .outcome = NO_BLOCK});
}

void thread_counts(unsigned thread)
{
    add(thread, (struct thread_step){.action = THREAD_COUNT});
}

void thread_forks(unsigned thread)
{
    add(thread, (struct thread_step){.action = THREAD_BEFORE_FORK});
    add(thread, (struct thread_step){.action = THREAD_STAYS});
    add(thread, (struct thread_step){.action = THREAD_AFTER_FORK});
}

void thread_leaves(unsigned thread)
{
    add(thread, (struct thread_step){.action = THREAD_LEAVES});
}

void thread_goes_first(unsigned thread, unsigned awaits)
{
    if (signals == SIGNAL_SLOTS)
        fault("a test has at most %d points to wait for", SIGNAL_SLOTS);
    unsigned slot = FIRST_SIGNAL + signals++;
    add(thread, (struct thread_step){.action = THREAD_SIGNALS, .slot = slot});
    add(awaits, (struct thread_step){.action = THREAD_AWAITS, .slot = slot});
}

void threads_in_turn(unsigned schedule_to_run)
{
    only_schedule = schedule_to_run;
}

/* --- in words --- */

static const char *slot_name(unsigned slot)
{
    enum { ALPHABET = 26, NAME_ROOM = 16 };
    static char names[MOST_SLOTS][NAME_ROOM];
    char *name = names[slot];
    if (slot < ALPHABET)
        snprintf(name, NAME_ROOM, "%c", 'a' + (int)slot);
    else
        snprintf(name, NAME_ROOM, "p%u", slot);
    return name;
}

static const char *size_text(size_t size)
{
    static char text[24];
    if (size == SIZE_MAX)
        return "SIZE_MAX";
    snprintf(text, sizeof text, "%zu", size);
    return text;
}

/* "one_realloc(a, 100)" */
static void write_step(char *room, size_t n, const struct thread_step *step)
{
    const char *prefix = prefixes[step->allocator];
    const char *name = step->of_null ? "NULL" : slot_name(step->slot);
    switch (step->action) {
    case THREAD_MALLOC:
        snprintf(room, n, "%s_malloc(%s)", prefix, size_text(step->size));
        return;
    case THREAD_FREE:
        snprintf(room, n, "%s_free(%s)", prefix, name);
        return;
    case THREAD_REALLOC:
        snprintf(room, n, "%s_realloc(%s, %s)", prefix, name, size_text(step->size));
        return;
    case THREAD_COUNT:
        snprintf(room, n, "%s_in_use()", prefix);
        return;
    case THREAD_BEFORE_FORK:
        snprintf(room, n, "%s_before_fork()", prefix);
        return;
    case THREAD_AFTER_FORK:
        snprintf(room, n, "%s_after_fork()", prefix);
        return;
    case THREAD_LEAVES:
        snprintf(room, n, "%s_thread_end()", prefix);
        return;
    default:
        room[0] = '\0';
        return;
    }
}

static const struct thread_step *step_of(const struct thread *thread)
{
    return &thread->step[thread->next - 1];
}

static const char *call_text(unsigned thread)
{
    static char text[LINE_BYTES / 2];
    write_step(text, sizeof text, step_of(&threads[thread]));
    return text;
}

const char *threads_call_of(unsigned thread)
{
    return thread < thread_count && threads[thread].in_call ? call_text(thread) : "";
}

unsigned threads_schedule(void)
{
    return schedule;
}

unsigned threads_schedules(void)
{
    return schedule_count;
}

const char *threads_block_at(uintptr_t address)
{
    for (unsigned i = 0; i < MOST_SLOTS; i++)
        if (slots[i].is_full && address - slots[i].block < slots[i].size)
            return slot_name(i);
    return NULL;
}

static void tell_unfinished(void)
{
    for (unsigned i = 0; i < thread_count; i++)
        if (threads[i].in_call)
            tell("thread %u: %s;  /* has not returned yet */", i, call_text(i));
}

/* --- the books --- */

static void fill_slot(unsigned number, uintptr_t block, size_t size)
{
    last_byte = (unsigned char)(last_byte % 250 + 1);
    slots[number] = (struct slot){slots[number].turn, true, block, size, last_byte};
    set_name((const void *)block, slot_name(number));
    memset((void *)block, last_byte, size);
}

static void expect_contents(unsigned number, size_t n, const char *when)
{
    const struct slot *slot = &slots[number];
    const unsigned char *bytes = (const unsigned char *)slot->block;
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != slot->byte) {
            char expected[64], found[64];
            snprintf(expected, sizeof expected, "%s[%zu] is %u", slot_name(number), i, slot->byte);
            snprintf(found, sizeof found, "%s[%zu] is %u", slot_name(number), i, bytes[i]);
            in_doubt = bytes;
            tell_author(bytes + i);
            fail_compare(expected, found, "schedule %u: block %s, of %zu bytes, has changed %s", schedule,
                         slot_name(number), slot->size, when);
        }
}

static void expect_apart(unsigned thread, uintptr_t block, size_t size)
{
    for (unsigned i = 0; i < MOST_SLOTS; i++) {
        const struct slot *slot = &slots[i];
        size_t bytes = slot->size > 0 ? slot->size : 1;
        if (slot->is_full && block < slot->block + bytes && slot->block < block + size) {
            in_doubt = (const void *)slot->block;
            fail_compare("memory that nobody has", slot->block == block ? "the same block" : "a part of it",
                         "schedule %u: %s in thread %u returned memory of block %s, which is in use", schedule,
                         call_text(thread), thread, slot_name(i));
        }
    }
}

static void expect_in_heap(unsigned thread, uintptr_t block, size_t size)
{
    bool inside = block >= HEAP_ADDRESS && block - HEAP_ADDRESS <= break_bytes() &&
                  size <= break_bytes() - (block - HEAP_ADDRESS);
    if (!inside)
        fail_compare("a block in a page from the system", name_of((const void *)block),
                     "schedule %u: %s in thread %u should return memory that comes from the system", schedule,
                     call_text(thread), thread);
}

static void end_without_block(unsigned thread, const struct thread_step *step)
{
    if (step->outcome != NO_BLOCK)
        fail_compare("a block", "NULL", "schedule %u: %s in thread %u should return a block: there was memory",
                     schedule, call_text(thread), thread);
    if (step->action == THREAD_REALLOC && !step->of_null) {
        slots[step->slot].is_full = true;
        expect_contents(step->slot, slots[step->slot].size, "although it could not be made larger");
    }
    tell("thread %u: %s;  /* returned NULL */", thread, call_text(thread));
}

static void end_with_block(unsigned thread, const struct thread_step *step, uintptr_t block)
{
    struct slot *slot = &slots[step->slot];
    if (step->outcome == NO_BLOCK)
        fail_compare("NULL", "a block", "schedule %u: %s in thread %u should return NULL", schedule, call_text(thread),
                     thread);
    expect_in_heap(thread, block, step->size > 0 ? step->size : 1);
    expect_apart(thread, block, step->size > 0 ? step->size : 1);
    if (step->outcome == SAME_BLOCK)
        expect(block == slot->block,
               "schedule %u: %s in thread %u should leave the block where it is: it is large enough", schedule,
               call_text(thread), thread);
    if (step->outcome == OTHER_BLOCK && block == slots[step->other].block)
        fail_compare(
            "another free block", slot_name(step->other),
            "schedule %u: %s in thread %u returned the block that %s was, which belongs to another thread's cache",
            schedule, call_text(thread), thread, slot_name(step->other));
    tell("thread %u: %s = %s;", thread, slot_name(step->slot), call_text(thread));
    if (step->action == THREAD_REALLOC && !step->of_null) {
        slot->block = block;
        expect_contents(step->slot, slot->size < step->size ? slot->size : step->size, "while it was made larger");
    }
    fill_slot(step->slot, block, step->size);
}

static void end_count(unsigned thread, size_t result)
{
    const struct thread *counter = &threads[thread];
    char expected[64], found[32];
    tell("thread %u: %s;  /* returned %zu */", thread, call_text(thread), result);
    if (result >= counter->low && result <= counter->high)
        return;
    snprintf(found, sizeof found, "%zu", result);
    if (counter->low == counter->high)
        snprintf(expected, sizeof expected, "%zu", counter->low);
    else
        snprintf(expected, sizeof expected, "a number from %zu to %zu", counter->low, counter->high);
    fail_compare(expected, found,
                 "schedule %u: %s in thread %u should return how many blocks were in use at one moment of the call",
                 schedule, call_text(thread), thread);
}

static void enter_operation(const struct thread_step *step, uint64_t result)
{
    static const enum timeline_kind kinds[] = {
        [THREAD_MALLOC] = TIMELINE_ALLOCATE, [THREAD_FREE] = TIMELINE_FREE, [THREAD_REALLOC] = TIMELINE_REALLOCATE};
    bool is_known = step->action <= THREAD_REALLOC && !(result == 0 && step->action != THREAD_FREE);
    const struct timeline_operation operation = {.kind = is_known ? kinds[step->action] : TIMELINE_OTHER,
                                                 .id = has_slot(step) ? (int64_t)step->slot : -1,
                                                 .size = step->size,
                                                 .payload = step->action == THREAD_COUNT ? NULL : (const void *)result,
                                                 .text = story_last_line()};
    timeline_operation(&operation);
}

static void end_step(unsigned thread, uint64_t result)
{
    const struct thread_step *step = step_of(&threads[thread]);
    bool allocates = step->action == THREAD_MALLOC || step->action == THREAD_REALLOC;
    if (allocates && result == 0)
        end_without_block(thread, step);
    else if (allocates)
        end_with_block(thread, step, (uintptr_t)result);
    else if (step->action == THREAD_COUNT)
        end_count(thread, (size_t)result);
    else
        tell("thread %u: %s;", thread, call_text(thread));
    if (allocates)
        slots[step->slot].turn++;
    if (only_schedule)
        enter_operation(step, result);
    threads[thread].in_call = false;
}

/* --- counting while others work --- */

static bool takes_block(const struct thread_step *step)
{
    return (step->action == THREAD_FREE || step->action == THREAD_REALLOC) && !step->of_null;
}

static bool makes_block(const struct thread_step *step)
{
    return (step->action == THREAD_MALLOC || step->action == THREAD_REALLOC) && step->outcome != NO_BLOCK;
}

static bool is_in(const struct thread *thread, enum thread_action action)
{
    return thread->in_call && step_of(thread)->action == action;
}

/* Has the block that THREAD is freeing been handed out again? Then it is free, though the call has not returned. */
static bool is_handed_out_again(const struct thread *thread)
{
    for (unsigned i = 0; i < MOST_SLOTS; i++)
        if (slots[i].is_full && slots[i].block == thread->taken)
            return true;
    return false;
}

/* What is in use now: *LOW for certain, *HIGH at most, as calls are in flight. */
static void count_now(size_t *low, size_t *high)
{
    *low = 0;
    for (unsigned i = 0; i < MOST_SLOTS; i++)
        *low += slots[i].is_full;
    *high = *low + uncertain;
    for (unsigned i = 0; i < thread_count; i++) {
        if (!threads[i].in_call)
            continue;
        const struct thread_step *step = step_of(&threads[i]);
        *low += takes_block(step) && step->action == THREAD_REALLOC;
        *high += takes_block(step) && !is_handed_out_again(&threads[i]);
        *high += makes_block(step);
    }
}

/* A call has started or ended: what those that count may return changes. */
static void update_counts(void)
{
    size_t low = 0, high = 0;
    count_now(&low, &high);
    for (unsigned i = 0; i < thread_count; i++) {
        struct thread *thread = &threads[i];
        if (!is_in(thread, THREAD_COUNT))
            continue;
        thread->low = low < thread->low ? low : thread->low;
        thread->high = high > thread->high ? high : thread->high;
    }
}

/* --- the next step --- */

/* The child of a fork goes on in every other schedule. */
static bool goes_on_as_child(void)
{
    return schedule % 4 < 2;
}

/* Thread NUMBER has forked. True if it goes on in the child. */
static bool fork_goes_on(unsigned number)
{
    bool is_child = goes_on_as_child();
    tell("thread %u: fork();  /* it goes on here in the %s */", number, is_child ? "child" : "parent");
    for (unsigned i = 0; i < thread_count && is_child; i++) {
        bool has_block = is_in(&threads[i], THREAD_MALLOC) || is_in(&threads[i], THREAD_FREE);
        uncertain += has_block ? 1 : is_in(&threads[i], THREAD_REALLOC) ? 2 : 0;
        threads[i].in_call = false;
        threads[i].is_gone = i != number;
    }
    return is_child;
}

static void start_call(struct thread *thread, const struct thread_step *step)
{
    if (takes_block(step)) {
        expect_contents(step->slot, slots[step->slot].size, "while it was in use");
        slots[step->slot].is_full = false;
        thread->taken = slots[step->slot].block;
    }
    thread->low = SIZE_MAX;
    thread->high = 0;
    thread->in_call = step->action >= THREAD_MALLOC;
    update_counts();
    if (has_slot(step) && (!thread->in_call || step->action == THREAD_FREE))
        slots[step->slot].turn++;
}

/* SIZE as a word of a step holds it. */
static unsigned size_code(size_t size)
{
    if (size == SIZE_MAX)
        return SIZE_OF_ALL;
    return (uint64_t)size >> 32 != 0 ? SIZE_ABOVE + (unsigned)((uint64_t)size & UINT32_MAX) : (unsigned)size;
}

static uint64_t word_of(const struct thread_step *step)
{
    unsigned size = size_code(step->size);
    uintptr_t pointer = takes_block(step) ? slots[step->slot].block : 0;
    return THREAD_STEP(step->action, step->slot, step->allocator, size, pointer);
}

static uint64_t next_step(unsigned number)
{
    struct thread *thread = &threads[number];
    if (thread->next == thread->steps)
        return THREAD_STEP(THREAD_ENDS, 0, 0, 0, 0);
    const struct thread_step *step = &thread->step[thread->next];
    if (has_slot(step) && slots[step->slot].turn != step->turn)
        return THREAD_STEP(THREAD_IDLES, step->slot, 0, 0, 0);
    thread->next++;
    if (step->action == THREAD_STAYS && !fork_goes_on(number))
        return next_step(number);
    uint64_t word = word_of(step);
    start_call(thread, step);
    return word;
}

/* What a crash is said to have happened in: the call in flight, if there is only one. */
static void name_calls(void)
{
    unsigned calls = 0;
    const char *text = "";
    for (unsigned i = 0; i < thread_count; i++)
        if (threads[i].in_call && calls++ == 0)
            text = call_text(i);
    if (calls == 1)
        story_many("in schedule %u of %u, %s", schedule, schedule_count, text);
    else
        story_many("in schedule %u of %u, one of the calls in flight", schedule, schedule_count);
}

static void begin_story(void)
{
    has_begun = true;
    story_aloud();
    record->lines = 0;
    tell("/* schedule %u of %u, with %u thread%s */", schedule, schedule_count, thread_count,
         thread_count == 1 ? "" : "s");
}

uint64_t threads_answer(const uint64_t *words)
{
    unsigned number = (unsigned)words[0];
    if (number >= thread_count)
        end_disturbed();
    if (!has_begun)
        begin_story();
    threads[number].locks = (unsigned)words[2];
    threads[number].waits = (unsigned)words[3];
    if (threads[number].in_call) {
        end_step(number, words[1]);
        update_counts();
    }
    uint64_t step = next_step(number);
    name_calls();
    return step;
}

/* --- schedules --- */

size_t threads_pages(void)
{
    return break_bytes() / PAGE_BYTES;
}

unsigned thread_locks(unsigned thread)
{
    return threads[thread].locks;
}

unsigned thread_waits(unsigned thread)
{
    return threads[thread].waits;
}

static void forget_schedule(void)
{
    memset(slots, 0, sizeof slots);
    uncertain = 0;
    has_begun = false;
    for (unsigned i = 0; i < thread_count; i++) {
        threads[i].next = 0;
        threads[i].in_call = threads[i].is_gone = false;
        threads[i].locks = threads[i].waits = 0;
    }
    break_reset();
    if (page_limit > 0)
        break_limit(page_limit * PAGE_BYTES);
    break_refuse(refused_page);
}

/* Otherwise the subject has said that the run is over when it was not. */
static void expect_finished(void)
{
    for (unsigned i = 0; i < thread_count; i++)
        if (!threads[i].is_gone && (threads[i].in_call || threads[i].next < threads[i].steps))
            end_disturbed();
}

bool suite_has_threads(void)
{
    return threads_run != NULL;
}

static void run_schedule(void (*check)(void))
{
    if (!threads_run)
        fault("the lab has no threads");
    forget_schedule();
    story_quiet();
    threads_run(thread_count, schedule, options | (only_schedule ? CALLS_IN_TURN : 0));
    expect_finished();
    for (unsigned i = 0; i < FIRST_SIGNAL; i++)
        if (slots[i].is_full)
            expect_contents(i, slots[i].size, "while it was in use");
    if (check)
        check();
}

void threads_play(unsigned count, void (*check)(void))
{
    schedule_count = count;
    story_at_end(tell_unfinished);
    for (schedule = 1; schedule <= count; schedule++) {
        if ((the_mode->schedule_is_wanted && !the_mode->schedule_is_wanted()) ||
            (only_schedule && schedule != only_schedule))
            continue;
        run_schedule(check);
        if (the_mode->schedule_ended)
            the_mode->schedule_ended();
    }
}
