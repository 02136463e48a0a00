// SPDX-License-Identifier: MIT
/*
 * support.h - what several files of tests share: places in the heap, calls that must succeed, snapshots.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "free_list.h"

#include "walker.h"

#include <stddef.h>

enum { HEADER = sizeof(struct header), FOOTER = sizeof(size_t), LIST = sizeof(struct free_list) };

/*** Places ***/

char *heap_start(void);

/* As expect_pointer, but both places are given by their distance from BASE: "h + 16". */
void expect_from(const void *base, const char *base_name, const void *found, const void *expected,
                 const char *sentence);

/* As expect_from the start of the heap: "heap + 80". Marks the expected place in the picture. */
void expect_place(const void *found, const void *expected, const char *sentence);

/*** Calls, and what must hold after each of them ***/

/* mm_init, which must succeed. */
void make_heap(void);

/* The smallest size of a block with room for SIZE bytes. */
size_t block_bytes(size_t size);

/* The block of PAYLOAD, which mm_malloc returned for SIZE bytes. Demands that it is sound. */
struct block block_of(const void *payload, size_t size);

/* mm_malloc(SIZE), which must succeed. */
char *allocate(size_t size);

/* mm_free of a used block, which must succeed. */
void release(void *payload);

/* Demands a block of SIZE bytes at PLACE, used or free (and listed). */
void expect_used(const void *place, size_t size, const char *sentence);
void expect_free(const void *place, size_t size, const char *sentence);

/*** Choosing ***/

enum { NONE = MOST_BLOCKS };

const char *policy_name(enum mm_policy policy);

/* The index of the free block that POLICY must choose for SIZE bytes; NONE if none fits. Under best fit, the first on
 * the list if several are equally good. */
size_t choose(const struct survey *survey, enum mm_policy policy, size_t size);

/*** Snapshots ***/

/* The heap as it is now, for a later comparison: its size and its first bytes. In these tests those are all its bytes.
 */
struct snapshot {
    size_t heap_bytes;
    size_t image_bytes;
    unsigned char image[16384];
};

struct snapshot take_snapshot(void);
void expect_unchanged(const struct snapshot *before, const char *call);

#endif
