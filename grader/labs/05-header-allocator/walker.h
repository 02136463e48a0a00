// SPDX-License-Identifier: MIT
/*
 * walker.h - the judge's own walk along the headers in the student's heap.
 *
 * The walk trusts nothing in the heap, because the student's code may have written anything there. It copies one header
 * at a time, checks all of it, and goes on to the next only if it is sound.
 */
#ifndef WALKER_H
#define WALKER_H

#include "heaplab/picture.h"

#include <stdbool.h>
#include <stddef.h>

/* A block with a sound header. */
struct block {
    size_t offset; /* of its header, from mem_heap_lo() */
    size_t size;   /* whole, header included */
    bool used;
};

/* Fails the test at the first rule of header_alloc.h that the heap breaks. Runs after every call, and remembers the
 * blocks it has seen. */
void walker_inspect(void);

/* Stop and resume the inspection after every call, where thousands of them follow each other. */
void walker_pause(void);
void walker_resume(void);

/* Draws every block up to the end of the heap or to the first unsound header, which is marked. */
void walker_draw(struct picture *picture);

/* Later pictures mark the block that holds ADDRESS, unless there is damage to mark. NULL: none. */
void walker_mark(const void *address);

/* The block whose payload starts at PAYLOAD. False if there is none. */
bool walker_find(const void *payload, struct block *block);

/* Calls IN_USE for the payload of each used block, up to the end of the heap or to the first unsound header. */
void walker_payloads(void (*in_use)(const void *payload, size_t n));

#endif
