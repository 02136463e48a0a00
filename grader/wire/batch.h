// SPDX-License-Identifier: MIT
/*
 * batch.h - a whole trace handed to a subject at once, for a cost run under callgrind.
 *
 * Judge and subject see it at BATCH_ADDRESS, in the arena's room for inputs. The judge writes the operations, asks with
 * ASK_BATCH, and reads the replies. The counts of a cost run come from callgrind alone, and its replies must be those
 * of the judged run, so reading ahead or writing here gains nothing. After every part of the batch callgrind prints
 * what it has counted so far, so that the judge can end a run that has cost enough.
 */
#ifndef HEAPLAB_BATCH_H
#define HEAPLAB_BATCH_H

#include <stddef.h>

#include "wire/channel.h"

#define BATCH_ADDRESS ARENA_ADDRESS

enum {
    BATCH_MOST = 200000, /* operations, and ids */
    BATCH_PART = 50,     /* operations */
};

enum batch_kind { BATCH_ALLOCATE, BATCH_REALLOCATE, BATCH_FREE };

#define BATCH_NONE UINT32_MAX /* an id: NULL; a reply: no block; a function: the lab has none */

struct batch_operation {
    uint32_t kind;
    uint32_t id;
    uint32_t size;
};

struct batch {
    uint32_t operations;
    uint32_t allocate, reallocate, release; /* functions, as indices in calls.def; reallocate may be BATCH_NONE */
    struct batch_operation operation[BATCH_MOST];
    uint32_t reply[BATCH_MOST]; /* where the operation's block is afterwards, as an offset in the heap */
    uint32_t block[BATCH_MOST]; /* by id: the same, kept by the subject */
};

_Static_assert(sizeof(struct batch) <= INPUT_BYTES, "a batch must fit into the room for inputs");

static inline struct batch *batch_at(void)
{
    return (struct batch *)BATCH_ADDRESS;
}

/* The cost is the number of instructions that callgrind counted, plus MISS_COST for each first-level cache miss. */
enum { MISS_COST = 10 };

#endif
