// SPDX-License-Identifier: MIT
/*
 * watch.h - the judge's side of watched memory (wire/watched.h): whose each byte of the arena is, what may be done with
 * it in this call, and the verdict on an access that was not allowed (watch.c, watch_story.c).
 *
 * All of it does nothing where memory is not watched: lab 08, memcheck runs. In direct mode the hooks call in.
 */
#ifndef HEAPLAB_JUDGE_WATCH_H
#define HEAPLAB_JUDGE_WATCH_H

#include "judge/judge.h"
#include "wire/watched.h"

/* Starts to watch: the maps lie in the shared file DESCRIPTOR, or if it is -1 in this process alone. Ends the process
 * on failure. */
void watch_open(int descriptor);

/* --- whose it is --- */

/* The N bytes at START, a multiple of GRANULE, may be used as RIGHTS says. Nothing may be done with what is left of the
 * last granule. */
void watch_give(const void *start, size_t n, unsigned rights);

/* brk.c: from now on GROWN is told when the break has moved up by N bytes from START. */
void break_watch(void (*grown)(const void *start, size_t n));

/* call.c: a call starts. */
void watch_call(const struct call *call, const uint64_t *arguments);

/* --- verdicts --- */

/* The subject says that it did LOOK. Does not return. */
_Noreturn void watch_judge(const struct look *look);

/* --- who wrote it --- */

/* Which instruction of graded code wrote the byte at ADDRESS last, and in which call. False if none did, or nobody
 * watched. What it says comes from the subject. */
bool watch_author(const void *address, struct author *author);

/* --- for watch_story.c --- */

/* How many bytes at its first argument the call may read and nothing else; 0 if there is no such rule. */
size_t watch_argument_bytes(void);

/* Is this lab's heap that of mem_sbrk? */
bool watch_has_break(void);

/* MAY_READ and MAY_WRITE as far as the call in flight may use any memory so. */
unsigned watch_may(void);

/* Tells what is wrong about LOOK, whose byte at ADDRESS is the first that is not allowed. Does not return. */
_Noreturn void watch_tell(const struct look *look, uintptr_t address);

#endif
