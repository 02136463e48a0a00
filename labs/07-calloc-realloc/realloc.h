// SPDX-License-Identifier: MIT
/*
 * realloc.h - the contract of lab 07: calloc and realloc, on top of the allocator of lab 06.
 *
 * The heap is that of free_list.h, with the same blocks, the same list and the same rules before and after every call;
 * the grader walks it to check them. What lab 06 has built is here to be used: mm_malloc and mm_free, mm_split,
 * mm_remove, mm_tag, mm_grow and the rest. None of them is to be written again. (The grader links this lab with a good
 * lab 06.)
 *
 * In place, or moved? A block that has to become larger can often stay where it is:
 *
 *     | block       | free                |        the block behind is free: take in what is needed
 *     | block                | free       |
 *
 *     | block       |                              the heap ends here: let it grow, then as above
 *     | block       | free       |
 *     | block                | free      |
 *
 * Staying costs nothing. Moving copies every byte, and for a while needs room for both. So it is the last resort.
 *
 * Who owns what: as in lab 05. Where mm_realloc or mm_reallocarray returns another pointer than it was given, the old
 * one is dead, as after mm_free; where it fails, the old one is as alive as before.
 */
#ifndef REALLOC_H
#define REALLOC_H

#include "free_list.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Works out NMEMB * SIZE into *PRODUCT. Returns false, and leaves *PRODUCT as it was, if that is more than a size_t can
 * hold. Zero times anything is zero.
 */
bool mm_product(size_t nmemb, size_t size, size_t *product);

/*
 * Returns the payload of a used block for an array of NMEMB elements of SIZE bytes each; all NMEMB * SIZE bytes are
 * zero. The block is one that mm_malloc gives.
 *
 * Returns NULL, and leaves the heap as it was:
 *   - if NMEMB or SIZE is 0. That is no error: errno may be anything.
 *   - with errno ENOMEM, if NMEMB * SIZE is more than a size_t can hold.
 *   - with errno ENOMEM, if mm_malloc fails.
 */
void *mm_calloc(size_t nmemb, size_t size);

/*
 * Makes BLOCK, which is used, larger without moving it. SIZE is the size it needs to have, a multiple of MM_ALIGNMENT,
 * more than its size now.
 *
 *   - If the block behind is free, and both together have SIZE bytes or more, it is taken in.
 *   - Else if BLOCK is the last one of the heap, or only a free block lies behind it, the heap grows by what is
 *     missing, as mm_grow says, and the free block that is behind BLOCK then is taken in.
 *   - Else, or if mem_sbrk refuses, it returns false and leaves the heap as it was.
 *
 * What is more than SIZE bytes is cut off again, as mm_split says. The payload's bytes stay as they are. Returns true.
 */
bool mm_extend(struct header *block, size_t size);

/*
 * Gives the block whose payload starts at PAYLOAD room for SIZE bytes. PAYLOAD is NULL or the payload of a used block.
 * (It is not asked of mm_realloc to recognise other pointers.)
 *
 *   - If PAYLOAD is NULL: as mm_malloc(SIZE).
 *   - Else if SIZE is 0: as mm_free(PAYLOAD), and returns NULL. That is no error: errno may be anything.
 *   - Else if the block is large enough for SIZE bytes it stays where it is. It is cut, as mm_split says, to
 *     mm_block_size(SIZE) bytes. This never fails.
 *   - Else if mm_extend can make it large enough, it stays where it is as well.
 *   - Else the payload moves to another block: the one that mm_malloc gives, or one that you find in another way. All
 *     bytes that the old payload has room for are there, in front, and the old block is not used any more. No byte
 *     outside the old payload is read.
 *
 * In each case the payload keeps its bytes, up to the smaller of the old and the new size. What comes after them is not
 * defined. Returns the payload.
 *
 * Returns NULL with errno ENOMEM if mm_block_size(SIZE) is 0, or if the payload has to move and there is no block for
 * it. Then the heap is as it was: the old block is still used, and its payload has all its bytes.
 */
void *mm_realloc(void *payload, size_t size);

/*
 * As mm_realloc(PAYLOAD, NMEMB * SIZE). But if NMEMB * SIZE is more than a size_t can hold, it returns NULL with errno
 * ENOMEM, and the old block is as it was.
 */
void *mm_reallocarray(void *payload, size_t nmemb, size_t size);

#endif
