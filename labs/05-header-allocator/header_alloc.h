// SPDX-License-Identifier: MIT
/*
 * header_alloc.h - the contract of lab 05: an allocator that keeps its records in block headers.
 *
 * The heap is a row of blocks. It runs from mem_heap_lo() to the program break without gaps:
 *
 *     mem_heap_lo()                                                  the break
 *     |                                                              |
 *     v                                                              v
 *     +--------+---------------+--------+-------+--------+-----------+
 *     | header | payload       | header |payload| header | payload   |
 *     +--------+---------------+--------+-------+--------+-----------+
 *     |<------ one block ----->|
 *              ^
 *              what mm_malloc returns and mm_free takes
 *
 * These rules hold before and after every call. The grader walks the heap to check them:
 *
 *   - Every block starts with a struct header. Its payload follows immediately.
 *   - header.size is the size of the whole block in bytes, header included, and a multiple of
 *     MM_ALIGNMENT. So the block at h ends at h + h->size bytes, where the next header starts, and
 *     the sizes of all blocks add up to mem_heapsize().
 *   - header.state is MM_USED or MM_FREE. header.magic is MM_MAGIC in every block, used or free.
 *   - A block keeps its place and its size for ever. Only its state changes. (Lab 06 splits and
 *     merges blocks.)
 *
 * Ownership: headers always belong to the allocator. A payload belongs to the program from the
 * mm_malloc that returns it to the mm_free that takes it back. During that time the allocator
 * neither reads nor changes it. While a block is free, its payload may hold anything.
 *
 * No set-up is needed before the first call: an empty heap keeps all the rules.
 * Only the functions below call mem_sbrk (see memlib.h).
 */
#ifndef HEADER_ALLOC_H
#define HEADER_ALLOC_H

#include <stddef.h>
#include <stdint.h>

/* Headers and payloads start at multiples of this. */
enum { MM_ALIGNMENT = 16 };

/* A number that every header holds and that ordinary data hardly ever contains. It tells a header
 * from anything else. */
enum { MM_MAGIC = 0x5AFEB10C };

/* Neither value is 0 or 1, which memory often holds by chance. A hex dump shows them as the text
 * "USED" and "FREE". */
enum mm_state { MM_USED = 0x44455355, MM_FREE = 0x45455246 };

struct header {
    size_t size;         /* bytes in the whole block: this header and the payload */
    enum mm_state state; /* whether the payload belongs to the program (used) or to nobody (free) */
    uint32_t magic;      /* MM_MAGIC */
};

_Static_assert(sizeof(struct header) == MM_ALIGNMENT,
               "an aligned header is followed by an aligned payload");

/* What mm_count counts. In a sound heap used_bytes + free_bytes + overhead_bytes ==
 * mem_heapsize(). */
struct mm_counts {
    size_t used_blocks;
    size_t free_blocks;
    size_t used_bytes;     /* in the payloads of used blocks, including bytes added by rounding */
    size_t free_bytes;     /* in the payloads of free blocks */
    size_t overhead_bytes; /* in the headers of all blocks */
};

/*
 * Convert a payload to its header, and back. They only do arithmetic: they neither read memory nor
 * check their argument, so it may be any address except NULL.
 */
struct header *mm_header(void *payload);
void *mm_payload(struct header *header);

/* Returns the first block of the heap, the one at mem_heap_lo(). NULL if the heap is empty. */
struct header *mm_first(void);

/* Returns the block after HEADER, which is a block of the heap. NULL if HEADER is the last one. */
struct header *mm_next(struct header *header);

/*
 * Allocates a block with room for at least SIZE bytes, marks it MM_USED and returns its payload,
 * which is aligned to MM_ALIGNMENT. The initial contents of the payload are undefined.
 *
 *   - If any free block has room for SIZE bytes, the one at the lowest address is reused. It keeps
 *     its size, even if that is much more than SIZE.
 *   - Otherwise the heap grows by exactly one block at the break. The payload of that block is SIZE
 *     bytes rounded up to a multiple of MM_ALIGNMENT.
 *
 * Returns NULL and leaves the heap as it was
 *   - if SIZE is 0. This is not an error: errno may be anything.
 *   - with errno ENOMEM, if the heap must grow and mem_sbrk refuses.
 *   - with errno ENOMEM, if a block for SIZE bytes would be larger than INTPTR_MAX, the largest
 *     increment that mem_sbrk accepts. This covers every size for which the arithmetic would wrap
 *     around.
 */
void *mm_malloc(size_t size);

/*
 * Frees the used block whose payload is PAYLOAD: marks it MM_FREE, so that it can be reused. Does
 * nothing if PAYLOAD is NULL.
 *
 * Passing any other pointer is an error in the caller. mm_free reports it with mm_report (see
 * memlib.h) exactly once, passes the pointer on unchanged, and leaves the heap as it was. The kinds
 * of error are
 *
 *   MM_WILD_POINTER      outside the heap: below mem_heap_lo(), or at the break or above
 *   MM_INTERIOR_POINTER  inside the heap, but not the start of a payload (a header, for example)
 *   MM_DOUBLE_FREE       the payload of a block that is already free
 *
 * By bad luck a payload may hold bytes that look exactly like a header, at a multiple of
 * MM_ALIGNMENT. mm_free need not see through that.
 */
void mm_free(void *payload);

/* Counts the blocks of the heap and their bytes. Overwrites *COUNTS, whatever it held before. */
void mm_count(struct mm_counts *counts);

#endif
