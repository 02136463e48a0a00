// SPDX-License-Identifier: MIT
/*
 * fibres.c - a fibre for each thread of graded code, and the steps that the judge tells it to make (threads.h).
 */
#include "subject/subject.h"
#include "subject/threads/threads.h"

#include <stdlib.h>
#include <string.h>

/* The linker's and the table's: the student's variables (table.c). In direct mode there is no table; a schedule runs in
 * a process of its own there (judge/direct). */
extern unsigned char _edata[], _end[];

/* What stays as it is (LASTING) comes after all other data. */
extern unsigned char __start_heaplab_lasting[] __attribute__((weak));

/* Direct mode has none. */
#pragma weak fall_other_stack

/* --- the program's variables --- */

static size_t data_bytes(void)
{
    const unsigned char *end = &__start_heaplab_lasting ? __start_heaplab_lasting : _edata;
    return (size_t)(end - first_counted_data);
}

static size_t zeros_bytes(void)
{
    return (size_t)(_end - first_counted_zeros);
}

/* The first time remembers how they are, and from then on makes them so again. */
static void renew_variables(void)
{
    if (!&first_counted_data || !&first_counted_zeros)
        return;
    if (data_bytes() + zeros_bytes() > KEPT_BYTES) {
        struct thread_report report = {.flaw = FLAW_LARGE};
        tell_threads_report(&report);
    }
    if (ROOM->is_kept) {
        memcpy(first_counted_data, ROOM->kept, data_bytes());
        memcpy(first_counted_zeros, ROOM->kept + data_bytes(), zeros_bytes());
    } else {
        memcpy(ROOM->kept, first_counted_data, data_bytes());
        memcpy(ROOM->kept + data_bytes(), first_counted_zeros, zeros_bytes());
        ROOM->is_kept = true;
    }
}

/* --- steps --- */

static void wake_idle(unsigned slot)
{
    for (unsigned i = 0; i < ROOM->count; i++)
        if (ROOM->fibre[i].state == FIBRE_IDLE && ROOM->fibre[i].idle_for == slot)
            ROOM->fibre[i].state = FIBRE_READY;
}

static void stay_alone(void)
{
    for (unsigned i = 0; i < ROOM->count; i++)
        if (i != ROOM->current)
            ROOM->fibre[i].state = FIBRE_GONE;
}

static bool is_call(enum thread_action action)
{
    return action >= THREAD_MALLOC;
}

static bool takes_block(enum thread_action action)
{
    return action == THREAD_FREE || action == THREAD_REALLOC;
}

static bool makes_block(enum thread_action action)
{
    return action == THREAD_MALLOC || action == THREAD_REALLOC;
}

/* The largest block that any program here asks for and gets, in bytes that are marked as used. */
static size_t touched(unsigned size)
{
    enum { MOST = 4096 };
    return size < MOST ? size : 0;
}

static size_t size_of_step(uint64_t step)
{
    uint64_t code = STEP_SIZE(step);
    if (code == SIZE_OF_ALL)
        return SIZE_MAX;
    return (size_t)(code < SIZE_ABOVE ? code : ((uint64_t)1 << 32) + (code - SIZE_ABOVE));
}

/* Makes a call of graded code. What the program itself does with its blocks before and after is noted as well. */
static uint64_t make_call_of(uint64_t step)
{
    enum thread_action action = STEP_ACTION(step);
    if (takes_block(action) && STEP_POINTER(step) != 0)
        races_touch(STEP_POINTER(step), 1);
    const struct thread_call call = {.action = action,
                                     .allocator = STEP_ALLOCATOR(step),
                                     .block = (void *)(uintptr_t)STEP_POINTER(step),
                                     .size = size_of_step(step)};
    self()->calls++;
    uint64_t result = threads_perform(&call);
    if (action == THREAD_BEFORE_FORK)
        locks_expect_some();
    else
        locks_expect_none();
    if (makes_block(action) && result != 0)
        races_touch((uintptr_t)result, touched(STEP_SIZE(step)));
    return result;
}

static uint64_t make_step(uint64_t step)
{
    enum thread_action action = STEP_ACTION(step);
    struct clock *slot = &ROOM->slot[STEP_SLOT(step)];
    uint64_t result = 0;
    if (action == THREAD_STAYS)
        stay_alone();
    if (takes_block(action) || action == THREAD_AWAITS)
        clock_acquire(slot);
    if (is_call(action))
        result = make_call_of(step);
    if (makes_block(action) || action == THREAD_SIGNALS)
        clock_release(slot);
    return result;
}

/* Asks for steps and makes them, until there are no more. */
static void live(void)
{
    uint64_t result = 0;
    for (;;) {
        const uint64_t words[] = {ROOM->current, result, self()->locks, self()->waits};
        uint64_t step = request_words(REQUEST_STEP, words, sizeof words / sizeof *words);
        if (STEP_ACTION(step) == THREAD_ENDS)
            return;
        if (STEP_ACTION(step) == THREAD_IDLES) {
            self()->state = FIBRE_IDLE;
            self()->idle_for = STEP_SLOT(step);
            schedule_leave();
            continue;
        }
        wake_idle(STEP_SLOT(step)); /* a block that is freed leaves its slot at once */
        schedule_point(POINT_CALL, CALLER);
        result = make_step(step);
        wake_idle(STEP_SLOT(step));
    }
}

static void begin(void)
{
    live();
    self()->state = FIBRE_ENDED;
    unsigned next = schedule_choose();
    if (next == MOST_THREADS)
        _longjmp(ROOM->end, 1);
    switch_for_good(next);
}

/* --- hooks --- */

static void on_access(uintptr_t address, size_t bytes, unsigned wanted, struct caller by);
static void on_atomic(uintptr_t address, size_t bytes, unsigned wanted, struct caller by);
static void on_atomic_done(uintptr_t address, unsigned did, int order);

static const struct thread_hooks hooks = {on_access, on_atomic, on_atomic_done};

static bool is_own_stack(uintptr_t address)
{
    return address - (uintptr_t)ROOM->stack[ROOM->current] < STACK_BYTES;
}

static void expect_room(struct caller by)
{
    if ((uintptr_t)by.frame - (uintptr_t)ROOM->stack[ROOM->current] >= STACK_SPARE)
        return;
    struct thread_site site = site_at(ROOM->current, place_of(by));
    tell_flaw(FLAW_DEEP, &site, NULL);
}

static void on_access(uintptr_t address, size_t bytes, unsigned wanted, struct caller by)
{
    expect_room(by);
    if (is_own_stack(address))
        return;
    schedule_point(POINT_ACCESS, by);
    uint32_t place = place_of(by);
    if (wanted & MAY_READ)
        races_access(address, bytes, PLAIN_READ, place);
    if (wanted & MAY_WRITE)
        races_access(address, bytes, PLAIN_WRITE, place);
}

static void on_atomic(uintptr_t address, size_t bytes, unsigned wanted, struct caller by)
{
    expect_room(by);
    schedule_point(POINT_ORDER, by);
    uint32_t place = place_of(by);
    if (wanted & MAY_READ)
        races_access(address, bytes, ATOMIC_READ, place);
    if (wanted & MAY_WRITE)
        races_access(address, bytes, ATOMIC_WRITE, place);
    struct atomic_word *word = clock_word(address);
    if (word)
        loops_before(word, bytes, place);
}

static void on_atomic_done(uintptr_t address, unsigned did, int order)
{
    struct atomic_word *word = clock_word(address);
    if (!word)
        return;
    loops_after(word, did);
    clock_atomic_done(word, did, order);
}

void threads_system_call(void)
{
    if (!ROOM->runs)
        return;
    if (ROOM->options & SYSTEM_WITHOUT_LOCKS)
        locks_expect_none_over_system(CALLER);
    self()->system_at = place_of(CALLER);
    self()->in_system = true;
    schedule_point(POINT_SLOW, CALLER);
    self()->in_system = false;
}

/* --- a run --- */

static void prepare(unsigned number)
{
    struct fibre *fibre = &ROOM->fibre[number];
    memset(fibre, 0, sizeof *fibre);
    fibre->clock.of[number] = 1;
    getcontext(&fibre->start);
    fibre->start.uc_stack = (stack_t){.ss_sp = ROOM->stack[number], .ss_size = STACK_BYTES};
    fibre->start.uc_link = NULL;
    makecontext(&fibre->start, begin, 0);
}

static void clear_records(void)
{
    ROOM->run++;
    ROOM->steps_before = ROOM->steps;
    ROOM->cells = 0;
    ROOM->atomics = 0;
    memset(ROOM->slot, 0, sizeof ROOM->slot);
    memset(ROOM->lock, 0, sizeof ROOM->lock);
    memset(ROOM->place, 0, sizeof ROOM->place);
}

static void run_fibres(void)
{
    ROOM->current = 0;
    ROOM->runs = true;
    thread_hooks = &hooks;
    if (_setjmp(ROOM->end) == 0)
        switch_for_good(schedule_choose());
    thread_hooks = NULL;
    ROOM->runs = false;
}

int threads_run(unsigned count, unsigned schedule, unsigned options)
{
    if (count == 0 || count > MOST_THREADS)
        return 0;
    renew_variables();
    clear_records();
    ROOM->count = count;
    ROOM->options = options;
    for (unsigned i = 0; i < count; i++)
        prepare(i);
    schedule_start(schedule);
    struct watched_stack first = switch_stack(0);
    struct watched_stack watched = watch_other_stack(first);
    struct watched_stack fallen = fall_other_stack ? fall_other_stack(first) : first;
    run_fibres();
    watch_other_stack(watched);
    if (fall_other_stack)
        fall_other_stack(fallen);
    return 0;
}
