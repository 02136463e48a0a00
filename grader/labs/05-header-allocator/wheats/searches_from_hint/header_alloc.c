// SPDX-License-Identifier: MIT
/*
 * Another design: no free block lies below the hint, so every search starts there and is still first fit. Freed
 * payloads are overwritten, and the break is asked for with mem_sbrk(0). Magic numbers are only trusted after the whole
 * heap below was found sound.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

static struct header *hint; /* NULL: search from the first block */

static bool is_break(const void *address)
{
    return address == mem_sbrk(0);
}

struct header *mm_header(void *payload)
{
    return (struct header *)((uintptr_t)payload - sizeof(struct header));
}

void *mm_payload(struct header *header)
{
    return (void *)((uintptr_t)header + sizeof(struct header));
}

struct header *mm_first(void)
{
    return is_break(mem_heap_lo()) ? NULL : mem_heap_lo();
}

struct header *mm_next(struct header *header)
{
    struct header *next = (struct header *)((uintptr_t)header + header->size);
    return is_break(next) ? NULL : next;
}

static size_t room(const struct header *header)
{
    return header->size - sizeof *header;
}

/* Leaves the hint at the first free block from there on, or NULL-free at the last block if there is none. */
static struct header *search(struct header *from, size_t size)
{
    if (from == NULL)
        return NULL;
    if (from->state == MM_FREE && room(from) >= size)
        return from;
    return search(mm_next(from), size);
}

void *mm_malloc(size_t size)
{
    if (size == 0)
        return NULL;
    struct header *block = search(hint != NULL ? hint : mm_first(), size);
    if (block != NULL) {
        if (block == hint)
            hint = mm_next(block);
        block->state = MM_USED;
        return mm_payload(block);
    }
    if (size >= (size_t)1 << 48) {
        errno = ENOMEM;
        return NULL;
    }
    size_t whole = (sizeof *block + size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    block = mem_sbrk((intptr_t)whole);
    if ((intptr_t)block == -1)
        return NULL;
    block->size = whole;
    block->state = MM_USED;
    block->magic = MM_MAGIC;
    memset(mm_payload(block), 0x5A, room(block));
    return mm_payload(block);
}

/* The block in whose bytes POINTER lies. NULL if it lies outside the heap. */
static struct header *holder(const void *pointer)
{
    uintptr_t at = (uintptr_t)pointer;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block))
        if (at - (uintptr_t)block < block->size)
            return block;
    return NULL;
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    struct header *block = holder(payload);
    if (block == NULL) {
        mm_report(MM_WILD_POINTER, payload);
    } else if (payload != mm_payload(block)) {
        mm_report(MM_INTERIOR_POINTER, payload);
    } else if (block->state == MM_FREE) {
        mm_report(MM_DOUBLE_FREE, payload);
    } else {
        block->state = MM_FREE;
        memset(payload, 0xDD, room(block));
        if (hint == NULL || block < hint)
            hint = block;
    }
}

static void count_from(struct header *block, struct mm_counts *counts)
{
    if (block == NULL)
        return;
    if (block->state == MM_FREE) {
        counts->free_blocks++;
        counts->free_bytes += room(block);
    } else {
        counts->used_blocks++;
        counts->used_bytes += room(block);
    }
    count_from(mm_next(block), counts);
}

void mm_count(struct mm_counts *counts)
{
    memset(counts, 0, sizeof *counts);
    count_from(mm_first(), counts);
    counts->overhead_bytes = mem_heapsize() - counts->used_bytes - counts->free_bytes;
}
