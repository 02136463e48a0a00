// SPDX-License-Identifier: MIT
/*
 * threads.h - the threads of graded code, in labs that have them (labs/NN-name/threads.h; wire/threads.h says how a
 * run goes).
 *
 *   fibres.c     threads_run: a fibre for each thread, and the steps that the judge tells them to make
 *   schedule.c   when another fibre goes on, and which
 *   switch.c     from one fibre to another
 *   locks.c      mutexes: who holds and who waits
 *   deadlock.c   what they wait for when none can go on
 *   clocks.c     what comes before what: vector clocks
 *   loops.c      locks that the student made: threads that wait in a loop
 *   races.c      the last accesses to each byte; data races
 *   sites.c      where in the code something happened
 *
 * Races are found by happens-before as in DJIT+ (Pozniansky and Schuster, PPoPP 2003; FastTrack, Flanagan and Freund,
 * PLDI 2009, is the same with less memory). Two of three schedules are made by priorities that change at random places
 * (PCT: Burckhardt and others, ASPLOS 2010).
 *
 * Rules: nothing here allocates or keeps variables of its own, apart from the pointer to the hooks: all records are in
 * the room, outside the program's variables. So a run can begin by putting all of these back.
 */
#ifndef HEAPLAB_SUBJECT_THREADS_H
#define HEAPLAB_SUBJECT_THREADS_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

#include "subject/watch.h"

enum {
    STACK_BYTES = 256 << 10,
    STACK_SPARE = 16 << 10, /* of a stack, what is left to the kit's functions */
    KEPT_BYTES = 1 << 20,
    MOST_CELLS = 1 << 15,
    MOST_PLACES = 1 << 13,
    MOST_WORDS_ATOMIC = 256,
    MOST_CHANGES = 3,
};

/* A vector clock: the latest step of each thread that its owner knows of. */
struct clock {
    uint32_t of[MOST_THREADS];
};

/* Some place in the code, with the locks that were held there. */
struct place {
    uint32_t frames[SITE_FRAMES];
    uint32_t taken[MOST_HELD];
    uint8_t depth, held;
    uint16_t used; /* 0: there is none in this slot */
};

struct lock {
    uintptr_t address; /* of the mutex; 0: the slot is free */
    bool is_held;
    unsigned holder;
    uint32_t place; /* where it was taken */
    struct clock clock;
};

enum fibre_state { FIBRE_READY, FIBRE_IDLE, FIBRE_WAITS, FIBRE_ENDED, FIBRE_GONE };

struct fibre {
    ucontext_t start;
    jmp_buf go_on;
    bool has_started; /* go_on is where it goes on; otherwise it starts at start */
    enum fibre_state state;
    int64_t priority; /* higher goes first */
    struct clock clock;
    unsigned idle_for;             /* FIBRE_IDLE: a slot, of which another step has to be made */
    struct lock *wanted;           /* FIBRE_WAITS */
    uint32_t wanted_at;            /* the place of that call */
    struct lock *held[MOST_LOCKS]; /* in the order in which they were taken */
    unsigned held_count;
    uint32_t locks, waits; /* calls of mutex_lock, and those that had to wait; loops.c counts as well */
    uint32_t calls;        /* of graded code */
    bool in_system;        /* that call is in a call of the system, which it made at this place */
    uint32_t system_at;
    uint32_t steps_alone; /* accesses and the like since another fibre ran */
};

enum access_kind { PLAIN_READ, PLAIN_WRITE, ATOMIC_READ, ATOMIC_WRITE, ACCESS_KINDS };

/* The last accesses of each thread to some bytes of 8, which were always used together. */
struct cell {
    uint32_t granule;                        /* the address, divided by 8 */
    uint32_t run;                            /* in which it was used; an older one is empty */
    uint8_t mask;                            /* which bytes */
    uint16_t next;                           /* another cell of the same granule, plus one; 0: none */
    uint32_t at[ACCESS_KINDS][MOST_THREADS]; /* the thread's own clock; 0: never */
    uint16_t place[ACCESS_KINDS][MOST_THREADS];
};

/* The value that a thread last saw in an atomic variable, and how many operations in a row saw it. */
struct view {
    uint64_t value;
    uint32_t call, times;
    uint32_t place, bytes; /* of the last one */
};

struct atomic_word {
    uintptr_t address;
    unsigned releaser; /* the thread that began the release sequence */
    struct clock clock;
    bool is_taken; /* as a lock, by this thread, at this place */
    unsigned taker;
    uint32_t taken_at;
    struct view view[MOST_THREADS];
};

struct threads_room {
    struct thread_report report; /* at THREAD_REPORT */
    bool runs;
    uint32_t run; /* the number of this run in the process */
    uint32_t options;

    /* schedule.c */
    uint64_t schedule, dice;
    unsigned mode;
    uint32_t steps, steps_before; /* in this run; in the last one */
    uint32_t change[MOST_CHANGES];
    unsigned changes;
    int64_t lowest; /* priority so far */

    /* fibres.c */
    unsigned count, current;
    jmp_buf end; /* of the run */
    struct fibre fibre[MOST_THREADS];
    struct clock slot[MOST_SLOTS];
    size_t kept_data, kept_zeros; /* bytes; 0: nothing is kept yet */
    bool is_kept;

    /* locks.c, clocks.c, sites.c, races.c */
    struct lock lock[MOST_LOCKS];
    struct atomic_word atomic[MOST_WORDS_ATOMIC];
    unsigned atomics;
    uintptr_t loop_lock[MOST_LOCKS]; /* atomic variables that are locks */
    unsigned loop_locks;
    struct place place[MOST_PLACES];
    struct cell cell[MOST_CELLS];
    uint32_t cells;

    unsigned char kept[KEPT_BYTES];
    _Alignas(16) unsigned char stack[MOST_THREADS][STACK_BYTES];
};

_Static_assert(sizeof(struct threads_room) <= THREADS_BYTES, "the room is too small");

#define ROOM ((struct threads_room *)THREADS_ADDRESS)

static inline struct fibre *self(void)
{
    return &ROOM->fibre[ROOM->current];
}

/* --- schedule.c --- */

/* Where another fibre may go on: before an access; at a lock call or an atomic operation; between two calls; in a call
 * that takes long. */
enum point { POINT_ACCESS, POINT_ORDER, POINT_CALL, POINT_SLOW };

void schedule_start(uint64_t number);
void schedule_point(enum point point, struct caller by);

/* The current fibre can't go on. Returns when it can, and has been chosen. */
void schedule_leave(void);

/* Chooses a fibre that is ready. If there is none, tells why and does not return, unless all have ended: then it
 * returns MOST_THREADS. */
unsigned schedule_choose(void);

/* --- switch.c --- */

/* Lets fibre NEXT go on; returns when this one is chosen again. */
void switch_to(unsigned next);

/* The same, but forgets where the running one was. */
_Noreturn void switch_for_good(unsigned next);

struct watched_stack switch_stack(unsigned fibre);

/* --- clocks.c --- */

void clock_join(struct clock *clock, const struct clock *other);

/* The current fibre publishes what it has done, in CLOCK; and learns what is in CLOCK. */
void clock_release(struct clock *clock);
void clock_acquire(const struct clock *clock);

/* The record of the atomic variable at ADDRESS; NULL if there are too many. */
struct atomic_word *clock_word(uintptr_t address);

/* An operation on that variable was made. */
void clock_atomic_done(struct atomic_word *word, unsigned did, int order);

/* --- loops.c --- */

/* Before and after an operation on an atomic variable of that many bytes. */
void loops_before(struct atomic_word *word, size_t bytes, uint32_t place);
void loops_after(struct atomic_word *word, unsigned did);

/* Does the current fibre hold a lock of that kind? */
bool loops_holds_some(void);

/* --- locks.c --- */

/* A function of graded code is about to return: tells if a lock is held. */
void locks_expect_none(void);

/* The program is about to fork: tells if the current fibre holds no lock, of whatever kind. */
void locks_expect_some(void);
void locks_expect_none_over_system(struct caller by);

/* --- deadlock.c --- */

/* No fibre can go on: tells what they wait for. Does not return if one of them waits for a lock. */
void deadlock_tell(void);

/* Where LOCK, which is held, was taken. */
struct thread_site lock_site(const struct lock *lock);

/* --- races.c --- */

void races_access(uintptr_t address, size_t bytes, enum access_kind kind, uint32_t place);

/* The program uses its block. */
void races_touch(uintptr_t address, size_t bytes);

/* --- sites.c --- */

/* The number of the place that graded code has got to; 0: the program itself. */
uint32_t place_of(struct caller by);

/* The number of the place that is reported for an access to the test program's memory. */
enum { PLACE_PROGRAM = 0 };

struct thread_site site_at(unsigned thread, uint32_t place);

/* Ends the run (wire/watched.h), for a flaw with one or two sites. SECOND may be NULL. */
_Noreturn void tell_flaw(enum thread_flaw flaw, const struct thread_site *first, const struct thread_site *second);

#endif
