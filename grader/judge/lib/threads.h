// SPDX-License-Identifier: MIT
/*
 * threads.h - the judge's side of threads (wire/threads.h, heaplab/threads.h): the programs of the threads and the
 * books of their blocks (threads.c), and the verdict on what the subject reports (threads_story.c).
 */
#ifndef HEAPLAB_JUDGE_THREADS_H
#define HEAPLAB_JUDGE_THREADS_H

#include "judge/judge.h"
#include "wire/threads.h"

/* answer.c: a fibre asks for its next step (REQUEST_STEP). */
uint64_t threads_answer(const uint64_t *words);

/* The subject reports a flaw. Does not return. */
_Noreturn void threads_judge(const struct thread_report *report);

/* "one_malloc(100) in thread 1": the call in flight there; empty if there is none. In static memory. */
const char *threads_call_of(unsigned thread);

/* Does the lab have threads? */
bool suite_has_threads(void);

/* From now on, a test runs SCHEDULE and no other, each call ends before another thread goes on, and a timeline has an
 * operation for each of them. */
void threads_in_turn(unsigned schedule);

/* Which schedule runs, and of how many. */
unsigned threads_schedule(void);
unsigned threads_schedules(void);

/* The slot whose block, in use, holds ADDRESS, by its name; NULL if none does. */
const char *threads_block_at(uintptr_t address);

#endif
