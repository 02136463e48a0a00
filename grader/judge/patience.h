// SPDX-License-Identifier: MIT
/*
 * patience.h - how long the judge waits for a subject that only sleeps.
 *
 * The clocks that count work (subject/fall.c, the limit of processor time) decide about a subject that works. Patience
 * is for one that does not: half a minute, and longer for long traces. It is renewed while many calls come back, since
 * a long test takes its time on a busy machine; a subject that sleeps in each call does not get that far.
 */
#ifndef HEAPLAB_PATIENCE_H
#define HEAPLAB_PATIENCE_H

#include <stdbool.h>

/* Takes over SIGALRM. Once, before the first be_patient. */
void patience_start(void);

/* From now on, for a subject that may take SECONDS of processor time (0: the usual number). */
void be_patient(unsigned seconds);

/* A call is about to be made. */
void count_call(void);

bool patience_is_over(void);

#endif
