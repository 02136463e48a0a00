// SPDX-License-Identifier: MIT
/*
 * loss.h - why a subject does not wait for the judge any more, in words (loss.c). Used by link.c.
 */
#ifndef HEAPLAB_LOSS_H
#define HEAPLAB_LOSS_H

#include "wire/channel.h"

/* Ends the test. TURN is whose move CHANNEL says it is; STATUS, for TURN_GONE, is how the subject ended. PARTS: of the
 * filter of system calls that was in force. */
_Noreturn void loss_judge(const struct channel *channel, uint32_t turn, int status, unsigned parts);

#endif
