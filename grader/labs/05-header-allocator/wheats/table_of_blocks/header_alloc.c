// SPDX-License-Identifier: MIT
/*
 * Another design: a table beside the heap lists every block in the order of addresses. Blocks are only ever added at
 * the break and never move, so the table stays sorted by itself, and mm_free finds a block by bisection. The headers
 * are written as the contract demands, but nothing is looked up in them.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>

enum { MOST_BLOCKS = 1 << 16 };

static struct entry {
    struct header *header;
    size_t room;
    bool used;
} table[MOST_BLOCKS];

static size_t blocks;

struct header *mm_header(void *payload)
{
    return (struct header *)payload - 1;
}

void *mm_payload(struct header *header)
{
    return header + 1;
}

/* The last entry whose block starts at POINTER or below; blocks if there is none. */
static size_t entry_below(const void *pointer)
{
    size_t low = 0, high = blocks;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uintptr_t)table[middle].header <= (uintptr_t)pointer)
            low = middle + 1;
        else
            high = middle;
    }
    return low == 0 ? blocks : low - 1;
}

struct header *mm_first(void)
{
    return blocks > 0 ? table[0].header : NULL;
}

struct header *mm_next(struct header *header)
{
    size_t next = entry_below(header) + 1;
    return next < blocks ? table[next].header : NULL;
}

static void set_used(struct entry *entry, bool used)
{
    entry->used = used;
    entry->header->state = used ? MM_USED : MM_FREE;
}

static struct entry *add(size_t size)
{
    size_t room = (size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    if (blocks == MOST_BLOCKS || room < size || room > INTPTR_MAX - sizeof(struct header)) {
        errno = ENOMEM;
        return NULL;
    }
    void *start = mem_sbrk((intptr_t)(room + sizeof(struct header)));
    if (start == MEM_SBRK_FAILED)
        return NULL;
    struct entry *entry = &table[blocks++];
    *entry = (struct entry){.header = start, .room = room};
    *entry->header = (struct header){.size = room + sizeof(struct header), .magic = MM_MAGIC};
    return entry;
}

void *mm_malloc(size_t size)
{
    if (size == 0)
        return NULL;
    struct entry *entry = NULL;
    for (size_t i = 0; i < blocks && entry == NULL; i++)
        if (!table[i].used && table[i].room >= size)
            entry = &table[i];
    if (entry == NULL)
        entry = add(size);
    if (entry == NULL)
        return NULL;
    set_used(entry, true);
    return mm_payload(entry->header);
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    size_t i = entry_below(payload);
    uintptr_t offset = i < blocks ? (uintptr_t)payload - (uintptr_t)table[i].header : 0;
    if (i == blocks || offset >= table[i].room + sizeof(struct header))
        mm_report(MM_WILD_POINTER, payload);
    else if (offset != sizeof(struct header))
        mm_report(MM_INTERIOR_POINTER, payload);
    else if (!table[i].used)
        mm_report(MM_DOUBLE_FREE, payload);
    else
        set_used(&table[i], false);
}

void mm_count(struct mm_counts *counts)
{
    *counts = (struct mm_counts){.overhead_bytes = blocks * sizeof(struct header)};
    for (size_t i = 0; i < blocks; i++) {
        *(table[i].used ? &counts->used_blocks : &counts->free_blocks) += 1;
        *(table[i].used ? &counts->used_bytes : &counts->free_bytes) += table[i].room;
    }
}
