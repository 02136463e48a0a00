// SPDX-License-Identifier: MIT
/*
 * Segregated fits, written in another way than the reference. The heap begins with a ring for each power of two, which
 * holds the free blocks of that size up to the next power. The head of a ring never leaves it, so linking needs no
 * special case for the first or the last block. A request takes the best block of the ring for its size, or else the
 * best of the next ring that has one. Blocks in use have boundary tags, too: header and footer, 16 bytes each. The heap
 * grows by pages.
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "segregated"};

struct ring {
    struct ring *next, *prev;
};

/* A boundary tag, equal at both ends of a block. */
struct edge {
    size_t bytes; /* the whole block */
    size_t busy;  /* 1 if the block is in use */
};

enum { RINGS = 32, EDGE = sizeof(struct edge), LEAST = 2 * EDGE + sizeof(struct ring), PAGE = 4096 };

/* At the start of the heap; then a block in use of no payload, the blocks, and a header in use of 0 bytes. */
static struct ring *rings;

static struct edge *footer(struct edge *block)
{
    return block + block->bytes / EDGE - 1;
}

static void write_edges(struct edge *block, size_t bytes, bool busy)
{
    block->bytes = bytes;
    block->busy = busy;
    *footer(block) = *block;
}

static struct ring *links_of(struct edge *block)
{
    return (struct ring *)(void *)(block + 1);
}

static struct edge *block_of(struct ring *links)
{
    return (struct edge *)(void *)links - 1;
}

/* Which ring: 0 up to 127 bytes, 1 up to 255, and so on. */
static unsigned ring_of(size_t bytes)
{
    unsigned ring = 0;
    for (size_t limit = 2 * LEAST; ring < RINGS - 1 && bytes >= limit; limit *= 2)
        ring++;
    return ring;
}

static void link_in(struct edge *block)
{
    struct ring *head = &rings[ring_of(block->bytes)];
    *links_of(block) = (struct ring){.next = head->next, .prev = head};
    head->next->prev = links_of(block);
    head->next = links_of(block);
}

static void take_out(struct edge *block)
{
    const struct ring *links = links_of(block);
    links->prev->next = links->next;
    links->next->prev = links->prev;
}

bool mm_init(void)
{
    enum { BYTES = RINGS * sizeof(struct ring) };
    rings = mem_sbrk(BYTES + 3 * EDGE);
    if (rings == MEM_SBRK_FAILED)
        return false;
    for (struct ring *ring = rings; ring < rings + RINGS; ring++)
        *ring = (struct ring){.next = ring, .prev = ring};
    struct edge *first = (struct edge *)(void *)(rings + RINGS);
    write_edges(first, 2 * EDGE, true);
    first[2] = (struct edge){.bytes = 0, .busy = true};
    return true;
}

/* Makes BLOCK free, merged with its free neighbours, and links it in. Returns the merged block. */
static struct edge *merge(struct edge *block)
{
    size_t bytes = block->bytes;
    struct edge *next = footer(block) + 1;
    const struct edge *before = block - 1;
    if (!next->busy) {
        take_out(next);
        bytes += next->bytes;
    }
    if (!before->busy) {
        block -= before->bytes / EDGE;
        take_out(block);
        bytes += before->bytes;
    }
    write_edges(block, bytes, false);
    link_in(block);
    return block;
}

static struct edge *extend_heap(size_t bytes)
{
    size_t pages = (bytes + PAGE - 1) / PAGE * PAGE;
    struct edge *old_break = mem_sbrk((intptr_t)pages);
    if (old_break == MEM_SBRK_FAILED)
        return NULL;
    struct edge *block = old_break - 1;
    write_edges(block, pages, true);
    *(footer(block) + 1) = (struct edge){.bytes = 0, .busy = true};
    return merge(block);
}

/* The smallest block of at least BYTES in the ring of HEAD; NULL if there is none. */
static struct edge *best_in(const struct ring *head, size_t bytes)
{
    struct edge *best = NULL;
    for (struct ring *links = head->next; links != head; links = links->next) {
        struct edge *block = block_of(links);
        if (block->bytes >= bytes && (best == NULL || block->bytes < best->bytes))
            best = block;
    }
    return best;
}

static struct edge *find(size_t bytes)
{
    struct edge *block = NULL;
    for (unsigned ring = ring_of(bytes); ring < RINGS && block == NULL; ring++)
        block = best_in(&rings[ring], bytes);
    return block != NULL ? block : extend_heap(bytes);
}

/* BLOCK, busy or in no ring, keeps its first BYTES. The remainder becomes free if it is large enough for a block. */
static void keep(struct edge *block, size_t bytes)
{
    size_t remainder = block->bytes - bytes;
    bool is_block = remainder >= LEAST;
    write_edges(block, is_block ? bytes : block->bytes, true);
    if (!is_block)
        return;
    struct edge *tail = footer(block) + 1;
    write_edges(tail, remainder, true);
    merge(tail);
}

/* Bytes of a block for a payload of SIZE. For sizes that are too large, a size that mem_sbrk refuses. */
static size_t bytes_for(size_t size)
{
    size_t most = PTRDIFF_MAX / 2;
    size_t payload = size < sizeof(struct ring) ? sizeof(struct ring) : size < most ? size : most;
    return (payload + 2 * EDGE + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
}

void *mm_malloc(size_t size)
{
    size_t bytes = bytes_for(size);
    struct edge *block = find(bytes);
    if (block == NULL)
        return NULL;
    take_out(block);
    keep(block, bytes);
    return block + 1;
}

void mm_free(void *payload)
{
    if (payload != NULL)
        merge((struct edge *)payload - 1);
}

/* Merges the next block into BLOCK, which is in use, if it is free. */
static void swallow_next(struct edge *block)
{
    struct edge *next = footer(block) + 1;
    if (next->busy)
        return;
    take_out(next);
    write_edges(block, block->bytes + next->bytes, true);
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    struct edge *block = (struct edge *)payload - 1;
    size_t old_bytes = block->bytes;
    size_t bytes = bytes_for(size);
    if (bytes > old_bytes)
        swallow_next(block);
    bool stays = bytes <= block->bytes;
    keep(block, stays ? bytes : old_bytes);
    if (stays)
        return payload;
    void *elsewhere = mm_malloc(size);
    if (elsewhere == NULL)
        return NULL;
    memcpy(elsewhere, payload, old_bytes - 2 * EDGE);
    mm_free(payload);
    return elsewhere;
}

/* Returns how many blocks are free; -1 if the two edges of a block differ or two free blocks touch. */
static long count_free(void)
{
    struct edge *block = (struct edge *)(void *)(rings + RINGS);
    const struct edge *end = (struct edge *)(void *)((char *)mem_heap_hi() + 1) - 1;
    long free_blocks = 0;
    for (size_t before = 1; block != end; block = footer(block) + 1) {
        size_t room = (size_t)((const char *)end - (char *)block);
        if (block->bytes < 2 * EDGE || block->bytes % EDGE != 0 || block->bytes > room || block->busy > 1)
            return -1;
        if (footer(block)->bytes != block->bytes || footer(block)->busy != block->busy || before + block->busy == 0)
            return -1;
        before = block->busy;
        free_blocks += !block->busy;
    }
    return end->bytes == 0 && end->busy == 1 ? free_blocks : -1;
}

/* Whether LINKS, which may be any pointer, can be a link to a block of ring RING, or to its head. */
static bool is_link(struct ring *links, unsigned ring)
{
    size_t offset = (uintptr_t)links - (uintptr_t)rings;
    if (links == &rings[ring])
        return true;
    return offset >= RINGS * sizeof *rings && offset < mem_heapsize() && offset % MM_ALIGNMENT == 0 &&
           ring_of(block_of(links)->bytes) == ring;
}

bool mm_checkheap(int line)
{
    (void)line;
    long missing = count_free();
    for (unsigned i = 0; i < RINGS && missing >= 0; i++) {
        struct ring *links = &rings[i];
        do {
            if (!is_link(links->next, i) || links->next->prev != links)
                return false;
            links = links->next;
            missing -= links != &rings[i];
        } while (links != &rings[i] && missing >= 0);
    }
    return missing == 0;
}
