// SPDX-License-Identifier: MIT
/*
 * realloc.h - the contract of lab 07: calloc and realloc, on top of the allocator of lab 06.
 *
 * The heap is the one of free_list.h: the same blocks, the same list, and the same rules before and
 * after every call. The grader walks the heap to check them. Build on what lab 06 provides:
 * mm_malloc and mm_free, mm_split, mm_remove, mm_tag, mm_grow and the rest. You need not write any
 * of them again. (The grader links this lab with a working lab 06.)
 *
 * In place, or moved? A block that must grow can often stay where it is:
 *
 *     | block       | free                |        the next block is free: take what you need
 *     | block                | free       |
 *
 *     | block       |                              the heap ends here: grow it, then as above
 *     | block       | free       |
 *     | block                | free      |
 *
 * Staying in place copies nothing. Moving copies every byte, and for a while it needs room for both
 * blocks. So it is the last resort.
 *
 * Ownership is as in lab 05. If mm_realloc or mm_reallocarray returns a pointer other than the one
 * it was given, the old pointer is dangling, as after mm_free. If it fails, the old block is still
 * in use.
 */
#ifndef REALLOC_H
#define REALLOC_H

#include "free_list.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Stores NMEMB * SIZE in *PRODUCT and returns true. If the product is too large for a size_t, it
 * returns false and leaves *PRODUCT unchanged. Zero times anything is zero.
 */
bool mm_product(size_t nmemb, size_t size, size_t *product);

/*
 * Returns the payload of a used block for an array of NMEMB elements of SIZE bytes each. The block
 * is the one that mm_malloc(NMEMB * SIZE) returns, and all NMEMB * SIZE bytes are zero.
 *
 * Returns NULL and leaves the heap unchanged:
 *   - if NMEMB or SIZE is 0. This is not an error, and errno may have any value.
 *   - with errno ENOMEM, if NMEMB * SIZE is too large for a size_t.
 *   - with errno ENOMEM, if mm_malloc fails.
 */
void *mm_calloc(size_t nmemb, size_t size);

/*
 * Makes BLOCK, which is used, larger without moving it. SIZE is the size that the whole block needs
 * to have: a multiple of MM_ALIGNMENT, and more than its size now.
 *
 *   - If the next block is free, and the two together have SIZE bytes or more, BLOCK absorbs it.
 *   - Otherwise, if BLOCK is the last block of the heap, or is followed only by a free block, the
 *     heap grows by what is missing, as mm_grow does. BLOCK absorbs the free block that then
 *     follows it.
 *   - Otherwise, or if mem_sbrk refuses, mm_extend returns false and leaves the heap unchanged.
 *
 * Whatever exceeds SIZE bytes is cut off again, as mm_split does. The payload keeps its bytes.
 * Returns true.
 */
bool mm_extend(struct header *block, size_t size);

/*
 * Resizes the block whose payload is PAYLOAD, so that it has room for SIZE bytes. PAYLOAD is NULL
 * or the payload of a used block. (mm_realloc need not detect other pointers.)
 *
 *   - If PAYLOAD is NULL, it does what mm_malloc(SIZE) does.
 *   - Otherwise, if SIZE is 0, it does what mm_free(PAYLOAD) does, and returns NULL. This is not an
 *     error, and errno may have any value.
 *   - Otherwise, if the block has room for SIZE bytes already, it stays where it is. It is cut to
 *     mm_block_size(SIZE) bytes, as mm_split does. This never fails.
 *   - Otherwise, if mm_extend can make it large enough, it stays where it is as well.
 *   - Otherwise the payload moves to another block: the one that mm_malloc returns, or one that you
 *     find in another way. All bytes of the old payload are copied to the start of the new one, and
 *     the old block is no longer in use. The copy reads no byte outside the old payload.
 *
 * In every case the payload keeps its bytes, up to the smaller of the old and the new size. The
 * bytes after them are undefined. Returns the payload.
 *
 * Returns NULL with errno ENOMEM if mm_block_size(SIZE) is 0, or if the payload has to move and no
 * block is large enough. The heap is then unchanged: the old block is still in use, and its payload
 * has all its bytes.
 */
void *mm_realloc(void *payload, size_t size);

/*
 * Does what mm_realloc(PAYLOAD, NMEMB * SIZE) does. But if NMEMB * SIZE is too large for a size_t,
 * it returns NULL with errno ENOMEM and leaves the heap unchanged.
 */
void *mm_reallocarray(void *payload, size_t nmemb, size_t size);

#endif
