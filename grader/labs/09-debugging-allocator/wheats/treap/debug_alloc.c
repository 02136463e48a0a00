// SPDX-License-Identifier: MIT
/*
 * debug_alloc.c - a correct version of another design: a tree of addresses, kept shallow by random priorities (a
 * treap), for blocks in use and freed ones alike; freed nodes are also found inside later blocks, and stay. Guards are
 * wider than they must be. Space-saving finds the heavy hitters.
 */
#include "debug_alloc.h"

#include "library.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { WIDE = 64, MARK = 0x7E };

struct node {
    struct node *child[2];
    unsigned priority;
    bool live;
    uintptr_t key;
    struct node *earlier, *later;
    size_t size;
    struct dbg_place born, died;
};

static struct node *root;
static struct node ring = {.earlier = &ring, .later = &ring}; /* in order of allocation */
static struct dbg_stats totals;
static struct dbg_hitter seen[DBG_COUNTERS];

static unsigned random_priority(void)
{
    static unsigned state = 1;
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return state;
}

static struct node *lookup(uintptr_t key)
{
    struct node *node = root;
    while (node && node->key != key)
        node = node->child[key > node->key];
    return node;
}

static void rotate(struct node **link, int side)
{
    struct node *top = *link, *up = top->child[side];
    top->child[side] = up->child[!side];
    up->child[!side] = top;
    *link = up;
}

static void insert(struct node **link, struct node *node)
{
    if (!*link) {
        *link = node;
        return;
    }
    int side = node->key > (*link)->key;
    insert(&(*link)->child[side], node);
    if ((*link)->child[side]->priority > (*link)->priority)
        rotate(link, side);
}

/* The live node with the greatest key up to KEY in the tree under NODE. */
static struct node *live_below(struct node *node, uintptr_t key)
{
    if (!node)
        return NULL;
    if (node->key > key)
        return live_below(node->child[0], key);
    struct node *right = live_below(node->child[1], key);
    if (right)
        return right;
    return node->live ? node : live_below(node->child[0], key);
}

static void emit(enum dbg_kind kind, uintptr_t pointer, const struct node *node, struct dbg_place at)
{
    struct dbg_report report = {.kind = kind, .pointer = (const void *)pointer, .at = at};
    if (node) {
        report.block = (const void *)node->key;
        report.size = node->size;
        report.allocated = node->born;
        report.freed = node->died;
        report.offset = (ptrdiff_t)(pointer - node->key);
    }
    dbg_report(&report);
}

static size_t inspect(const struct node *node, struct dbg_place at)
{
    const unsigned char *start = (const unsigned char *)node->key;
    size_t below = 0, above = 0;
    while (below < WIDE && start[-1 - (ptrdiff_t)below] == MARK)
        below++;
    while (above < WIDE && start[node->size + above] == MARK)
        above++;
    if (below < WIDE)
        emit(DBG_UNDERRUN, node->key - 1 - below, node, at);
    if (above < WIDE)
        emit(DBG_OVERRUN, node->key + node->size + above, node, at);
    return (below < WIDE) + (size_t)(above < WIDE);
}

size_t dbg_check(const char *file, int line)
{
    size_t damaged = 0;
    for (struct node *node = ring.later; node != &ring; node = node->later)
        damaged += inspect(node, (struct dbg_place){file, line});
    return damaged;
}

size_t dbg_leaks(const char *file, int line)
{
    for (struct node *node = ring.later; node != &ring; node = node->later)
        emit(DBG_LEAK, node->key, node, (struct dbg_place){file, line});
    return totals.blocks;
}

void dbg_get_stats(struct dbg_stats *stats)
{
    memcpy(stats, &totals, sizeof totals);
}

/* The array is always in order, the largest first. */
static void add_bytes(struct dbg_place place, size_t bytes)
{
    size_t i = 0;
    while (i < DBG_COUNTERS - 1 && seen[i].bytes > 0 &&
           !(seen[i].place.line == place.line && strcmp(seen[i].place.file, place.file) == 0))
        i++;
    seen[i].place = place;
    seen[i].bytes += bytes;
    for (; i > 0 && seen[i].bytes > seen[i - 1].bytes; i--) {
        struct dbg_hitter other = seen[i];
        seen[i] = seen[i - 1];
        seen[i - 1] = other;
    }
}

size_t dbg_hitters(struct dbg_hitter *list)
{
    size_t count = 0;
    while (count < DBG_COUNTERS && seen[count].bytes > 0 &&
           seen[count].bytes >= totals.total_bytes / 10 + (totals.total_bytes % 10 != 0)) {
        list[count] = seen[count];
        count++;
    }
    return count;
}

static struct node *create(size_t size, struct dbg_place place)
{
    unsigned char *memory = size < SIZE_MAX - 2 * WIDE ? lib_malloc(size + 2 * WIDE) : NULL;
    struct node *node = memory ? lookup((uintptr_t)memory + WIDE) : NULL;
    if (memory && !node) {
        node = lib_malloc(sizeof *node);
        if (node) {
            *node = (struct node){.priority = random_priority(), .key = (uintptr_t)memory + WIDE};
            insert(&root, node);
        }
    }
    if (!node) {
        lib_free(memory);
        totals.failed++;
        errno = ENOMEM;
        return NULL;
    }
    node->live = true;
    node->size = size;
    node->born = place;
    node->died = (struct dbg_place){0};
    node->earlier = ring.earlier;
    node->later = &ring;
    ring.earlier->later = node;
    ring.earlier = node;
    memset(memory, MARK, WIDE);
    memset(memory + WIDE + size, MARK, WIDE);
    return node;
}

void *dbg_malloc(size_t size, const char *file, int line)
{
    const struct node *node = create(size, (struct dbg_place){file, line});
    if (!node)
        return NULL;
    const char *payload = (const char *)node->key;
    if (!totals.total_blocks || node->key < (uintptr_t)totals.lowest)
        totals.lowest = payload;
    if (!totals.total_blocks || node->key + size > (uintptr_t)totals.highest)
        totals.highest = payload + size;
    totals.total_blocks++;
    totals.blocks++;
    totals.bytes += size;
    totals.total_bytes += size;
    add_bytes(node->born, size);
    return (void *)node->key;
}

void *dbg_calloc(size_t count, size_t size, const char *file, int line)
{
    bool fits = count == 0 || size <= SIZE_MAX / count;
    void *payload = dbg_malloc(fits ? count * size : SIZE_MAX, file, line);
    for (size_t i = 0; payload && i < count * size; i++)
        ((char *)payload)[i] = 0;
    return payload;
}

static struct node *claim(uintptr_t pointer, struct dbg_place at)
{
    struct node *node = lookup(pointer), *below = live_below(root, pointer);
    if (node && node->live)
        return node;
    if (below && pointer - below->key < below->size)
        emit(DBG_INTERIOR_FREE, pointer, below, at);
    else if (node)
        emit(DBG_DOUBLE_FREE, pointer, node, at);
    else if (pointer < (uintptr_t)totals.lowest || pointer >= (uintptr_t)totals.highest)
        emit(DBG_WILD_FREE, pointer, NULL, at);
    else
        emit(DBG_FOREIGN_FREE, pointer, NULL, at);
    return NULL;
}

static void destroy(struct node *node, struct dbg_place at)
{
    inspect(node, at);
    node->earlier->later = node->later;
    node->later->earlier = node->earlier;
    node->live = false;
    node->died = at;
    totals.blocks--;
    totals.bytes -= node->size;
    lib_free((void *)(node->key - WIDE));
}

void dbg_free(void *payload, const char *file, int line)
{
    struct dbg_place at = {file, line};
    struct node *node = payload ? claim((uintptr_t)payload, at) : NULL;
    if (node)
        destroy(node, at);
}

void *dbg_realloc(void *payload, size_t size, const char *file, int line)
{
    if (!payload)
        return dbg_malloc(size, file, line);
    struct node *old = claim((uintptr_t)payload, (struct dbg_place){file, line});
    unsigned char *moved = old ? dbg_malloc(size, file, line) : NULL;
    for (size_t i = 0; moved && i < size && i < old->size; i++)
        moved[i] = ((unsigned char *)payload)[i];
    if (moved)
        destroy(old, (struct dbg_place){file, line});
    return moved;
}
