// SPDX-License-Identifier: MIT
/*
 * watch.h - the judge's side of watched memory (wire/watched.h): who may use each byte of the arena in this call, and
 * the verdict on an access that was not allowed (watch_story.c). The map itself is rights.c's.
 *
 * None of it does anything where memory is not watched: lab 08, memcheck runs. In direct mode the hooks call it
 * directly.
 */
#ifndef HEAPLAB_JUDGE_WATCH_H
#define HEAPLAB_JUDGE_WATCH_H

#include "judge/judge.h"
#include "wire/watched.h"

/* Starts to watch: the maps lie in the shared file DESCRIPTOR, or if it is -1 in this process alone; then stores are
 * always listed, for gdb. Ends the process on failure. */
void watch_open(int descriptor);

/* Before that: nothing is refused, as in a lab whose code is graded without being watched. */
void watch_forgives(void);

/* --- rights --- */

/* call.c: a call starts. */
void watch_call(const struct call *call, const uint64_t *arguments);

/* --- verdicts --- */

/* The subject reports the access LOOK. Does not return. */
_Noreturn void watch_judge(const struct look *look);

/* Copies what the subject reports of its threads; false where memory is not watched. */
bool watch_report(struct thread_report *report);

/* --- who wrote it --- */

/* Which instruction of graded code wrote the byte at ADDRESS last, and in which call. False if none did, or if memory
 * is not watched. The answer comes from the subject. */
bool watch_author(const void *address, struct author *author);

/* ending.c: the test has failed, and record->after shows how. Notes which block it is about, if it is about one. */
void watch_question(void);

/* run.c: the next run of the test, which is its second one, is to note who writes to the block of QUESTION; NULL: to
 * none. The answers come from the subject. */
void watch_ask(const struct question *question);

/* The call in flight, if there is one, has ended or will not return; its line is the story's last one. */
void watch_call_ends(void);

/* --- for watch_story.c --- */

/* If the call may read only some bytes at its first argument, how many; 0 if there is no such rule. */
size_t watch_argument_bytes(void);

/* Does this lab's heap come from mem_sbrk? */
bool watch_has_break(void);

/* What the subject is told about this call, among that MAY_READ, MAY_WRITE or both: what it may do with some memory at
 * all. Borrowed; NULL where nothing is watched. */
const struct watch_page *watch_page(void);

#endif
