// SPDX-License-Identifier: MIT
/*
 * support.c - what several files of tests share (support.h).
 */
#include "support.h"

#include "heaplab/test.h"

#include "memlib.h"

#include <stdio.h>

/*** Places ***/

enum { PLACE_BYTES = 64 };

char *heap_start(void)
{
    return mem_heap_lo();
}

/* Where POINTER lies, counted from BASE: "h + 16". ROOM has PLACE_BYTES. */
static const char *write_place(char *room, const void *pointer, const void *base, const char *base_name)
{
    enum { FAR = 1 << 24 };
    intptr_t distance = (intptr_t)((uintptr_t)pointer - (uintptr_t)base);
    if (pointer == NULL || distance < -FAR || distance > FAR)
        snprintf(room, PLACE_BYTES, "%s", name_of(pointer));
    else
        snprintf(room, PLACE_BYTES, "%s %c %jd", base_name, distance < 0 ? '-' : '+',
                 (intmax_t)(distance < 0 ? -distance : distance));
    return room;
}

void expect_from(const void *base, const char *base_name, const void *found, const void *expected, const char *sentence)
{
    char wanted[PLACE_BYTES], got[PLACE_BYTES];
    if (found != expected)
        fail_compare(write_place(wanted, expected, base, base_name), write_place(got, found, base, base_name), "%s",
                     sentence);
}

void expect_place(const void *found, const void *expected, const char *sentence)
{
    if (found == expected)
        return;
    walker_mark(expected);
    fail_compare(heap_place(expected, HEADER), heap_place(found, HEADER), "%s", sentence);
}

/*** Calls, and what must hold after each of them ***/

size_t rounded_up(size_t size)
{
    size_t beyond = size % MM_ALIGNMENT;
    return beyond == 0 ? size : size + MM_ALIGNMENT - beyond;
}

struct block block_of(const void *payload, size_t size)
{
    struct block block;
    expect_pointer_set(payload, "mm_malloc(%zu) should return a block: there is enough memory", size);
    expect_aligned(payload, MM_ALIGNMENT, "every payload should be aligned, or it cannot hold every type");
    expect(walker_find(payload, &block),
           "mm_malloc(%zu) should return the start of a payload, %d bytes above the start of its block", size, HEADER);
    expect(block.used, "the block that mm_malloc(%zu) returns should be marked MM_USED", size);
    char asked[64], room[64];
    snprintf(asked, sizeof asked, "room for %zu bytes", size);
    snprintf(room, sizeof room, "a block of %zu bytes, room for %zu after the header", block.size,
             block.size - sizeof(struct header));
    if (block.size - sizeof(struct header) < size)
        fail_compare(asked, room, "the payload should have room for all the bytes requested");
    return block;
}

char *allocate(size_t size)
{
    char *payload = mm_malloc(size);
    block_of(payload, size);
    return payload;
}

size_t size_of(const void *payload)
{
    struct block block = {0};
    expect(walker_find(payload, &block), "the block of %s should stay where it is", name_of(payload));
    return block.size;
}

void release(void *payload)
{
    unsigned before = reports();
    mm_free(payload);
    expect(reports() == before, "mm_free(%s) is a valid call: nothing should be reported", name_of(payload));
    struct block block;
    expect(walker_find(payload, &block), "the block of %s should stay where it is when it is freed", name_of(payload));
    expect(!block.used, "mm_free(%s) should mark the block MM_FREE", name_of(payload));
}

struct mm_counts *put_counts(void)
{
    struct mm_counts *counts = put(NULL, sizeof *counts, "counts", "struct mm_counts counts[1];");
    fill(counts, 0xCC, sizeof *counts);
    return counts;
}

struct snapshot take_snapshot(void)
{
    struct snapshot snapshot = {.heap_bytes = mem_heapsize(), .image_bytes = sizeof snapshot.image};
    if (snapshot.image_bytes > snapshot.heap_bytes)
        snapshot.image_bytes = snapshot.heap_bytes;
    memcpy(snapshot.image, mem_heap_lo(), snapshot.image_bytes);
    return snapshot;
}

void expect_unchanged(const struct snapshot *before, const char *call)
{
    expect_size(mem_heapsize(), before->heap_bytes, "%s should leave the heap as large as it was", call);
    expect_bytes(mem_heap_lo(), before->image, before->image_bytes, "%s should leave every byte of the heap as it was",
                 call);
}
