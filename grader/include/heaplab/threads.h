// SPDX-License-Identifier: MIT
/*
 * heaplab/threads.h - tests in which several threads use the student's allocator at the same time.
 *
 * A test first writes a program for each thread, step by step, with the functions below. Then threads_play runs these
 * programs once by each schedule. Blocks are known by slots: a step that allocates fills a slot, and one that frees
 * empties it. The steps of one slot, whichever threads make them, are made in the order in which the test has written
 * them. So a block may be freed by another thread than the one that allocated it, and no schedule gets that wrong.
 *
 * The judge keeps the books: each block lies in the heap, overlaps no other one, and keeps what the program has written
 * to it. The subject finds data races, deadlocks, locks that are not given back and the like (wire/threads.h). Either
 * fails the test, with the steps of that schedule as the story.
 *
 *     thread_mallocs(0, A, 100);
 *     thread_frees(1, A);
 *     threads_play(SCHEDULES, NULL);
 */
#ifndef HEAPLAB_THREADS_H
#define HEAPLAB_THREADS_H

#include <stdbool.h>
#include <stddef.h>

/* The allocator that the steps from here on belong to: its functions are called PREFIX_malloc and so on. NUMBER is what
 * threads_perform of the lab's subject/ knows it by. PREFIX must last. */
void threads_use(const char *prefix, unsigned number);

/* No lock may be held over a call to the system. */
void threads_keep_system_free(void);

/* --- steps; THREAD is from 0 to 7, SLOT from 0 to 63 --- */

/* SIZE may be SIZE_MAX, below a quarter of a million, or above 4 GiB by less than that. */
void thread_mallocs(unsigned thread, unsigned slot, size_t size);
void thread_frees(unsigned thread, unsigned slot);
void thread_frees_null(unsigned thread);
void thread_reallocs(unsigned thread, unsigned slot, size_t size);
void thread_reallocs_null(unsigned thread, unsigned slot, size_t size);

/* The block must stay where it is. */
void thread_reallocs_in_place(unsigned thread, unsigned slot, size_t size);

/* The function must return another block than the one that was last in slot OTHER. */
void thread_mallocs_other(unsigned thread, unsigned slot, size_t size, unsigned other);

/* The function must return NULL; a block that should be resized stays as it was. */
void thread_is_refused(unsigned thread, unsigned slot, size_t size);
void thread_is_refused_realloc(unsigned thread, unsigned slot, size_t size);

/* The function that counts blocks must return a number that was true at some moment of the call. */
void thread_counts(unsigned thread);

/* The thread calls the function before a fork, forks, and calls the one after it. In one half of the schedules it goes
 * on in the child, where there are no other threads. */
void thread_forks(unsigned thread);

/* The thread gives its cache back. The steps after that are a new thread's. */
void thread_leaves(unsigned thread);

/* Thread AWAITS goes on only when THREAD has come to this point of its program. */
void thread_goes_first(unsigned thread, unsigned awaits);

/* --- running them --- */

/* How many schedules a test runs; and one whose programs are long, or which does not depend much on the order. */
enum { SCHEDULES = 60, FEW_SCHEDULES = 20 };

/* Runs the programs by the schedules 1 to COUNT. CHECK, unless it is NULL, looks at the numbers below after each. */
void threads_play(unsigned count, void (*check)(void));

/* Of the schedule that was run last. */
size_t threads_pages(void);             /* that the system has given */
unsigned thread_locks(unsigned thread); /* calls of mutex_lock */
unsigned thread_waits(unsigned thread); /* those that had to wait */

/* For each schedule: the system gives no more than PAGES pages; or not the Kth, counted from 1. */
void threads_limit_pages(size_t pages);
void threads_refuse_page(size_t k);

#endif
