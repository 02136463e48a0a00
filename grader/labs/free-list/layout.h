// SPDX-License-Identifier: MIT
/*
 * layout.h - heaps that the judge lays out itself, for tests of functions that need a heap but should not have to wait
 * until mm_malloc works.
 *
 *     struct layout heap = LAY_OUT(USED(64), FREE(96), USED(48));
 *     struct header *found = mm_find(80);
 *     expect_place(found, heap.block[B], ...);
 *
 * Blocks are called A, B, C, ... in the order of addresses. The list goes from the highest free block down to the
 * lowest, unless relink says otherwise. The payloads of used blocks are filled, and should stay so.
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

/* A call that returns one of the blocks has given it a name of its own. This gives all blocks their letters back. */
void restore_names(const struct layout *layout);

/* The list holds the blocks with these letters, in this order, from now on. They must be all the free ones. */
void relink(const struct layout *layout, const char *letters);

/* The search of next fit starts at this block from now on. */
void set_rover(struct header *rover);

/* As if the used BLOCK were being freed, or the loose BLOCK handed out: it is loose, or used and filled, from now on.
 */
void make_loose(struct header *block);
void make_used(struct header *block);

/* The SIZE bytes at BLOCK become a block in STATE. */
void tag(struct header *block, size_t size, enum mm_state state);

/* The payload of the block with this index, if it was laid out as used and still is, is as it was filled. */
void expect_payload(const struct layout *layout, size_t index);
void expect_payloads(const struct layout *layout);

#endif
