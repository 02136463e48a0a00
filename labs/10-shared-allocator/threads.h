// SPDX-License-Identifier: MIT
/*
 * threads.h - threads and locks, for lab 10. The kit provides these functions.
 *
 * They do what pthread_mutex_lock, pthread_mutex_unlock and pthread_self do. But here the kit
 * decides when a thread is interrupted and which thread goes on. It runs each test under many
 * *schedules*, one after the other. A schedule says after which loads, stores, lock calls and
 * atomic operations the kit switches to which other thread. The schedules of a test have numbers
 * and are the same in every run: what fails once fails every time.
 *
 * Data races
 * ----------
 * Two accesses of different threads to the same bytes are a *data race* if at least one of them is
 * a store, at least one of them is not atomic, and nothing puts them in order. These things do:
 *
 *   - What a thread does before it unlocks a mutex comes before what any thread does after it has
 *     locked that mutex next.
 *   - What a thread does before an atomic store with memory_order_release comes before what any
 *     thread does after an atomic load with memory_order_acquire that reads the stored value. (The
 *     other operations below that store or load do the same, according to their order.)
 *   - A thread hands a block over to another one through the test. What it did before that comes
 *     before what the other one does with the block.
 *
 * A data race is an error even if no harm comes of it under any schedule. The kit reports it with
 * the lines of both accesses.
 *
 * Atomic operations
 * -----------------
 * They are C11's: include <stdatomic.h>, and declare the variable _Atomic. It may have 1, 2, 4 or 8
 * bytes, so it may be a pointer. With ORDER memory_order_relaxed, memory_order_acquire,
 * memory_order_release, memory_order_acq_rel or memory_order_seq_cst:
 *
 *   atomic_load_explicit(&variable, ORDER)             returns the value
 *   atomic_store_explicit(&variable, value, ORDER)     sets it
 *   atomic_exchange_explicit(&variable, value, ORDER)  sets it and returns the old one
 *   atomic_fetch_add_explicit(&variable, n, ORDER)     adds N and returns the old one (also _sub)
 *   atomic_compare_exchange_strong_explicit(&variable, &expected, value, ORDER, ORDER)
 *                                                      if the variable equals EXPECTED, sets it to
 *                                                      VALUE and returns true; otherwise stores its
 *                                                      value in EXPECTED and returns false
 *
 * As in C11, the same operations without _explicit, and plain reads and assignments of a variable
 * that is _Atomic, use memory_order_seq_cst. Accesses to all other variables are plain, and so are
 * those to variables that are only volatile. atomic_thread_fence puts nothing in order here.
 *
 * A thread may spin: it reads an atomic variable in a loop until another thread changes it. While
 * it spins, it waits, as in mutex_lock. The kit notices this, and treats the variable as a lock,
 * like a mutex.
 *
 * All threads here share one copy of a _Thread_local variable. Do not use any: keep an array with
 * one element for each thread instead.
 */
#ifndef THREADS_H
#define THREADS_H

enum { THREADS_MOST = 8 };

/*
 * A lock that at most one thread holds at a time. A mutex that is defined outside of functions
 * needs no initializer: the initial value that C gives it will do. A mutex must stay where it is.
 * There may be 64 of them.
 */
struct mutex {
    unsigned unused; /* the kit keeps its records elsewhere */
};

/* Waits until no thread holds MUTEX; from then on the calling thread holds it. A thread that
 * already holds it waits for ever. */
void mutex_lock(struct mutex *mutex);

/* Gives back MUTEX, which the calling thread must hold. */
void mutex_unlock(struct mutex *mutex);

/* Returns the number of the calling thread, from 0 to THREADS_MOST - 1. No two threads have the
 * same number at the same time. A thread that starts may get the number of one that has ended. */
unsigned thread_self(void);

#endif
