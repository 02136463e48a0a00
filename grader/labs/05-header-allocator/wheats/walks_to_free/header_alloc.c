// SPDX-License-Identifier: MIT
/*
 * Another design: mm_free never trusts a magic number. It walks the list until it stands on the block whose payload was
 * given, so that nothing a payload holds can deceive it.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>

struct header *mm_header(void *payload)
{
    return (struct header *)((char *)payload - sizeof(struct header));
}

void *mm_payload(struct header *header)
{
    return (char *)header + sizeof(struct header);
}

struct header *mm_first(void)
{
    if (mem_heapsize() == 0)
        return NULL;
    return mem_heap_lo();
}

struct header *mm_next(struct header *header)
{
    char *last_byte = (char *)header + header->size - 1;
    if (last_byte == (char *)mem_heap_hi())
        return NULL;
    return (struct header *)(last_byte + 1);
}

void *mm_malloc(size_t size)
{
    if (size == 0)
        return NULL;
    size_t needed = size + sizeof(struct header);
    if (needed < size || needed > (size_t)INTPTR_MAX - MM_ALIGNMENT) {
        errno = ENOMEM;
        return NULL;
    }
    needed = (needed + 15) & ~(size_t)15;

    struct header *block = mm_first();
    while (block != NULL) {
        if (block->state != MM_USED && block->size >= needed) {
            block->state = MM_USED;
            return mm_payload(block);
        }
        block = mm_next(block);
    }

    block = mem_sbrk((intptr_t)needed);
    if (block == (void *)-1)
        return NULL;
    block->magic = MM_MAGIC;
    block->state = MM_USED;
    block->size = needed;
    return mm_payload(block);
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        if (mm_payload(block) != payload)
            continue;
        if (block->state == MM_FREE)
            mm_report(MM_DOUBLE_FREE, payload);
        block->state = MM_FREE;
        return;
    }
    char *at = payload;
    if (mem_heapsize() > 0 && at >= (char *)mem_heap_lo() && at <= (char *)mem_heap_hi())
        mm_report(MM_INTERIOR_POINTER, payload);
    else
        mm_report(MM_WILD_POINTER, payload);
}

void mm_count(struct mm_counts *counts)
{
    size_t blocks[2] = {0, 0}, bytes[2] = {0, 0};
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        int used = block->state == MM_USED;
        blocks[used]++;
        bytes[used] += block->size;
    }
    counts->used_blocks = blocks[1];
    counts->free_blocks = blocks[0];
    counts->used_bytes = bytes[1] - blocks[1] * sizeof(struct header);
    counts->free_bytes = bytes[0] - blocks[0] * sizeof(struct header);
    counts->overhead_bytes = (blocks[0] + blocks[1]) * sizeof(struct header);
}
