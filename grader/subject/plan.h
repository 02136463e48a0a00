// SPDX-License-Identifier: MIT
/*
 * plan.h - what a wipe has to put back (plan.c, wipe.c).
 */
#ifndef HEAPLAB_SUBJECT_PLAN_H
#define HEAPLAB_SUBJECT_PLAN_H

#include <stdint.h>
#include <sys/uio.h>

#include "wire/channel.h"

/* The file with the copy: the number that the channel had, which no filter lets anything else get. */
#define COPY_FD CHANNEL_FD

enum { MOST_PARTS = 24, ZERO_RANGES = 3 };

struct range {
    uintptr_t from, to;
};

/* It has a page of its own, which is read-only once it is complete. What a wipe itself reads of it fills one line of
 * the cache, so that a cost run sees little of it. */
struct plan {
    uint32_t bytes;          /* of all parts; 0: nothing is wiped */
    uint32_t wide_registers; /* 1: there are AVX's */
    uintptr_t stack_low;     /* the stack may reach down to here */
    struct range zeros[ZERO_RANGES];
    struct iovec part[MOST_PARTS]; /* of no bytes after the last one */
};

const struct plan *the_plan(void);

/* From now on wipe() wipes. The stack may reach down to STACK_LOW, and must stay as it is from STACK_HIGH on. */
void plan_wipes(uintptr_t stack_low, uintptr_t stack_high);

#endif
