// SPDX-License-Identifier: MIT
/*
 * header_alloc.h - the contract of lab 05: an allocator that keeps its books in headers.
 *
 * The heap is a row of blocks, from mem_heap_lo() up to the program break, with no gap anywhere:
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
 * These rules hold before and after every call, and the grader walks the heap to check them:
 *
 *   - Every block starts with a struct header; its payload follows at once.
 *   - header.size counts the whole block in bytes, header included, and is a multiple of MM_ALIGNMENT.
 *     A block of h->size bytes at h therefore ends where the next header starts, and the sizes of all
 *     blocks add up to mem_heapsize().
 *   - header.state is MM_USED or MM_FREE, and header.magic is MM_MAGIC in every block, used or free.
 *   - A block, once made, stays: it keeps its place and its size for ever. Only its state changes.
 *     (Lab 06 splits and merges blocks.)
 *
 * Who owns what: the headers belong to the allocator, always. A payload belongs to the program from the
 * mm_malloc that returns it to the mm_free that takes it back; in between the allocator does not touch it.
 *
 * There is nothing to set up before the first call: the empty heap keeps all the rules.
 * Only the functions below call mem_sbrk (see memlib.h).
 */
#ifndef HEADER_ALLOC_H
#define HEADER_ALLOC_H

#include <stddef.h>
#include <stdint.h>

/* Payloads start at multiples of this, as do headers. */
enum { MM_ALIGNMENT = 16 };

/* Stands in every header. Ordinary data hardly ever looks like it, so it tells a header from anything else. */
enum { MM_MAGIC = 0x5AFEB10C };

/* Neither value is 0 or 1, which memory often holds by chance. A hex dump shows them as the text "USED" and "FREE". */
enum mm_state { MM_USED = 0x44455355, MM_FREE = 0x45455246 };

struct header {
    size_t size;         /* bytes of the whole block: this header and the payload */
    enum mm_state state; /* whose the payload is: the program's, or nobody's */
    uint32_t magic;      /* MM_MAGIC */
};

_Static_assert(sizeof(struct header) == MM_ALIGNMENT, "an aligned header is followed by an aligned payload");

/* What mm_count finds. In a sound heap used_bytes + free_bytes + overhead_bytes == mem_heapsize(). */
struct mm_counts {
    size_t used_blocks;
    size_t free_blocks;
    size_t used_bytes;     /* in the payloads of used blocks, bytes added by rounding included */
    size_t free_bytes;     /* in the payloads of free blocks */
    size_t overhead_bytes; /* in the headers of all blocks */
};

/*
 * From a payload to its header, and back. Arithmetic only: they neither read memory nor check anything, so any address
 * but NULL will do.
 */
struct header *mm_header(void *payload);
void *mm_payload(struct header *header);

/* The first block of the heap: the one at mem_heap_lo(). NULL while the heap is empty. */
struct header *mm_first(void);

/* The block that follows HEADER, which is a block of the heap. NULL if HEADER is the last one. */
struct header *mm_next(struct header *header);

/*
 * Returns the payload of a used block, with room for SIZE bytes or more, aligned to MM_ALIGNMENT. What the
 * payload holds at first is not defined.
 *
 *   - The first free block, in the order of addresses, whose payload has room for SIZE bytes is used again.
 *     It keeps its size, even where that is much more than was asked for.
 *   - Only if there is none, the heap grows: by one block at the break, with a payload of SIZE bytes rounded up to
 *     a multiple of MM_ALIGNMENT, and not by a byte more than that block needs.
 *
 * Returns NULL, and leaves the heap as it was:
 *   - if SIZE is 0. That is no error: errno may be anything.
 *   - with errno ENOMEM, if the heap has to grow and mem_sbrk refuses.
 *   - with errno ENOMEM, if a block for SIZE bytes would be larger than INTPTR_MAX, the most that mem_sbrk can be asked
 *     for. This covers every size for which the arithmetic would wrap around.
 */
void *mm_malloc(size_t size);

/*
 * Gives the used block whose payload starts at PAYLOAD back, to be used again. NULL is fine, and nothing happens.
 *
 * Any other pointer that is not the payload of a used block is a mistake of the program's. It is reported with
 * mm_report (see memlib.h), once, with the pointer as it came, and the heap stays as it was. The kinds are
 *
 *   MM_WILD_POINTER      outside the heap: below mem_heap_lo(), or at the break or above
 *   MM_INTERIOR_POINTER  inside the heap, but not where a payload starts (a header's own address, for example)
 *   MM_DOUBLE_FREE       the start of the payload of a block that is free already
 *
 * A payload may by bad luck hold bytes that look just like a header. It is not asked of mm_free to see through that.
 */
void mm_free(void *payload);

/* Counts the blocks of the heap and their bytes into *COUNTS, which is the caller's and may hold anything before. */
void mm_count(struct mm_counts *counts);

#endif
