// SPDX-License-Identifier: MIT
/*
 * layout.h - heaps that the judge lays out itself, for tests of functions that need a heap but should not have to wait
 * until mm_malloc works.
 *
 *     struct layout heap = LAY_OUT(USED(64), FREE(96), USED(48));
 *     struct header *found = mm_find(80);
 *     expect_place(found, heap.block[B], ...);
 *
 * Blocks are called A, B, C, ... in address order. The list goes from the highest free block down to the lowest, unless
 * relink changes that. The payloads of used blocks are filled, and should not change.
 */
#ifndef LAYOUT_H
#define LAYOUT_H

#include "free_list.h"

#include <stdbool.h>
#include <stddef.h>

enum { A, B, C, D, E, F, G, H, I, MOST_LAID };

enum part { PART_USED, PART_FREE, PART_LOOSE };

struct plan {
    size_t size;
    enum part part;
};

#define USED(bytes)                                                                                                    \
    {                                                                                                                  \
        .size = (bytes), .part = PART_USED                                                                             \
    }
#define FREE(bytes)                                                                                                    \
    {                                                                                                                  \
        .size = (bytes), .part = PART_FREE                                                                             \
    }
#define LOOSE(bytes)                                                                                                   \
    {                                                                                                                  \
        .size = (bytes), .part = PART_LOOSE                                                                            \
    } /* free, but not on the list; at most one */

struct layout {
    struct header *block[MOST_LAID];
    size_t count;
    struct plan plan[MOST_LAID];
};

/* The heap must be empty. */
struct layout lay_out(const struct plan *plan, size_t count);

#define LAY_OUT(...)                                                                                                   \
    lay_out((const struct plan[]){__VA_ARGS__}, sizeof((const struct plan[]){__VA_ARGS__}) / sizeof(struct plan))

/* A call that returns one of the blocks gives it a new name. This gives all blocks their letters back. */
void restore_names(const struct layout *layout);

/* Makes the list hold the blocks with these letters, in this order. They must be all the free ones. */
void relink(const struct layout *layout, const char *letters);

/* Makes next fit start its search at this block. */
void set_rover(struct header *rover);

/* Makes the used BLOCK loose, as if it were being freed. Makes the loose BLOCK used and fills it. */
void make_loose(struct header *block);
void make_used(struct header *block);

/* Makes the SIZE bytes at BLOCK a block in STATE. */
void tag(struct header *block, size_t size, enum mm_state state);

/* Demands that the payload of the block with this index has not changed, if the block was laid out as used and still
 * is. */
void expect_payload(const struct layout *layout, size_t index);
void expect_payloads(const struct layout *layout);

#endif
