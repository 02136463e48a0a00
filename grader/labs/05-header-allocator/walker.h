// SPDX-License-Identifier: MIT
/*
 * walker.h - the judge's own walk along the headers in the student's heap.
 *
 * Nothing in the heap is believed: the student's code may have written anything there. The walk copies one header at a
 * time, checks all of it, and takes the step to the next one only if it is sound.
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

/* Fails the test at the first rule of header_alloc.h that the heap breaks. Runs after every call, and remembers what it
 * has seen. */
void walker_inspect(void);

/* Draws every block up to the end of the heap or to the first unsound header, which is marked. */
void walker_draw(struct picture *picture);

/* The next pictures mark the block that holds ADDRESS, unless there is damage to be marked. NULL: none. */
void walker_mark(const void *address);

/* The block whose payload starts at PAYLOAD. False if there is none. */
bool walker_find(const void *payload, struct block *block);

/* Calls IN_USE for the payload of each used block, up to the end of the heap or to the first unsound header. */
void walker_payloads(void (*in_use)(const void *payload, size_t n));

#endif
