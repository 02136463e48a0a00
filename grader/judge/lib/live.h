// SPDX-License-Identifier: MIT
/*
 * live.h - books of the blocks in use during a replay, and what their bytes must be (live.c).
 *
 * Every block in use is filled with a pattern that depends on its number alone; a block that grows gets more of the
 * same pattern. So no copy is needed to know what the bytes must be.
 */
#ifndef HEAPLAB_LIVE_H
#define HEAPLAB_LIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct live_block {
    unsigned char *payload; /* NULL: not in use */
    size_t size;            /* bytes asked for */
    uint32_t number;        /* which pattern; no two blocks of a replay have the same */
    uint32_t operation;     /* the operation that made it, from 0 */
    uint32_t place;         /* in the list of blocks in use */
};

struct live_totals {
    size_t bytes; /* bytes asked for, now in use */
    size_t peak;  /* the most that was ever in use */
    size_t end;   /* the heap's bytes up to the end of the block that lay highest */
};

/* The least distance between two payloads: live_add's PAYLOAD must be a multiple of it. */
enum { LIVE_GRAIN = 8 };

/* Makes room for ids 0 to IDS - 1. Forgets all blocks. */
void live_open(uint32_t ids);

struct live_block *live_block(uint32_t id);

/* The ids of all blocks in use, in any order, and how many there are. Borrowed. */
const uint32_t *live_ids(uint32_t *count);

const struct live_totals *live_totals(void);

/* The id of a block in use that has a byte among the N at ADDRESS, which all lie in the heap; -1 if there is none. */
int64_t live_in_the_way(const void *address, size_t n);

/* Block ID, which is not in use, is now SIZE bytes at PAYLOAD, of which the first KEPT hold its pattern already. */
void live_add(uint32_t id, void *payload, size_t size, size_t kept, uint32_t operation);

/* Block ID is no longer in use. Its number is kept for a live_add with KEPT bytes. */
void live_remove(uint32_t id);

/* Do the first N bytes at ADDRESS hold the pattern of block ID? If not, *OFFSET is where the first wrong byte is. */
bool live_pattern_holds(uint32_t id, const void *address, size_t n, size_t *offset);

/* Checks all blocks in use. Returns the id of a damaged one, and in *OFFSET where; -1 if there is none. */
int64_t live_find_damage(size_t *offset);

/* As live_find_damage, but checks only a bounded part: the neighbours of NEAR (may be NULL), and the blocks that follow
 * those checked last time, so that each block gets its turn again and again. */
int64_t live_find_some_damage(const void *near, size_t *offset);

#endif
