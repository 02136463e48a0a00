// SPDX-License-Identifier: MIT
/*
 * subject.h - the kit's part of the subject: the process that runs the student's code.
 *
 * The subject is a static program: the student's object, the table of its functions (table.c, compiled once a lab)
 * and the files of this folder. It runs under the sandbox of sandbox/subject.c and does what the channel asks.
 *
 *   main.c      the loop: take a call, run it, answer
 *   requests.c  malloc and friends, mem_sbrk and friends: every one an up-call to the judge
 *   fall.c      signals: how a crash, a refused system call or a hang is told
 *   counters.c  coverage counters, written to the channel
 *
 * Rules: nothing here is trusted with a verdict, and nothing here allocates.
 */
#ifndef HEAPLAB_SUBJECT_H
#define HEAPLAB_SUBJECT_H

#include "judge/channel.h"

/* The shared page; NULL until main has mapped it. */
extern struct channel *channel;

/* One entry a line of calls.def, in order (table.c). */
typedef uint64_t (*thunk)(const uint64_t *arguments);
extern const thunk thunks[];
extern const uint32_t thunk_count;

/* Sends SAY to the judge and waits for the next move. Does what ASK_STOP asks, and then does not return. */
void say_and_wait(enum say say);

/* Installs the signal handlers and starts the clock. STACK_TOP is an address in main's frame. */
void watch_for_falls(const void *stack_top);

/* Writes the counters of the student's code behind the channel; sets coverage_bytes. Needs no allocation. */
void write_counters(void);

#endif
