// SPDX-License-Identifier: MIT
/*
 * mm.h - the contract of lab 08: a whole allocator, of any design.
 *
 * Memory comes from mem_sbrk (memlib.h) and from nowhere else. Static variables are allowed; their bytes count as heap.
 * Every payload starts at a multiple of MM_ALIGNMENT, lies in the heap with all its bytes, and shares none of them with
 * another block in use. What a block in use holds is the program's: no call may change it, but for a block that
 * mm_realloc was given, and of that block only where it lies.
 */
#ifndef MM_H
#define MM_H

#include <stdbool.h>
#include <stddef.h>

/* Every payload's address is a multiple of this. */
#define MM_ALIGNMENT 16

/* You, as the leaderboard shows you. Members may be NULL or "". */
typedef struct {
    const char *teamname; /* an alias: it is public */
    const char *name1;
    const char *id1;
    const char *name2;
    const char *id2;
} team_t;

extern team_t team;

/*
 * Makes the allocator ready, with no block in use. Called before any other function. It may be called again after the
 * system has taken the whole heap back (mem_heapsize() is 0): nothing from before may be left then.
 * Returns false if there is no memory.
 */
bool mm_init(void);

/*
 * Returns a block of at least SIZE bytes, for the caller to free; its content is undefined. SIZE 0 gives NULL or a
 * pointer that can be freed. Returns NULL if there is no memory, or if SIZE is too large for any heap.
 */
void *mm_malloc(size_t size);

/* Takes PAYLOAD back: a pointer from mm_malloc, mm_realloc or mm_calloc that is in use. NULL does nothing. */
void mm_free(void *payload);

/*
 * Returns a block of at least SIZE bytes that starts with the old block's bytes, as many as fit in both, and takes
 * PAYLOAD back unless the block stays in place. NULL for PAYLOAD: as mm_malloc. SIZE 0: as mm_free, and returns NULL.
 * Returns NULL if there is no memory; PAYLOAD is then as it was, and still in use.
 */
void *mm_realloc(void *payload, size_t size);

/*
 * Optional. Returns a block for COUNT members of SIZE bytes, all zero; NULL if there is no memory or if the product
 * does not fit in a size_t. Without one of your own, the kit makes it from mm_malloc.
 */
void *mm_calloc(size_t count, size_t size);

/*
 * Your checker: true if everything that you know about your heap is true of it. LINE is where it was called from
 * (__LINE__), for messages of yours. It must cope with any damage: no crash, no endless loop.
 */
bool mm_checkheap(int line);

#endif
