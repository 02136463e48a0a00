// SPDX-License-Identifier: MIT
/*
 * patience.h - how long the judge waits for a subject that only sleeps.
 *
 * The clocks that count work (subject/fall.c, the limit of processor time) decide about a subject that works. Patience
 * is for one that does not: it ends after a minute, or longer for long traces, in which the subject neither
 * used processor time nor returned from many calls. The judge looks three times in that span, and each of the three
 * looks must find nothing: a busy machine, or one that was suspended, changes no verdict. A subject can claim to work,
 * but not for ever: the number of looks is limited.
 */
#ifndef HEAPLAB_PATIENCE_H
#define HEAPLAB_PATIENCE_H

#include <stdbool.h>
#include <stdint.h>

/* Takes over SIGALRM. Once, before the first be_patient. */
void patience_start(void);

/* From now on, for a subject that may take SECONDS of processor time (0: the usual number), and whose clock counts its
 * ticks in *TICKS, which stays until patience_end or the next be_patient. */
void be_patient(unsigned seconds, const _Atomic uint32_t *ticks);

/* Nobody is waited for any more. */
void patience_end(void);

/* A call is about to be made. */
void count_call(void);

bool patience_is_over(void);

#endif
