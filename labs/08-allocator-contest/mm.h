// SPDX-License-Identifier: MIT
/*
 * mm.h - the contract of lab 08: a complete allocator, of any design.
 *
 * All memory comes from mem_sbrk (memlib.h). Static variables are allowed; their bytes count as
 * heap. Every payload starts at a multiple of MM_ALIGNMENT, lies in the heap with all its bytes,
 * and shares no byte with another block in use.
 *
 * No call may change the contents of a block in use. mm_realloc may move the block it is given, but
 * keeps its contents.
 *
 * Your code may be GNU C. Of the C library it may call functions that compute, search, sort or
 * print, and also exit and abort, but calling those fails the test. It may not call functions that
 * take memory (malloc, strdup, mmap) or open files.
 *
 * The score also counts how little memory the heap takes and how few instructions each call takes.
 */
#ifndef MM_H
#define MM_H

#include <stdbool.h>
#include <stddef.h>

enum { MM_ALIGNMENT = 16 };

/* Your entry on the leaderboard. Members may be NULL or "". */
typedef struct {
    const char *teamname; /* an alias; everybody can see it */
    const char *name1;
    const char *id1;
    const char *name2;
    const char *id2;
} team_t;

extern team_t team;

/*
 * Makes the allocator ready, with no block in use. It is called before any other function, and
 * again whenever the system has taken back the whole heap (mem_heapsize() is 0 then): nothing may
 * be left from before. Returns false if there is no memory.
 */
bool mm_init(void);

/*
 * Returns a block of at least SIZE bytes, for the caller to free. Its contents are undefined. SIZE
 * 0 gives NULL or a pointer that can be freed. Returns NULL if there is no memory, or if SIZE is
 * too large for any heap.
 */
void *mm_malloc(size_t size);

/*
 * Frees PAYLOAD, a block in use that mm_malloc, mm_realloc or mm_calloc returned. Does nothing if
 * PAYLOAD is NULL.
 */
void mm_free(void *payload);

/*
 * Returns a block of at least SIZE bytes that starts with the bytes of the old block, as many as
 * fit in both, and frees PAYLOAD unless the block stays in place. If PAYLOAD is NULL, it does what
 * mm_malloc does. If SIZE is 0, it does what mm_free does, and returns NULL.
 *
 * Returns NULL if there is no memory. PAYLOAD is then unchanged and still in use.
 */
void *mm_realloc(void *payload, size_t size);

/*
 * Optional. Returns a block for COUNT members of SIZE bytes each, all zero. Returns NULL if there
 * is no memory, or if COUNT * SIZE does not fit in a size_t. If you leave it out, the kit makes one
 * from your mm_malloc.
 */
void *mm_calloc(size_t count, size_t size);

/*
 * Your checker. Returns true if everything that should hold for your heap does, and false if not.
 * If mm_free merges a block with its free neighbours, two free blocks that touch are damage, too.
 * LINE is the line of the call (__LINE__), for messages of your own.
 *
 * It leaves the heap as it was. It must survive any damage to the heap: no crash, no endless loop.
 */
bool mm_checkheap(int line);

#endif
