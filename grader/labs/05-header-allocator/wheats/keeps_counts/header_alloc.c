// SPDX-License-Identifier: MIT
/*
 * Another design: the allocator keeps variables besides the headers. It remembers the last block, so it finds the end of
 * the list without asking the system. Every call keeps the counts up to date, so mm_count only copies them. No search
 * starts when no block is free.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>

static struct header *first, *last;
static struct mm_counts now;

struct header *mm_header(void *payload)
{
    struct header *end_of_header = payload;
    return &end_of_header[-1];
}

void *mm_payload(struct header *header)
{
    return &header[1];
}

struct header *mm_first(void)
{
    return first;
}

struct header *mm_next(struct header *header)
{
    if (header == last)
        return NULL;
    return header + header->size / sizeof *header;
}

static size_t room(const struct header *header)
{
    return header->size - sizeof *header;
}

static void count_as_used(const struct header *header)
{
    now.used_blocks++;
    now.used_bytes += room(header);
}

static struct header *append(size_t room_needed)
{
    intptr_t bytes = (intptr_t)(room_needed + sizeof(struct header));
    struct header *block = mem_sbrk(bytes);
    if (block == MEM_SBRK_FAILED) {
        errno = ENOMEM;
        return NULL;
    }
    block->size = (size_t)bytes;
    block->magic = MM_MAGIC;
    if (first == NULL)
        first = block;
    last = block;
    now.overhead_bytes += sizeof *block;
    return block;
}

static struct header *reuse(size_t size)
{
    if (now.free_blocks == 0)
        return NULL;
    struct header *block = first;
    while (block != NULL && (block->state == MM_USED || room(block) < size))
        block = mm_next(block);
    if (block != NULL) {
        now.free_blocks--;
        now.free_bytes -= room(block);
    }
    return block;
}

void *mm_malloc(size_t size)
{
    if (size == 0)
        return NULL;
    if (size > PTRDIFF_MAX - 64) {
        errno = ENOMEM;
        return NULL;
    }
    struct header *block = reuse(size);
    if (block == NULL)
        block = append((size + MM_ALIGNMENT - 1) & -(size_t)MM_ALIGNMENT);
    if (block == NULL)
        return NULL;
    block->state = MM_USED;
    count_as_used(block);
    return mm_payload(block);
}

static bool is_payload(void *pointer)
{
    if ((uintptr_t)pointer % MM_ALIGNMENT != 0 || (char *)pointer < (char *)first + sizeof *first)
        return false;
    return mm_header(pointer)->magic == MM_MAGIC;
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    if (first == NULL || (char *)payload < (char *)first || (char *)payload >= (char *)last + last->size) {
        mm_report(MM_WILD_POINTER, payload);
        return;
    }
    struct header *block = mm_header(payload);
    if (!is_payload(payload)) {
        mm_report(MM_INTERIOR_POINTER, payload);
    } else if (block->state == MM_FREE) {
        mm_report(MM_DOUBLE_FREE, payload);
    } else {
        block->state = MM_FREE;
        now.used_blocks--;
        now.used_bytes -= room(block);
        now.free_blocks++;
        now.free_bytes += room(block);
    }
}

void mm_count(struct mm_counts *counts)
{
    *counts = now;
}
