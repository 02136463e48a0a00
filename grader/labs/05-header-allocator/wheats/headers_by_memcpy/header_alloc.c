// SPDX-License-Identifier: MIT
/*
 * Another design: the heap is plain bytes. Headers are copied out and in with memcpy, and blocks are known by their
 * offset from the start of the heap. A header may thus be read anywhere, aligned or not.
 */
#include "header_alloc.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

static char *heap_at(size_t offset)
{
    return (char *)mem_heap_lo() + offset;
}

static struct header load(size_t offset)
{
    struct header header;
    memcpy(&header, heap_at(offset), sizeof header);
    return header;
}

static void store(size_t offset, struct header header)
{
    memcpy(heap_at(offset), &header, sizeof header);
}

static void set_state(size_t offset, enum mm_state state)
{
    struct header header = load(offset);
    header.state = state;
    store(offset, header);
}

struct header *mm_header(void *payload)
{
    void *header = (char *)payload - sizeof(struct header);
    return header;
}

void *mm_payload(struct header *header)
{
    return (char *)header + sizeof *header;
}

struct header *mm_first(void)
{
    void *start = mem_heap_lo();
    return mem_heapsize() ? start : NULL;
}

struct header *mm_next(struct header *header)
{
    size_t offset = (size_t)((char *)header - (char *)mem_heap_lo());
    offset += load(offset).size;
    void *next = heap_at(offset);
    return offset < mem_heapsize() ? next : NULL;
}

static void *take(size_t offset)
{
    set_state(offset, MM_USED);
    return heap_at(offset + sizeof(struct header));
}

void *mm_malloc(size_t size)
{
    if (size == 0)
        return NULL;
    size_t end = mem_heapsize(), at = 0;
    while (at < end) {
        struct header header = load(at);
        if (header.state == MM_FREE && header.size - sizeof header >= size)
            return take(at);
        at += header.size;
    }
    if (size > (size_t)INTPTR_MAX / 2) {
        errno = ENOMEM;
        return NULL;
    }
    size_t padding = (MM_ALIGNMENT - size % MM_ALIGNMENT) % MM_ALIGNMENT;
    struct header fresh = {sizeof fresh + size + padding, MM_FREE, MM_MAGIC};
    if (mem_sbrk((intptr_t)fresh.size) == MEM_SBRK_FAILED)
        return NULL;
    store(end, fresh);
    return take(end);
}

static bool has_header(size_t payload_offset)
{
    return payload_offset >= sizeof(struct header) && payload_offset % MM_ALIGNMENT == 0 &&
           load(payload_offset - sizeof(struct header)).magic == MM_MAGIC;
}

void mm_free(void *payload)
{
    if (!payload)
        return;
    uintptr_t low = (uintptr_t)mem_heap_lo(), at = (uintptr_t)payload;
    if (at < low || at >= low + mem_heapsize()) {
        mm_report(MM_WILD_POINTER, payload);
        return;
    }
    if (!has_header(at - low)) {
        mm_report(MM_INTERIOR_POINTER, payload);
        return;
    }
    size_t offset = at - low - sizeof(struct header);
    if (load(offset).state != MM_USED)
        mm_report(MM_DOUBLE_FREE, payload);
    else
        set_state(offset, MM_FREE);
}

void mm_count(struct mm_counts *counts)
{
    memset(counts, 0, sizeof *counts);
    for (size_t at = 0; at < mem_heapsize(); at += load(at).size) {
        struct header header = load(at);
        bool used = header.state == MM_USED;
        counts->used_blocks += used;
        counts->free_blocks += !used;
        counts->used_bytes += used ? header.size - sizeof header : 0;
        counts->free_bytes += used ? 0 : header.size - sizeof header;
        counts->overhead_bytes += sizeof header;
    }
}
