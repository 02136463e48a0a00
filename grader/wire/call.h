// SPDX-License-Identifier: MIT
/*
 * call.h - a call of a student's function, as the stub that is linked in its place (judge/each-lab/stubs.c) describes
 * it. Whoever links the stubs defines make_call: the judge, direct mode, the tester of own tests.
 */
#ifndef HEAPLAB_CALL_H
#define HEAPLAB_CALL_H

#include "heaplab/calls.h"

#include <stdbool.h>
#include <stdint.h>

struct call {
    uint32_t function;
    const char *name;
    const char *result_type; /* as written in calls.def; NULL for procedures */
    enum word_kind result_kind;
    unsigned arguments;
    enum word_kind kinds[MOST_ARGUMENTS];
};

/* The lab's function called NAME; NULL if it has none. */
const struct call *find_call(const char *name);

/* Runs CALL in the subject and returns its result as a word (WORD). Ends the test if it does not come back. */
uint64_t make_call(const struct call *call, const uint64_t *arguments);

/* Has a call of CALL, a procedure of one argument, made in the subject just before the next make_call: a hand-over
 * less. Whatever goes wrong in it is told of that one. Returns false if it has to be made by itself: in direct mode, or
 * when many wait. */
bool put_off_call(const struct call *call, uint64_t argument);

/* This process is a child that the student's code forked: it has no part in the channel's turns. */
extern bool in_child;

#endif
