// SPDX-License-Identifier: MIT
/*
 * Next fit with lazy merging. Blocks have a header and no footer, and mm_free only clears a bit: it cannot know whether
 * the previous block is free. A search starts where the last one ended and goes round the heap once. It merges each row
 * of free blocks that it passes. Freeing is as cheap as it can be; searches pay for it, and next fit scatters the
 * blocks in use over the heap.
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "next fit"};

/* The bytes before a payload. A pointer to it stands for the block. */
struct head {
    uint32_t units; /* of 16 bytes: the size of the whole block */
    uint32_t used;  /* 1 or 0 */
};

enum { HEAD = sizeof(struct head), UNIT = 16, HEADS_A_UNIT = UNIT / HEAD, LARGEST = 1 << 30 };

static struct head *start, *end; /* the first block, and where the last one ends */
static struct head *rover;       /* a block, or end */

static struct head *step(struct head *block)
{
    return block + (size_t)block->units * HEADS_A_UNIT;
}

/* Merges all free blocks that directly follow BLOCK into it. */
static void gather(struct head *block)
{
    for (struct head *next = step(block); next != end && !next->used; next = step(block)) {
        if (next == rover)
            rover = block;
        block->units += next->units;
    }
}

/* The first free block of at least UNITS between FROM and TO, which are blocks or the end; NULL if there is none. A row
 * of free blocks that begins before TO may end after it. */
static struct head *search(struct head *from, const struct head *to, uint32_t units)
{
    struct head *block = from;
    while (block < to) {
        if (!block->used) {
            gather(block);
            if (block->units >= units)
                return block;
        }
        block = step(block);
    }
    return NULL;
}

/* Makes a new free block at the end of the heap; NULL if there is no memory. */
static struct head *append(uint32_t units)
{
    if (mem_sbrk((intptr_t)units * UNIT) == MEM_SBRK_FAILED)
        return NULL;
    struct head *block = end;
    *block = (struct head){.units = units, .used = 0};
    end = step(block);
    return block;
}

static void use(struct head *block, uint32_t units)
{
    uint32_t remainder = block->units - units;
    *block = (struct head){.units = units, .used = 1};
    if (remainder == 0)
        return;
    *step(block) = (struct head){.units = remainder, .used = 0};
    if (rover == block)
        rover = step(block);
}

/* The units of a block with room for SIZE bytes, at most LARGEST. */
static uint32_t units_for(size_t size)
{
    return (uint32_t)((size + HEAD + UNIT - 1) / UNIT);
}

bool mm_init(void)
{
    char *spare = mem_sbrk(MM_ALIGNMENT - HEAD);
    if ((void *)spare == MEM_SBRK_FAILED)
        return false;
    start = end = rover = (void *)(spare + MM_ALIGNMENT - HEAD);
    return true;
}

void *mm_malloc(size_t size)
{
    if (size > LARGEST)
        return NULL;
    uint32_t units = units_for(size);
    struct head *from = rover;
    struct head *block = search(from, end, units);
    if (block == NULL)
        block = search(start, from, units);
    if (block == NULL)
        block = append(units);
    if (block == NULL)
        return NULL;
    rover = block;
    use(block, units);
    return block + 1;
}

void mm_free(void *payload)
{
    if (payload != NULL)
        ((struct head *)payload - 1)->used = 0;
}

/* Resizes the block to UNITS in place, using the free blocks after it. Returns false if that is not enough. */
static bool stretch(struct head *block, uint32_t units)
{
    uint32_t before = block->units;
    gather(block);
    bool enough = block->units >= units;
    use(block, enough ? units : before);
    return enough;
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0)
        mm_free(payload);
    if (size == 0 || size > LARGEST)
        return NULL;
    struct head *block = (struct head *)payload - 1;
    if (stretch(block, units_for(size)))
        return payload;
    void *moved = mm_malloc(size);
    if (moved != NULL) {
        memcpy(moved, payload, (size_t)block->units * UNIT - HEAD);
        mm_free(payload);
    }
    return moved;
}

bool mm_checkheap(int line)
{
    (void)line;
    bool rover_met = false;
    for (struct head *block = start; block != end; block = step(block)) {
        size_t room = (size_t)((char *)end - (char *)block);
        if (block->units == 0 || block->units > room / UNIT || block->used > 1)
            return false;
        rover_met = rover_met || block == rover;
    }
    return (rover_met || rover == end) && (char *)end == (char *)mem_heap_hi() + 1;
}
