// SPDX-License-Identifier: MIT
/*
 * free_list.c - an allocator that splits blocks, merges them, and keeps the free ones on a list.
 *
 * Interface: free_list.h, which also draws the layout and states the rules that always hold.
 *
 * The allocator still has no variables of its own. Everything it knows is in the heap: the list at
 * its start, the size of each block at both ends, and links in the payloads of free blocks. The
 * size in a header leads to the next block, the size in a footer leads back to the start of its own
 * block. So a block that is freed finds both neighbours in one step.
 *
 * Rules of this file:
 *   - Pointer casts and header arithmetic stay in small functions at the top. The rest reads as
 *     prose.
 *   - Only mm_tag writes headers and footers. Only mm_insert and mm_remove write links.
 *   - Every block that becomes free, for whatever reason, goes through mm_coalesce. No other
 *     function merges a block or puts it on the list.
 */
#include "free_list.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*** Accessors ***/

struct free_list *mm_list(void)
{
    return mem_heap_lo();
}

struct header *mm_header(void *payload)
{
    return (struct header *)payload - 1;
}

void *mm_payload(struct header *block)
{
    return block + 1;
}

struct links *mm_links(struct header *block)
{
    return mm_payload(block);
}

/* The distance from the start of the heap up to POINTER, which may be any address. Below the heap
 * the difference wraps around to a huge number, so `offset_in_heap(p) < mem_heapsize()` holds
 * for addresses in the heap only. */
static size_t offset_in_heap(const void *pointer)
{
    return (uintptr_t)pointer - (uintptr_t)mem_heap_lo();
}

static bool in_heap(const void *pointer)
{
    return offset_in_heap(pointer) < mem_heapsize();
}

struct header *mm_first(void)
{
    void *first = mm_list() + 1;
    return in_heap(first) ? first : NULL;
}

struct header *mm_next(struct header *block)
{
    void *end = (char *)block + block->size;
    return in_heap(end) ? end : NULL;
}

/*** Both ends of a block ***/

size_t *mm_footer(struct header *block)
{
    (void)block;
    return NULL;
}

struct header *mm_prev(struct header *block)
{
    (void)block;
    return NULL;
}

void mm_tag(struct header *block, size_t size, enum mm_state state)
{
    (void)block;
    (void)size;
    (void)state;
}

size_t mm_block_size(size_t size)
{
    (void)size;
    return 0;
}

/*** The list ***/

bool mm_init(void)
{
    return false;
}

void mm_insert(struct header *block)
{
    (void)block;
}

void mm_remove(struct header *block)
{
    (void)block;
}

/*** Merging and splitting ***/

struct header *mm_coalesce(struct header *block)
{
    (void)block;
    return NULL;
}

struct header *mm_split(struct header *block, size_t size)
{
    (void)block;
    (void)size;
    return NULL;
}

/*** Choosing ***/

void mm_set_policy(enum mm_policy policy)
{
    (void)policy;
}

struct header *mm_find(size_t size)
{
    (void)size;
    return NULL;
}

struct header *mm_grow(size_t size)
{
    (void)size;
    return NULL;
}

/*** Allocating and freeing ***/

void *mm_malloc(size_t size)
{
    (void)size;
    return NULL;
}

void mm_free(void *payload)
{
    (void)payload;
}

/*** Checking ***/

enum mm_problem mm_check(void)
{
    return MM_SOUND;
}
