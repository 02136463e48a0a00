// SPDX-License-Identifier: MIT
/*
 * Binary buddies. The length of every block is a power of two, and the block starts at a multiple of its length,
 * counted from the start of the heap. So each half of a block that was split finds the other half, its buddy, by
 * flipping one bit of its offset; two free buddies merge again. Splitting and merging take a few steps at most, and
 * nothing is ever searched. The price: a request just above a power of two gets twice what it needs.
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "binary buddy"};

enum { LEAST_ORDER = 5, MOST_ORDER = 40, ORDERS };

enum { FREE = 0, TAKEN = 1 };

/* At the start of a block; the payload follows. */
struct buddy {
    uint32_t order; /* it has 2^order bytes */
    uint32_t state; /* FREE or TAKEN */
    struct buddy *prev;
    struct buddy *next; /* in a free block, with prev: the list of its order */
};

enum { HEADER = MM_ALIGNMENT };

static struct buddy *free_list[ORDERS];

static size_t length(unsigned order)
{
    return (size_t)1 << order;
}

static struct buddy *at(size_t offset)
{
    return (struct buddy *)(void *)((char *)mem_heap_lo() + offset);
}

static size_t offset_of(const struct buddy *block)
{
    return (size_t)((const char *)block - (const char *)mem_heap_lo());
}

static void *payload_of(struct buddy *block)
{
    return (char *)block + HEADER;
}

static struct buddy *block_of(void *payload)
{
    return (struct buddy *)(void *)((char *)payload - HEADER);
}

/* The smallest order with room for SIZE bytes of payload; more than MOST_ORDER if there is none. */
static unsigned order_for(size_t size)
{
    unsigned order = LEAST_ORDER;
    while (order <= MOST_ORDER && length(order) - HEADER < size)
        order++;
    return order;
}

static void push(struct buddy *block, unsigned order)
{
    struct buddy *next = free_list[order];
    *block = (struct buddy){.order = order, .state = FREE, .prev = NULL, .next = next};
    if (next != NULL)
        next->prev = block;
    free_list[order] = block;
}

static void pull(struct buddy *block)
{
    if (block->prev != NULL)
        block->prev->next = block->next;
    else
        free_list[block->order] = block->next;
    if (block->next != NULL)
        block->next->prev = block->prev;
}

/* The buddy of BLOCK; NULL if the heap does not contain all of it. */
static struct buddy *other_half(const struct buddy *block, unsigned order)
{
    size_t offset = offset_of(block) ^ length(order);
    return offset + length(order) <= mem_heapsize() ? at(offset) : NULL;
}

static void merge(struct buddy *block)
{
    unsigned order = block->order;
    while (order < MOST_ORDER) {
        struct buddy *half = other_half(block, order);
        if (half == NULL || half->state != FREE || half->order != order)
            break;
        pull(half);
        block = half < block ? half : block;
        order++;
    }
    push(block, order);
}

bool mm_init(void)
{
    for (unsigned order = 0; order < ORDERS; order++)
        free_list[order] = NULL;
    return true;
}

/* Makes a block of ORDER at the end of the heap. A block must start at a multiple of its length, so the gap up to the
 * next multiple becomes free blocks first. */
static struct buddy *extend_heap(unsigned order)
{
    while (mem_heapsize() % length(order) != 0) {
        unsigned gap = (unsigned)__builtin_ctzll(mem_heapsize());
        struct buddy *filler = mem_sbrk((intptr_t)length(gap));
        if (filler == MEM_SBRK_FAILED)
            return NULL;
        filler->order = gap;
        merge(filler);
    }
    struct buddy *block = mem_sbrk((intptr_t)length(order));
    return block != MEM_SBRK_FAILED ? block : NULL;
}

/* Cuts BLOCK from order FROM down to order TO. The halves that are cut off become free. */
static void *halve(struct buddy *block, unsigned from, unsigned to)
{
    while (from > to) {
        from--;
        push((struct buddy *)(void *)((char *)block + length(from)), from);
    }
    block->order = to;
    block->state = TAKEN;
    return payload_of(block);
}

void *mm_malloc(size_t size)
{
    unsigned wanted = order_for(size);
    unsigned order = wanted;
    while (order < ORDERS && free_list[order] == NULL)
        order++;
    if (order < ORDERS) {
        struct buddy *block = free_list[order];
        pull(block);
        return halve(block, order, wanted);
    }
    struct buddy *block = wanted <= MOST_ORDER ? extend_heap(wanted) : NULL;
    return block != NULL ? halve(block, wanted, wanted) : NULL;
}

void mm_free(void *payload)
{
    if (payload != NULL)
        merge(block_of(payload));
}

/* Grows BLOCK to ORDER in place, if each time it is the lower half and the upper half is free. */
static bool double_up(struct buddy *block, unsigned order)
{
    for (unsigned now = block->order; now < order; now++) {
        const struct buddy *half = other_half(block, now);
        if (half == NULL || half < block || half->state != FREE || half->order != now)
            return false;
    }
    for (; block->order < order; block->order++)
        pull(other_half(block, block->order));
    return true;
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    struct buddy *block = block_of(payload);
    unsigned wanted = order_for(size);
    if (wanted <= block->order)
        return halve(block, block->order, wanted);
    if (wanted <= MOST_ORDER && double_up(block, wanted))
        return payload;
    void *fresh = mm_malloc(size);
    if (fresh != NULL) {
        memcpy(fresh, payload, length(block->order) - HEADER);
        merge(block);
    }
    return fresh;
}

/* Returns how many blocks are free; -1 if the blocks do not fill the heap as they should. */
static long walk(void)
{
    long free_blocks = 0;
    size_t offset = 0;
    while (offset < mem_heapsize()) {
        const struct buddy *block = at(offset);
        if (block->order < LEAST_ORDER || block->order > MOST_ORDER || block->state > TAKEN)
            return -1;
        if (offset % length(block->order) != 0 || length(block->order) > mem_heapsize() - offset)
            return -1;
        free_blocks += block->state == FREE;
        offset += length(block->order);
    }
    return free_blocks;
}

bool mm_checkheap(int line)
{
    (void)line;
    long left = walk();
    for (unsigned order = 0; order < ORDERS; order++) {
        const struct buddy *before = NULL;
        for (const struct buddy *block = free_list[order]; block != NULL; block = block->next) {
            if (offset_of(block) >= mem_heapsize() || offset_of(block) % MM_ALIGNMENT != 0)
                return false;
            if (block->state != FREE || block->order != order || block->prev != before || left-- <= 0)
                return false;
            before = block;
        }
    }
    return left == 0;
}
