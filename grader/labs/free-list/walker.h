// SPDX-License-Identifier: MIT
/*
 * walker.h - the judge's own walk along the blocks, the footers and the list in the student's heap.
 *
 * The walk trusts nothing in the heap, because the student's code may have written anything there. It copies one header
 * at a time, checks all of it and its footer, and goes on to the next only if it is sound. It follows links only to
 * blocks that it has found.
 */
#ifndef WALKER_H
#define WALKER_H

#include "free_list.h"

#include "heaplab/picture.h"

#include <stdbool.h>
#include <stddef.h>

enum { MOST_BLOCKS = 65536 };

/* A block with a sound header and footer. */
struct block {
    size_t offset; /* of its header, from mem_heap_lo() */
    size_t size;   /* whole */
    bool used;
    bool listed;
};

/* What one walk has found. */
struct survey {
    struct block blocks[MOST_BLOCKS]; /* in address order */
    size_t count;
    size_t list[MOST_BLOCKS]; /* the free list in its order: indices into blocks */
    size_t listed;
    size_t rover; /* index into blocks; MOST_BLOCKS if list->rover is NULL */
};

/* Fails the test at the first rule of free_list.h that the heap breaks. Runs after every call, and remembers the blocks
 * it has seen. */
void walker_inspect(void);

/* From now on BLOCK is loose: it must be free and must not be on the list. NULL: no block is loose. */
void walker_loose(const struct header *block);

/* Stop and resume the inspection after every call, for heaps that are damaged on purpose. */
void walker_pause(void);
void walker_resume(void);

/* What the heap holds now; fails the test like walker_inspect. Valid until the next walk. */
const struct survey *walker_survey(void);

/* Copies only the part of FROM that is in use. */
void survey_copy(struct survey *to, const struct survey *from);

/* The block of the survey whose header is at HEADER, or whose payload starts at PAYLOAD. NULL if there is none. */
const struct block *survey_block(const struct survey *survey, const void *header);
const struct block *survey_payload(const struct survey *survey, const void *payload);

/* Draws the list's place and every block up to the end of the heap or to the first unsound header, which is marked. */
void walker_draw(struct picture *picture);

/* Later pictures mark the block that holds ADDRESS, unless there is damage to mark. NULL: none. */
void walker_mark(const void *address);

#endif
