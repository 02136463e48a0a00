// SPDX-License-Identifier: MIT
/*
 * judged.h - unit tests of the judge's side: its modules run here with an arena and a record, but without a subject.
 *
 * Most of their functions end the test. OUTCOME(call) makes CALL in a child and returns how it ended; `record` then
 * says why. CALL's changes to memory are lost with the child.
 */
#ifndef HEAPLAB_JUDGED_H
#define HEAPLAB_JUDGED_H

#include "judge/judge.h"
#include "tests/unit/support/unit.h"

enum outcome {
    CAME_BACK,  /* the call returned */
    ENDED_TEST, /* it ended the test; see record */
    FAULTED,    /* it called fault */
    BROKE,      /* it ended by a signal or in another way */
};

#define OUTCOME(call) (judged_fork() ? ((void)(call), judged_came_back()) : judged_wait())

/* CALL ends the test with STATUS. */
#define ck_assert_ends(wanted, call)                                                                                   \
    do {                                                                                                               \
        ck_assert_int_eq(OUTCOME(call), ENDED_TEST);                                                                   \
        ck_assert_int_eq(record->status, wanted);                                                                      \
    } while (0)

bool judged_fork(void);
_Noreturn enum outcome judged_came_back(void);
enum outcome judged_wait(void);

/* Does what the stubs do: a call of NAME with the argument words ARGUMENTS that returns RESULT of type TYPE (NULL:
 * nothing).
 */
void judged_call(const char *name, const char *type, uint64_t result);

/* A fixture for all tests of a judge_*.c: the arena and an empty record. */
void judged_start(void);

#endif
