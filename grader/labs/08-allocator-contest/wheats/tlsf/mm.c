// SPDX-License-Identifier: MIT
/*
 * Two-level segregated fit, after Masmano, Ripoll, Crespo and Real (2004). The first level divides sizes by powers of
 * two; the second divides each power into 16 equal steps. One bit map for the first level and one for each power say
 * which lists are not empty. A request is rounded up to the next step, so that *any* block of the list found will do:
 * two bit scans, no loop, and a bound on the time of each call. The price is that it may pass over a block of just the
 * right size.
 *
 * Each header points to the previous block in memory, so footers are not needed:
 *
 *     | before | bytes, FREE bit | payload ... | before | bytes | ... | before | 0: the end |
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "two-level"};

struct node {
    struct node *before; /* the previous block in memory; NULL in the first */
    size_t tag;          /* bytes of the whole block, and FREE */
    struct node *next;   /* in a free block: the list */
    struct node *prev;
};

enum { FREE = 1, HEADER = MM_ALIGNMENT, LEAST = sizeof(struct node), GROWTH = 1024 };
enum { STEPS_LOG = 4, STEPS = 1 << STEPS_LOG, LEAST_LOG = 5, LEVELS = 32 };

static struct {
    struct node *list[LEVELS][STEPS];
    uint32_t levels;        /* bit i: some list of level i holds a block */
    uint16_t steps[LEVELS]; /* bit j: list[i][j] holds one */
    struct node *end;
} pool;

static struct node *shift(struct node *node, size_t bytes)
{
    return (struct node *)(void *)((char *)node + bytes);
}

static size_t bytes_of(const struct node *node)
{
    return node->tag & ~(size_t)FREE;
}

static bool is_free(const struct node *node)
{
    return node != NULL && (node->tag & FREE) != 0;
}

static struct node *after(struct node *node)
{
    return shift(node, bytes_of(node));
}

struct place {
    unsigned level, step;
};

/* The list for free blocks of BYTES. */
static struct place place_of(size_t bytes)
{
    unsigned log = 63 - (unsigned)__builtin_clzll(bytes);
    unsigned step = (unsigned)(bytes >> (log - STEPS_LOG)) & (STEPS - 1);
    return (struct place){.level = log - LEAST_LOG, .step = step};
}

/* The first list whose blocks all have at least BYTES. */
static struct place place_for(size_t bytes)
{
    unsigned log = 63 - (unsigned)__builtin_clzll(bytes);
    return place_of(bytes + ((size_t)1 << (log - STEPS_LOG)) - 1);
}

static void enlist(struct node *node)
{
    struct place at = place_of(bytes_of(node));
    struct node **head = &pool.list[at.level][at.step];
    node->next = *head;
    node->prev = NULL;
    if (*head != NULL)
        (*head)->prev = node;
    *head = node;
    pool.levels |= UINT32_C(1) << at.level;
    pool.steps[at.level] = (uint16_t)(pool.steps[at.level] | 1U << at.step);
}

static void delist(struct node *node)
{
    struct place at = place_of(bytes_of(node));
    if (node->next != NULL)
        node->next->prev = node->prev;
    if (node->prev != NULL)
        node->prev->next = node->next;
    else
        pool.list[at.level][at.step] = node->next;
    if (pool.list[at.level][at.step] != NULL)
        return;
    pool.steps[at.level] = (uint16_t)(pool.steps[at.level] & ~(1U << at.step));
    if (pool.steps[at.level] == 0)
        pool.levels &= ~(UINT32_C(1) << at.level);
}

/* A block of the first list that is not empty, starting from the list for BYTES; NULL if all are empty. */
static struct node *good_fit(size_t bytes)
{
    struct place at = place_for(bytes);
    if (at.level >= LEVELS)
        return NULL;
    unsigned steps = (unsigned)pool.steps[at.level] >> at.step << at.step;
    if (steps == 0) {
        uint32_t higher = at.level + 1 < LEVELS ? pool.levels >> (at.level + 1) << (at.level + 1) : 0;
        if (higher == 0)
            return NULL;
        at.level = (unsigned)__builtin_ctz(higher);
        steps = pool.steps[at.level];
    }
    return pool.list[at.level][__builtin_ctz(steps)];
}

static void set_bytes(struct node *node, size_t bytes, size_t free)
{
    node->tag = bytes | free;
    after(node)->before = node;
}

/* Makes NODE, which is on no list, free, merged with its free neighbours. */
static void free_node(struct node *node)
{
    size_t bytes = bytes_of(node);
    struct node *next = after(node);
    if (is_free(next)) {
        delist(next);
        bytes += bytes_of(next);
    }
    if (is_free(node->before)) {
        node = node->before;
        delist(node);
        bytes += bytes_of(node);
    }
    set_bytes(node, bytes, FREE);
    enlist(node);
}

/* Makes NODE, which is on no list, a used block of BYTES, and the remainder a free one. */
static void trim(struct node *node, size_t bytes)
{
    size_t remainder = bytes_of(node) - bytes;
    if (remainder < LEAST) {
        set_bytes(node, bytes_of(node), 0);
        return;
    }
    set_bytes(node, bytes, 0);
    set_bytes(after(node), remainder, 0);
    free_node(after(node));
}

bool mm_init(void)
{
    memset(&pool, 0, sizeof pool);
    pool.end = mem_sbrk(HEADER);
    if (pool.end == MEM_SBRK_FAILED)
        return false;
    pool.end->before = NULL;
    pool.end->tag = 0;
    return true;
}

/* Makes a block of at least BYTES at the end of the heap, on no list; NULL if there is no memory. */
static struct node *stretch_heap(size_t bytes)
{
    struct node *node = pool.end;
    size_t there = is_free(node->before) ? bytes_of(node->before) : 0;
    size_t more = bytes <= there ? 0 : bytes - there;
    if (more < GROWTH && mem_sbrk(GROWTH) != MEM_SBRK_FAILED)
        more = GROWTH;
    else if (mem_sbrk((intptr_t)more) == MEM_SBRK_FAILED)
        return NULL;
    if (there != 0) {
        node = node->before;
        delist(node);
    }
    node->tag = there + more;
    pool.end = after(node);
    pool.end->before = node;
    pool.end->tag = 0;
    return node;
}

/* Bytes of a block for a payload of SIZE; 0 if that is too large. */
static size_t total(size_t size)
{
    if (size >= (size_t)1 << (LEVELS + LEAST_LOG - 2))
        return 0;
    size_t bytes = HEADER + (size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    return bytes < LEAST ? LEAST : bytes;
}

void *mm_malloc(size_t size)
{
    size_t bytes = total(size);
    if (bytes == 0)
        return NULL;
    struct node *node = good_fit(bytes);
    if (node != NULL)
        delist(node);
    else
        node = stretch_heap(bytes);
    if (node == NULL)
        return NULL;
    trim(node, bytes);
    return shift(node, HEADER);
}

static struct node *node_of(void *payload)
{
    return (struct node *)(void *)((char *)payload - HEADER);
}

void mm_free(void *payload)
{
    if (payload != NULL)
        free_node(node_of(payload));
}

/* Merges the next block into NODE, which is used, if it is free and the two together have BYTES. */
static void annex(struct node *node, size_t bytes)
{
    struct node *next = after(node);
    if (!is_free(next) || bytes_of(node) + bytes_of(next) < bytes)
        return;
    delist(next);
    set_bytes(node, bytes_of(node) + bytes_of(next), 0);
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL)
        return mm_malloc(size);
    size_t bytes = total(size);
    struct node *node = node_of(payload);
    if (size == 0)
        free_node(node);
    if (size == 0 || bytes == 0)
        return NULL;
    if (bytes_of(node) < bytes)
        annex(node, bytes);
    if (bytes_of(node) >= bytes) {
        trim(node, bytes);
        return payload;
    }
    void *copy = mm_malloc(size);
    if (copy != NULL) {
        memcpy(copy, payload, bytes_of(node) - HEADER);
        free_node(node);
    }
    return copy;
}

/* Returns how many blocks are free; -1 if a block does not know the previous one, or two free blocks touch. */
static long check_nodes(void)
{
    long free_nodes = 0;
    const struct node *before = NULL;
    struct node *node = mem_heap_lo();
    for (; node != pool.end; node = after(node)) {
        size_t room = (size_t)((char *)pool.end - (char *)node);
        size_t bytes = bytes_of(node);
        if (node->before != before || bytes < LEAST || bytes % MM_ALIGNMENT != 0 || bytes > room)
            return -1;
        if (is_free(node) && is_free(before))
            return -1;
        free_nodes += is_free(node);
        before = node;
    }
    return node->before == before && node->tag == 0 ? free_nodes : -1;
}

/* Returns how many blocks the list at LEVEL and STEP holds; -1 if the list or its bit is wrong. */
static long check_list(unsigned level, unsigned step)
{
    long count = 0;
    const struct node *prev = NULL;
    for (const struct node *node = pool.list[level][step]; node != NULL; node = node->next) {
        size_t offset = (uintptr_t)node - (uintptr_t)mem_heap_lo();
        if (offset >= mem_heapsize() - HEADER || offset % MM_ALIGNMENT != 0 || !is_free(node) || node->prev != prev)
            return -1;
        struct place at = place_of(bytes_of(node));
        if (at.level != level || at.step != step)
            return -1;
        prev = node;
        count++;
    }
    bool marked = (pool.steps[level] >> step & 1) != 0;
    return marked == (count != 0) ? count : -1;
}

bool mm_checkheap(int line)
{
    (void)line;
    long missing = check_nodes();
    for (unsigned list = 0; list < LEVELS * STEPS && missing >= 0; list++) {
        long count = check_list(list / STEPS, list % STEPS);
        missing = count < 0 ? -1 : missing - count;
    }
    for (unsigned level = 0; level < LEVELS; level++)
        if ((pool.levels >> level & 1) != (pool.steps[level] != 0))
            return false;
    return missing == 0;
}
