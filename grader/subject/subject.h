// SPDX-License-Identifier: MIT
/*
 * subject.h - the kit's part of the subject: the process that runs the student's code.
 *
 * The subject is a static program: the student's object, the table of its functions (table.c, compiled once a lab)
 * and the files of this folder. It runs under the sandbox of sandbox/subject.c and does what the channel asks.
 *
 *   main.c      the loop: take a call, run it, answer
 *   requests.c  malloc and friends, mem_sbrk and friends: every one an up-call to the judge
 *   system.c    sbrk, mmap, fork and the like: made for real, but asked and told about (lab 04)
 *   fall.c      signals: reports a crash, a refused system call or a hang
 *   watch.c     every load and store of graded code, looked at; watch_library.c, watch_print.c: what it has the
 *               C library do
 *   branches.c  every call by a pointer, looked at
 *   cost.c      calls over a socket, for a cost run
 *   wipe.c      clears memory that is not counted after each call; plan.c: finds it
 *   counters.c  coverage counters, written to the channel
 *   sort.c      qsort without memory of its own
 *   renew.c     back to the state before the first call (own tests' implementations)
 *   threads/    threads of graded code, linked only in labs that have them (wire/threads.h)
 *
 * Files use each other in a circle: main.c makes a call, in which a request, a hook, a signal or an exit may end or
 * answer it, and goes back to main.c's loop through the channel. What main.c defines for the others could be a file
 * below them; but then the program's variables lie elsewhere, and lab 08's cost runs count other cache misses.
 *
 * Rules: nothing here is trusted with a verdict, and nothing here allocates.
 */
#ifndef HEAPLAB_SUBJECT_H
#define HEAPLAB_SUBJECT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "wire/call.h"
#include "wire/channel.h"
#include "wire/children.h"

/* The shared page; NULL until main has mapped it. */
extern struct channel *channel;

/* A function under test runs: what the clock watches. */
extern volatile sig_atomic_t in_call;

/* One entry a line of calls.def, in order (table.c). */
typedef uint64_t (*thunk)(const uint64_t *arguments);
extern const thunk thunks[];
extern const uint32_t thunk_count;

/* The table is linked just before the student's object: variables from here on are the student's (plan.c). */
extern unsigned char first_counted_data[] __attribute__((weak));
extern unsigned char first_counted_zeros[] __attribute__((weak));

/* Sends SAY to the judge and waits for the next move. Does what ASK_STOP asks, and then does not return. */
void say_and_wait(enum say say);

/* Sends an up-call with its N words and returns the judge's answer; sets errno if that says so. */
uint64_t request_words(enum request kind, const uint64_t *words, unsigned n);

/* cost.c. Carries out the orders that come over the socket of wire/cost.h; true while it does; an up-call in that time,
 * whose errno goes to *ERROR. */
_Noreturn void run_for_cost(void);
extern bool cost_runs;
uint64_t cost_request(uint32_t kind, const uint64_t *words, unsigned n, int *error);

/* narrow.c: from here on only the system calls that a function under test may make. */
void narrow_system_calls(void);

/* plan.c: the kit's own memory that is empty between calls. It starts at a page. */
enum { PAGE_BYTES = 4096, RED_ZONE_BYTES = 128, HANDLER_BYTES = 65536, EARLY_BYTES = 65536 };

struct rooms {
    unsigned char handler[HANDLER_BYTES]; /* the stack that signal handlers run on */
    unsigned char early[EARLY_BYTES];     /* for malloc before the channel is there; all zero */
};

struct rooms *rooms(void);

/* Marks one of the kit's variables that a wipe leaves as it is. */
#define LASTING __attribute__((section("heaplab_lasting")))

/* wipe.c: puts back or clears what is not counted, if a run_near_border has said so. */
void wipe(void);

/* Calls LOOP so that its frames are near the border of a page. If the stack may reach down to WIPED_FROM, not 0, then
 * wipe() wipes from now on. */
void run_near_border(void (*loop)(void), uintptr_t wiped_from);

/* sort.c: what graded code calls as qsort (grade/link.sh). */
void heaplab_qsort(void *base, size_t count, size_t size, int (*compare)(const void *a, const void *b));

/* Installs the signal handlers and starts the clock. STACK_TOP is an address in main's frame. Returns the lowest
 * address that the stack may reach. */
uintptr_t watch_for_falls(const void *stack_top);

/* A further test begins: its calls have their own time. */
void forget_ticks(void);

/* watch.c: maps the maps of wire/watched.h, which DESCRIPTOR holds. False if that fails. */
bool map_watch(int descriptor);

/* Copies N bytes; false if an address cannot be used. */
bool copy_if_mapped(void *to, const void *from, size_t n);

/* Writes the counters of the student's code after the channel's struct; sets coverage_bytes, or in a forked child
 * children_bytes. Needs no allocation. */
void write_counters(void);

/* Is this an implementation for students' own tests to be run against, which share the channel with it? */
extern const bool asked_by_tests;

/* Remembers the program's variables as they are now; the first time only. */
void keep_state(void);

/* Writes the counters as write_counters does; then the variables are as they were remembered. */
void renew_state(void);

#endif
