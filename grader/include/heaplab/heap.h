// SPDX-License-Identifier: MIT
/*
 * heaplab/heap.h - the judge's books of malloc, calloc, realloc and free (labs 01 to 03 and 09).
 *
 * In these labs the student's malloc family is answered by the judge. It keeps the books in memory that the
 * student's code cannot touch, so these are facts, not claims:
 *   - Every block has red zones before and after it, and starts out filled with junk (0xCB), so bytes that are read
 *     before they are written are never zero by chance. calloc's blocks are zero.
 *   - Freed blocks are filled with 0xDD and not handed out again within a test, unless it says so (heap_reuse).
 *   - free of NULL is fine. free of anything but the start of a live block ends the test at once, as does an
 *     overrun seen at free, at realloc, or at the end of the test, and a write to a freed block.
 *
 * In direct mode the calls go on to the C library, for valgrind to see; these functions keep simple books there.
 */
#ifndef HEAPLAB_HEAP_H
#define HEAPLAB_HEAP_H

#include <stdbool.h>
#include <stddef.h>

#include "heaplab/expect.h"

struct heap_block {
    const unsigned char *start;
    size_t size;     /* bytes asked for */
    bool live;       /* not yet freed */
    unsigned serial; /* 1 for the first block of this test */
};

/* The block of this test, live or freed, that holds ADDRESS. False if there is none. */
bool heap_find(const void *address, struct heap_block *block);

/* The block with SERIAL (1 to heap_blocks()). False if there is none. */
bool heap_block_at(unsigned serial, struct heap_block *block);

unsigned heap_blocks(void);        /* blocks handed out in this test, freed ones included */
size_t heap_live_blocks(void);     /* blocks not yet freed */
size_t heap_live_bytes(void);      /* bytes asked for in blocks not yet freed */
size_t heap_requests(void);        /* calls of malloc, calloc and realloc in this test, refused ones included */
size_t heap_refusals(void);        /* how many of these were refused */
size_t heap_largest_request(void); /* the largest number of bytes asked for in one request of this test */

/* Refuse (NULL, errno ENOMEM) the K-th request from now on, counted from 1, and only that one. 0: none. */
void heap_refuse(size_t k);

/* Refuse every request from the K-th on. 0: none. */
void heap_refuse_from(size_t k);

/* From now on the latest of the freed blocks of exactly the size that is asked for is handed out again, as the C
 * library does: a new object lies where an old one was. It counts as the same block, so heap_blocks stays. */
void heap_reuse(void);

/* FOUND is the start of a live block of SIZE bytes exactly. Says which of these fails: NULL, not on the heap, already
 * freed, inside a block, too small, too large. */
void expect_block(const void *found, size_t size, const char *format, ...) PRINTF_LIKE(3, 4);

/* As expect_block, but any size from AT_LEAST to AT_MOST will do. */
void expect_block_between(const void *found, size_t at_least, size_t at_most, const char *format, ...)
    PRINTF_LIKE(4, 5);

/* No block is live. Names the leaked blocks, their sizes and the calls that made them. */
void expect_no_leak(const char *format, ...) PRINTF_LIKE(1, 2);

#endif
