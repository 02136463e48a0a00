// SPDX-License-Identifier: MIT
/*
 * lent.h - books of the blocks that calls of an allocator have handed out to a test, for its picture (lent.c).
 *
 * Kept for labs that ask for it (suite_draw_payloads in heaplab/test.h), and not during a replay, which has books of
 * its own (live.h).
 */
#ifndef HEAPLAB_LENT_H
#define HEAPLAB_LENT_H

#include "judge/judge.h"

/* call.c: a call starts, and has returned RESULT. */
void lent_call(const struct call *call, const uint64_t *arguments);
void lent_return(uint64_t result);

/* For suite_draw. */
void lent_draw(struct picture *picture);

/* Unless NULL: no books are kept from now on, and DRAW draws. */
void lent_rest(void (*draw)(struct picture *picture));

#endif
