// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 10: two threads that use the same variables. Run it with `make demo`.
 *
 * Answer predictions.txt first.
 *
 *   1. Two real threads count to a million each. What they lose is different in every run.
 *   2. Two threads count once each, in every order that their steps can have.
 *   3. The same with a lock.
 *   4. A message and a flag that says it is there: plain, then with release and acquire.
 *   5. Two locks, taken in two orders.
 *
 * Only the threads of part 1 are real. Those of the other parts, A and B, are fibres, as in the
 * kit: each has a stack of its own, and one of them runs at a time. Before each step a fibre stops,
 * and the scheduler chooses which one goes on. So the scheduler can try every order, one after the
 * other, and these parts print the same in every run.
 *
 * Races are found by vector clocks, as in the kit. Each fibre counts its own unlocks and
 * release stores, and knows up to which count the other one's steps come before its own. If the
 * other one's last access has a higher count, nothing orders it before the current step.
 */
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

enum { A, B, FIBRES };
enum { STACK_BYTES = 64 << 10, MOST_STEPS = 32, LINE_BYTES = 200 };

/* For each fibre, the count up to which its steps are known to come before. */
struct clock {
    int of[FIBRES];
};

struct lock {
    const char *name;
    bool is_held;
    struct clock clock;
};

struct variable {
    const char *name;
    int value;
    int last_store[FIBRES], last_load[FIBRES]; /* by the clock of that fibre; 0: never */
    struct clock released;                     /* by the last release store */
    int version, seen[FIBRES]; /* stores so far; how many there were at the last load */
    int writer;
};

struct fibre {
    ucontext_t context;
    char stack[STACK_BYTES];
    void (*program)(void);
    struct lock *wanted; /* by its next step; NULL: none */
    bool has_ended;
    struct clock clock;
};

static ucontext_t scheduler;
static struct fibre fibres[FIBRES];
static int current;

/* The order of this run: which fibre made each step, and whether the other one could have. */
static int chosen[MOST_STEPS];
static bool had_choice[MOST_STEPS];
static int steps;

/* What this run has shown. */
static char line[LINE_BYTES];
static bool has_race, has_lost;

/* What the programs share. */
static struct lock first_lock, second_lock;
static struct variable count, message, flag;

/*** The steps of a fibre ***/

static void say(const char *format, ...)
{
    size_t used = strlen(line);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + used, sizeof line - used, format, arguments);
    va_end(arguments);
}

/* Stops here until the scheduler chooses this fibre. Then LOCK is free, if it is not NULL. */
static void stop(struct lock *lock)
{
    fibres[current].wanted = lock;
    swapcontext(&fibres[current].context, &scheduler);
}

static void learn(struct clock *clock, const struct clock *other)
{
    for (int i = 0; i < FIBRES; i++)
        if (clock->of[i] < other->of[i])
            clock->of[i] = other->of[i];
}

static void release(struct clock *clock)
{
    learn(clock, &fibres[current].clock);
    fibres[current].clock.of[current]++;
}

static void acquire(const struct clock *clock)
{
    learn(&fibres[current].clock, clock);
}

/* An access of the other fibre, at its time WHEN, is not ordered before the current step. */
static bool is_unordered(const int when[])
{
    int other = 1 - current;
    return when[other] > fibres[current].clock.of[other];
}

static int load_now(struct variable *variable)
{
    variable->seen[current] = variable->version;
    say("  %c %s is %d", 'A' + current, variable->name, variable->value);
    return variable->value;
}

static void store_now(struct variable *variable, int value)
{
    bool overwrites = variable->version != variable->seen[current] && variable->writer != current;
    has_lost |= overwrites;
    say("  %c %s = %d%s", 'A' + current, variable->name, value, overwrites ? " !" : "");
    variable->value = value;
    variable->version++;
    variable->writer = current;
}

static int load(struct variable *variable)
{
    stop(NULL);
    has_race |= is_unordered(variable->last_store);
    variable->last_load[current] = fibres[current].clock.of[current];
    return load_now(variable);
}

static void store(struct variable *variable, int value)
{
    stop(NULL);
    has_race |= is_unordered(variable->last_store) || is_unordered(variable->last_load);
    variable->last_store[current] = fibres[current].clock.of[current];
    store_now(variable, value);
}

/* Nothing but atomic operations uses that variable. So they race with nothing. */
static int load_acquire(struct variable *variable)
{
    stop(NULL);
    acquire(&variable->released);
    return load_now(variable);
}

static void store_release(struct variable *variable, int value)
{
    stop(NULL);
    release(&variable->released);
    store_now(variable, value);
}

static void take(struct lock *lock)
{
    stop(lock);
    lock->is_held = true;
    acquire(&lock->clock);
    say("  %c +%s", 'A' + current, lock->name);
}

static void give_back(struct lock *lock)
{
    stop(NULL);
    lock->is_held = false;
    release(&lock->clock);
    say("  %c -%s", 'A' + current, lock->name);
}

/*** The programs ***/

static void count_once(void)
{
    int value = load(&count);
    store(&count, value + 1);
}

static void count_with_lock(void)
{
    take(&first_lock);
    count_once();
    give_back(&first_lock);
}

static void send_plain(void)
{
    store(&message, 42);
    store(&flag, 1);
}

static void receive_plain(void)
{
    if (load(&flag))
        load(&message);
}

static void send_release(void)
{
    store(&message, 42);
    store_release(&flag, 1);
}

static void receive_acquire(void)
{
    if (load_acquire(&flag))
        load(&message);
}

static void take_first_then_second(void)
{
    take(&first_lock);
    take(&second_lock);
    give_back(&second_lock);
    give_back(&first_lock);
}

static void take_second_then_first(void)
{
    take(&second_lock);
    take(&first_lock);
    give_back(&first_lock);
    give_back(&second_lock);
}

/*** One order ***/

static void live(void)
{
    fibres[current].program();
    fibres[current].has_ended = true;
    setcontext(&scheduler);
}

static void prepare(int number, void (*program)(void))
{
    struct fibre *fibre = &fibres[number];
    memset(fibre, 0, sizeof *fibre);
    fibre->program = program;
    fibre->clock.of[number] = 1;
    getcontext(&fibre->context);
    fibre->context.uc_stack.ss_sp = fibre->stack;
    fibre->context.uc_stack.ss_size = sizeof fibre->stack;
    makecontext(&fibre->context, live, 0);
}

/* Runs fibre NUMBER until it stops before its next step. */
static void go_on(int number)
{
    current = number;
    swapcontext(&scheduler, &fibres[number].context);
}

static bool can_go_on(int number)
{
    const struct lock *wanted = fibres[number].wanted;
    return !fibres[number].has_ended && (wanted == NULL || !wanted->is_held);
}

static void clear(void)
{
    line[0] = '\0';
    has_race = has_lost = false;
    first_lock = (struct lock){.name = "L"};
    second_lock = (struct lock){.name = "M"};
    count = (struct variable){.name = "count"};
    message = (struct variable){.name = "message"};
    flag = (struct variable){.name = "flag"};
}

/* Runs both programs. The first KNOWN steps are made by the fibres in chosen; then A goes first.
 * Returns whether both programs have ended. */
static bool run_order(void (*program_a)(void), void (*program_b)(void), int known)
{
    clear();
    prepare(A, program_a);
    prepare(B, program_b);
    go_on(A); /* until it stops before its first step */
    go_on(B);
    for (steps = 0; steps < MOST_STEPS && (can_go_on(A) || can_go_on(B)); steps++) {
        had_choice[steps] = can_go_on(A) && can_go_on(B);
        if (steps >= known)
            chosen[steps] = can_go_on(A) ? A : B;
        go_on(chosen[steps]);
    }
    return fibres[A].has_ended && fibres[B].has_ended;
}

/*** All orders ***/

/* Changes the last choice that can still be changed. Returns how many steps of chosen hold for the
 * next order, or 0 if there is none. */
static int next_order(void)
{
    for (int i = steps - 1; i >= 0; i--)
        if (had_choice[i] && chosen[i] == A) {
            chosen[i] = B;
            return i + 1;
        }
    return 0;
}

/* How many orders there were, and how many of them went wrong in which way. */
struct tally {
    int orders, races, losses, deadlocks;
};

static void print_tally(const struct tally *tally)
{
    printf("%d orders:", tally->orders);
    if (tally->losses > 0)
        printf(" %d lose a count.", tally->losses);
    if (tally->races > 0)
        printf(" %d have a race.", tally->races);
    if (tally->deadlocks > 0)
        printf(" %d end in a deadlock.", tally->deadlocks);
    if (tally->losses + tally->races + tally->deadlocks == 0)
        printf(" all are fine.");
    printf("\n");
}

static void run_all_orders(const char *title, void (*program_a)(void), void (*program_b)(void))
{
    struct tally tally = {0};
    int known = 0;
    printf("\n%s\n", title);
    do {
        bool ends = run_order(program_a, program_b, known);
        printf("%s%s%s\n", line, has_race ? "  <- race" : "", ends ? "" : "  <- deadlock");
        tally.orders++;
        tally.races += has_race;
        tally.losses += has_lost;
        tally.deadlocks += !ends;
        known = next_order();
    } while (known > 0);
    print_tally(&tally);
}

/*** Real threads ***/

enum { MANY = 1000000 };

static atomic_int real_count;
static pthread_barrier_t start;

/* A load and a store. They are atomic and relaxed: with plain ones, C would not define what this
 * program does. The two together are still no atomic addition. */
static void *count_many(void *unused)
{
    pthread_barrier_wait(&start); /* until both threads have come here */
    for (int i = 0; i < MANY; i++) {
        int value = atomic_load_explicit(&real_count, memory_order_relaxed);
        atomic_store_explicit(&real_count, value + 1, memory_order_relaxed);
    }
    return unused;
}

static void run_real_threads(void)
{
    printf("Two real threads count to a million each, three times:");
    pthread_barrier_init(&start, NULL, 2);
    for (int i = 0; i < 3; i++) {
        pthread_t other;
        atomic_store(&real_count, 0);
        if (pthread_create(&other, NULL, count_many, NULL) != 0)
            exit(EXIT_FAILURE);
        count_many(NULL);
        pthread_join(other, NULL);
        printf(" %d", atomic_load(&real_count));
    }
    pthread_barrier_destroy(&start);
    printf("\n");
}

int main(void)
{
    run_real_threads();
    run_all_orders(
        "A and B count once. A store marked ! overwrites one that its thread has not seen.",
        count_once, count_once);
    run_all_orders("The same with a lock, L. +L locks it, -L unlocks it.", count_with_lock,
                   count_with_lock);
    run_all_orders(
        "A stores a message, then a flag. B loads the flag and, if it is 1, the message.",
        send_plain, receive_plain);
    run_all_orders("The same, but the flag is stored with release and loaded with acquire.",
                   send_release, receive_acquire);
    run_all_orders("A locks L, then M. B locks M, then L.", take_first_then_second,
                   take_second_then_first);
    return EXIT_SUCCESS;
}
