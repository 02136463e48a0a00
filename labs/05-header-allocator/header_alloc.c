// SPDX-License-Identifier: MIT
/*
 * header_alloc.c - an allocator that keeps its books in a header before every block.
 *
 * Interface: header_alloc.h, which also draws the layout and states the rules that always hold.
 *
 * The allocator has no variables of its own: all it knows is written in the headers. Each header says how long
 * its block is, so adding that to its address leads to the next one. This chain, from the first block
 * to the break, is the implicit list.
 *
 * Rules of this file:
 *   - Pointer casts and header arithmetic stay in small functions at the top, so that the rest reads as prose.
 *   - Searching, growing and recognising a payload are jobs of their own: one small static function each.
 *   - Sizes are compared before they are added to, never after: a sum that wrapped around looks harmless.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*** Accessors ***/

struct header *mm_header(void *payload)
{
    (void)payload;
    return NULL;
}

void *mm_payload(struct header *header)
{
    (void)header;
    return NULL;
}

/*** The implicit list ***/

struct header *mm_first(void)
{
    return NULL;
}

struct header *mm_next(struct header *header)
{
    (void)header;
    return NULL;
}

void mm_count(struct mm_counts *counts)
{
    (void)counts;
}

/*** Allocating ***/

void *mm_malloc(size_t size)
{
    (void)size;
    return NULL;
}

/*** Freeing ***/

void mm_free(void *payload)
{
    (void)payload;
}
