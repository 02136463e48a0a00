// SPDX-License-Identifier: MIT
/*
 * header_alloc.c - an allocator that keeps its records in a header before every block.
 *
 * Interface: header_alloc.h, which also draws the layout and states the rules that always hold.
 *
 * The allocator has no variables of its own: everything it knows is in the headers. Each header
 * gives the size of its block, so address plus size is the address of the next header. This chain
 * from the first block to the break is the implicit list.
 *
 * Rules of this file:
 *   - Pointer casts and header arithmetic stay in small functions at the top. The rest reads as
 *     prose.
 *   - Searching, growing and recognising a payload are separate jobs: one small static function
 *     each.
 *   - Check a size before adding to it, never afterwards: a sum that has wrapped around looks
 *     harmless.
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
#ifdef SOLUTION
    return (struct header *)payload - 1;
#else
    (void)payload;
    return NULL;
#endif
}

void *mm_payload(struct header *header)
{
#ifdef SOLUTION
    return header + 1;
#else
    (void)header;
    return NULL;
#endif
}

#ifdef SOLUTION
static size_t payload_bytes(const struct header *header)
{
    return header->size - sizeof *header;
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

#endif
/*** The implicit list ***/

struct header *mm_first(void)
{
#ifdef SOLUTION
    return mem_heapsize() > 0 ? mem_heap_lo() : NULL;
#else
    return NULL;
#endif
}

struct header *mm_next(struct header *header)
{
#ifdef SOLUTION
    void *end = (char *)header + header->size;
    return in_heap(end) ? end : NULL;
#else
    (void)header;
    return NULL;
#endif
}

void mm_count(struct mm_counts *counts)
{
#ifdef SOLUTION
    *counts = (struct mm_counts){0};
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        counts->overhead_bytes += sizeof *block;
        if (block->state == MM_USED) {
            counts->used_blocks++;
            counts->used_bytes += payload_bytes(block);
        } else {
            counts->free_blocks++;
            counts->free_bytes += payload_bytes(block);
        }
    }
#else
    (void)counts;
#endif
}

/*** Allocating ***/

#ifdef SOLUTION
/* The largest payload whose block, rounded up, is not larger than INTPTR_MAX. */
static const size_t largest_payload = INTPTR_MAX - sizeof(struct header) - (MM_ALIGNMENT - 1);

static size_t round_up(size_t size)
{
    return (size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
}

/* The free block at the lowest address that has room for SIZE bytes. NULL if there is none. */
static struct header *first_fit(size_t size)
{
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block))
        if (block->state == MM_FREE && payload_bytes(block) >= size)
            return block;
    return NULL;
}

/* Adds a free block with room for SIZE bytes at the break. If there is no memory for it, returns
 * NULL with errno ENOMEM. */
static struct header *grow(size_t size)
{
    if (size > largest_payload) {
        errno = ENOMEM;
        return NULL;
    }
    size_t block_bytes = sizeof(struct header) + round_up(size);
    struct header *block = mem_sbrk((intptr_t)block_bytes);
    if (block == MEM_SBRK_FAILED)
        return NULL;
    *block = (struct header){.size = block_bytes, .state = MM_FREE, .magic = MM_MAGIC};
    return block;
}

#endif
void *mm_malloc(size_t size)
{
#ifdef SOLUTION
    if (size == 0)
        return NULL;
    struct header *block = first_fit(size);
    if (block == NULL)
        block = grow(size);
    if (block == NULL)
        return NULL;
    block->state = MM_USED;
    return mm_payload(block);
#else
    (void)size;
    return NULL;
#endif
}

/*** Freeing ***/

#ifdef SOLUTION
/* Whether a payload starts at POINTER, an address in the heap. Reads only where a header can be. */
static bool starts_payload(void *pointer)
{
    size_t offset = offset_in_heap(pointer);
    return offset >= sizeof(struct header) && offset % MM_ALIGNMENT == 0 &&
           mm_header(pointer)->magic == MM_MAGIC;
}

#endif
void mm_free(void *payload)
{
#ifdef SOLUTION
    if (payload == NULL)
        return;
    if (!in_heap(payload))
        mm_report(MM_WILD_POINTER, payload);
    else if (!starts_payload(payload))
        mm_report(MM_INTERIOR_POINTER, payload);
    else if (mm_header(payload)->state == MM_FREE)
        mm_report(MM_DOUBLE_FREE, payload);
    else
        mm_header(payload)->state = MM_FREE;
#else
    (void)payload;
#endif
}
