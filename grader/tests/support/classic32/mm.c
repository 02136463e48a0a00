// SPDX-License-Identifier: MIT
/*
 * mm.c - for journeys/bits32.sh: an allocator as the classic handout asks for it, which is right only where a pointer
 * fits in a word of 4 bytes.
 *
 * Every block has a header and a footer of 4 bytes: its size, a multiple of 8, and whether it is in use. The first two
 * words of a free block's payload are addresses: of the next free block and of the one before.
 *
 * -DOVERLAPS leaves each block that it gives in the list of free ones.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "memlib.h"
#include "mm.h"

typedef char a_pointer_fits_in_a_word[sizeof(void *) == 4 ? 1 : -1];

team_t team = {"classic", "A. Student", "a@b.c", "", ""};

#define WSIZE 4
#define CHUNK 4096
#define LEAST 16

#define GET(p) (*(unsigned int *)(p))
#define PUT(p, value) (*(unsigned int *)(p) = (unsigned int)(value))
#define HEADER(bp) ((char *)(bp)-WSIZE)
#define SIZE(bp) (GET(HEADER(bp)) & ~7u)
#define USED(bp) (GET(HEADER(bp)) & 1u)
#define NEXT(bp) ((char *)(bp) + SIZE(bp))
#define PREVIOUS(bp) ((char *)(bp) - (GET((char *)(bp)-2 * WSIZE) & ~7u))
#define NEXT_FREE(bp) (*(unsigned int *)(bp))
#define PREVIOUS_FREE(bp) (*((unsigned int *)(bp) + 1))

static unsigned int first_free; /* an address */

static void mark(char *bp, size_t size, unsigned int used)
{
    PUT(bp - WSIZE, size | used);
    PUT(bp + size - 2 * WSIZE, size | used);
}

static void insert(char *bp)
{
    NEXT_FREE(bp) = first_free;
    PREVIOUS_FREE(bp) = 0;
    if (first_free)
        PREVIOUS_FREE((char *)first_free) = (unsigned int)bp;
    first_free = (unsigned int)bp;
}

static void take_out(char *bp)
{
    if (PREVIOUS_FREE(bp))
        NEXT_FREE((char *)PREVIOUS_FREE(bp)) = NEXT_FREE(bp);
    else
        first_free = NEXT_FREE(bp);
    if (NEXT_FREE(bp))
        PREVIOUS_FREE((char *)NEXT_FREE(bp)) = PREVIOUS_FREE(bp);
}

/* BP, in no list, becomes free together with its free neighbours. */
static char *release(char *bp)
{
    size_t size = SIZE(bp);
    char *next = NEXT(bp);
    if (!USED(next)) {
        take_out(next);
        size += SIZE(next);
    }
    if (!(GET(bp - 2 * WSIZE) & 1u)) {
        bp = PREVIOUS(bp);
        take_out(bp);
        size += SIZE(bp);
    }
    mark(bp, size, 0);
    insert(bp);
    return bp;
}

static char *extend(size_t bytes)
{
    char *bp = mem_sbrk((int)bytes);
    if (bp == (void *)-1)
        return NULL;
    mark(bp, bytes, 0);
    PUT(HEADER(NEXT(bp)), 1);
    return release(bp);
}

int mm_init(void)
{
    char *start = mem_sbrk(4 * WSIZE);
    first_free = 0;
    if (start == (void *)-1)
        return -1;
    PUT(start, 0);
    PUT(start + WSIZE, 8 | 1);
    PUT(start + 2 * WSIZE, 8 | 1);
    PUT(start + 3 * WSIZE, 1);
    return extend(CHUNK) ? 0 : -1;
}

static size_t block_size(size_t size)
{
    size_t whole = (size + 2 * WSIZE + 7) / 8 * 8;
    return whole < LEAST ? LEAST : whole;
}

void *mm_malloc(size_t size)
{
    size_t whole = block_size(size);
    char *bp = (char *)first_free;
    if (size == 0)
        return NULL;
    while (bp && SIZE(bp) < whole)
        bp = (char *)NEXT_FREE(bp);
    if (!bp && !(bp = extend(whole > CHUNK ? whole : CHUNK)))
        return NULL;
#ifdef OVERLAPS
    return bp;
#endif
    size_t has = SIZE(bp);
    take_out(bp);
    mark(bp, has - whole < LEAST ? has : whole, 1);
    if (has - whole >= LEAST) {
        mark(NEXT(bp), has - whole, 1);
        release(NEXT(bp));
    }
    return bp;
}

void mm_free(void *bp)
{
    if (bp)
        release(bp);
}

void *mm_realloc(void *bp, size_t size)
{
    void *moved = mm_malloc(size);
    if (moved && bp) {
        size_t old = SIZE(bp) - 2 * WSIZE;
        memcpy(moved, bp, old < size ? old : size);
    }
    if (moved || size == 0)
        mm_free(bp);
    return moved;
}
