// SPDX-License-Identifier: MIT
/*
 * support.h - what several files of tests share: places in the heap, calls that must succeed, snapshots.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "header_alloc.h"

#include "walker.h"

#include <stddef.h>

enum { HEADER = sizeof(struct header) };

/*** Places ***/

char *heap_start(void);

/* As expect_pointer, but both places are given by their distance from BASE: "h + 16". */
void expect_from(const void *base, const char *base_name, const void *found, const void *expected,
                 const char *sentence);

/* As expect_from the start of the heap: "heap + 80". Marks the expected place in the picture. */
void expect_place(const void *found, const void *expected, const char *sentence);

/*** Calls, and what must hold after each of them ***/

size_t rounded_up(size_t size);

/* The block of PAYLOAD, which mm_malloc returned for SIZE bytes. Demands that it is sound. */
struct block block_of(const void *payload, size_t size);

/* mm_malloc(SIZE), which must succeed. */
char *allocate(size_t size);

/* The size of a block whose payload allocate has returned: header and payload. */
size_t size_of(const void *payload);

/* mm_free of a used block, which must succeed. */
void release(void *payload);

/* A place for mm_count's result that the student's code may write to, full of junk. */
struct mm_counts *put_counts(void);

/*** Snapshots ***/

/* The heap as it is now, for a later comparison: its size and its first bytes. In these tests those are all its bytes.
 */
struct snapshot {
    size_t heap_bytes;
    size_t image_bytes;
    unsigned char image[4096];
};

struct snapshot take_snapshot(void);
void expect_unchanged(const struct snapshot *before, const char *call);

#endif
