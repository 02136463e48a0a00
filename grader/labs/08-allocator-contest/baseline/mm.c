// SPDX-License-Identifier: MIT
/*
 * mm.c - the baseline of lab 08. Utilization and cost are measured relative to it, so a change to its code changes
 * everybody's points.
 *
 * Boundary tags, and one list of free blocks, last freed first.
 *
 *     | header 8 | payload ... | next block's header
 *
 * A header holds the block's size, a multiple of 16, and two bits: the block is in use, and the block before it is. A
 * free block also holds its links and, in its last 8 bytes, its size. The heap ends with a header of size 0.
 */
#include "mm.h"
#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "baseline"};

typedef uint64_t word;

struct links {
    struct links *next, *prev;
};

enum { WORD_BYTES = sizeof(word), LEAST_BLOCK = 32, CHUNK = 4096, USED = 1, USED_BEFORE = 2, FLAGS = 15 };

static struct links *first_free;
static char *heap_end; /* where the header of size 0 ends */

/*** Blocks. A pointer to the payload stands for the block ***/

static word *header_of(const void *payload)
{
    return (word *)payload - 1;
}

static size_t size_of(const void *payload)
{
    return *header_of(payload) & ~(word)FLAGS;
}

static bool is_used(const void *payload)
{
    return *header_of(payload) & USED;
}

static bool used_before(const void *payload)
{
    return *header_of(payload) & USED_BEFORE;
}

static void *after(const void *payload)
{
    return (char *)payload + size_of(payload);
}

static word *footer_before(const void *payload)
{
    return (word *)payload - 2;
}

static void *before(const void *payload)
{
    return (char *)payload - *footer_before(payload);
}

/*** The free list ***/

static void insert(void *payload)
{
    struct links *links = payload;
    links->prev = NULL;
    links->next = first_free;
    if (first_free)
        first_free->prev = links;
    first_free = links;
}

static void unlink_block(void *payload)
{
    struct links *links = payload;
    if (links->prev)
        links->prev->next = links->next;
    else
        first_free = links->next;
    if (links->next)
        links->next->prev = links->prev;
}

/*** States ***/

static void mark_free(void *payload, size_t size)
{
    *header_of(payload) = size | (*header_of(payload) & USED_BEFORE);
    *footer_before((char *)payload + size) = size;
    *header_of((char *)payload + size) &= ~(word)USED_BEFORE;
}

static void mark_used(void *payload, size_t size)
{
    *header_of(payload) = size | USED | (*header_of(payload) & USED_BEFORE);
    *header_of((char *)payload + size) |= USED_BEFORE;
}

/* Frees a block that is on no list, merged with its free neighbours. Returns the merged block. */
static void *release(void *payload, size_t size)
{
    void *next = (char *)payload + size;
    if (!is_used(next)) {
        unlink_block(next);
        size += size_of(next);
    }
    if (!used_before(payload)) {
        payload = before(payload);
        unlink_block(payload);
        size += size_of(payload);
    }
    mark_free(payload, size);
    insert(payload);
    return payload;
}

/* Takes SIZE bytes of a block of HAS bytes that is on no list; the remainder becomes a free block. */
static void take(void *payload, size_t has, size_t size)
{
    if (has - size < LEAST_BLOCK)
        size = has;
    mark_used(payload, size);
    if (size == has)
        return;
    void *rest = (char *)payload + size;
    *header_of(rest) = (has - size) | USED_BEFORE;
    release(rest, has - size);
}

/*** Growing ***/

static void *grow(size_t size)
{
    size_t bytes = (size + CHUNK - 1) / CHUNK * CHUNK;
    if (mem_sbrk((intptr_t)bytes) == MEM_SBRK_FAILED)
        return NULL;
    void *payload = heap_end;
    heap_end += bytes;
    *header_of(heap_end) = USED;
    *header_of(payload) = bytes | (*header_of(payload) & USED_BEFORE);
    return release(payload, bytes);
}

static void *find(size_t size)
{
    for (struct links *links = first_free; links; links = links->next)
        if (size_of(links) >= size)
            return links;
    return NULL;
}

/* The size of the block for a payload of SIZE bytes; 0 if there can be none. */
static size_t block_size(size_t size)
{
    size_t whole = size + WORD_BYTES + FLAGS;
    if (whole < size || whole > INTPTR_MAX / 2)
        return 0;
    whole &= ~(size_t)FLAGS;
    return whole < LEAST_BLOCK ? LEAST_BLOCK : whole;
}

bool mm_init(void)
{
    first_free = NULL;
    char *start = mem_sbrk(MM_ALIGNMENT);
    if (start == MEM_SBRK_FAILED)
        return false;
    heap_end = start + MM_ALIGNMENT;
    *header_of(heap_end) = USED | USED_BEFORE;
    return true;
}

void *mm_malloc(size_t size)
{
    size_t whole = block_size(size);
    if (size == 0 || whole == 0)
        return NULL;
    void *payload = find(whole);
    if (!payload)
        payload = grow(whole);
    if (!payload)
        return NULL;
    unlink_block(payload);
    take(payload, size_of(payload), whole);
    return payload;
}

void mm_free(void *payload)
{
    if (payload)
        release(payload, size_of(payload));
}

void *mm_realloc(void *payload, size_t size)
{
    if (!payload)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    size_t has = size_of(payload);
    size_t whole = block_size(size);
    void *next = after(payload);
    if (whole == 0)
        return NULL;
    if (whole > has && !is_used(next) && whole <= has + size_of(next)) {
        unlink_block(next);
        has += size_of(next);
    }
    if (whole <= has) {
        take(payload, has, whole);
        return payload;
    }
    void *moved = mm_malloc(size);
    if (!moved)
        return NULL;
    memcpy(moved, payload, has - WORD_BYTES);
    mm_free(payload);
    return moved;
}

/* Whether BLOCK, an aligned address in the heap, is a sound block. Counts it if it is free. */
static bool block_is_sound(const char *block, size_t *free_blocks)
{
    size_t size = size_of(block);
    if (size < LEAST_BLOCK || size % MM_ALIGNMENT != 0 || size > (size_t)(heap_end - block))
        return false;
    if (used_before(block + size) != is_used(block) || (*header_of(block) & FLAGS & ~(word)(USED | USED_BEFORE)))
        return false;
    *free_blocks += !is_used(block);
    return is_used(block) || (*footer_before(block + size) == size && is_used(block + size));
}

static bool list_is_sound(size_t free_blocks)
{
    const struct links *prev = NULL;
    for (const struct links *links = first_free; links; links = links->next, free_blocks--) {
        const char *at = (const char *)links;
        bool inside = at > (char *)mem_heap_lo() && at < heap_end && (uintptr_t)at % MM_ALIGNMENT == 0;
        if (!inside || free_blocks == 0 || links->prev != prev || is_used(links))
            return false;
        prev = links;
    }
    return free_blocks == 0;
}

bool mm_checkheap(int line)
{
    (void)line;
    size_t free_blocks = 0;
    const char *block = (char *)mem_heap_lo() + MM_ALIGNMENT;
    for (; block < heap_end; block += size_of(block))
        if (!block_is_sound(block, &free_blocks))
            return false;
    return (*header_of(heap_end) & ~(word)USED_BEFORE) == USED && list_is_sound(free_blocks);
}
