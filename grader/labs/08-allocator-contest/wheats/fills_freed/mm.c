// SPDX-License-Identifier: MIT
/*
 * An allocator that makes mistakes in its callers easy to see: it fills the whole payload of a free block with a
 * pattern, so that whoever reads memory after freeing it reads nonsense. A merged block is filled anew, old headers
 * included. The pattern is no bookkeeping: nothing is ever read from it, and the checker does not look at it.
 *
 * Every block, used or free, has its size and state in a word at both ends; a search walks the heap from its start.
 *
 *     | 8 spare | header | payload | footer | header | payload | footer | ... | end: header of a used block of 0 bytes
 * |
 */
#include "mm.h"

#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "nonsense"};

typedef size_t word; /* bytes of the block, a multiple of 16, and IN_USE */

static const word pattern = 0xDEADBEEFFEEDFACE;

enum { IN_USE = 1, WORD = sizeof(word), LEAST = 32, STEP = 4096 };

/* Blocks are named by their headers. */
static word *first;

static size_t bytes_of(const word *block)
{
    return *block & ~(word)IN_USE;
}

static bool in_use(const word *block)
{
    return *block & IN_USE;
}

static word *after(word *block)
{
    return block + bytes_of(block) / WORD;
}

/* The footer of the block before BLOCK; the spare word before the first one is such a footer, too. */
static word *end_before(word *block)
{
    return block - 1;
}

static void tag(word *block, size_t bytes, word state)
{
    *block = bytes | state;
    *end_before(after(block)) = *block;
}

static size_t bytes_for(size_t size)
{
    size_t bytes = (size + 2 * WORD + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
    return bytes < LEAST ? LEAST : bytes;
}

bool mm_init(void)
{
    word *start = mem_sbrk(2 * WORD);
    if (start == MEM_SBRK_FAILED)
        return false;
    start[0] = IN_USE;
    start[1] = IN_USE;
    first = start + 1;
    return true;
}

static void fill(word *block)
{
    for (word *place = block + 1; place < end_before(after(block)); place++)
        *place = pattern;
}

/* Makes BLOCK free, merged with its free neighbours. Returns the merged block. */
static word *set_free(word *block)
{
    size_t bytes = bytes_of(block);
    if (!in_use(after(block)))
        bytes += bytes_of(after(block));
    word before = *end_before(block);
    if (!(before & IN_USE)) {
        bytes += before;
        block -= before / WORD;
    }
    tag(block, bytes, 0);
    fill(block);
    return block;
}

/* Makes a free block of at least BYTES at the end of the heap; NULL if there is no memory. */
static word *extend_heap(size_t bytes)
{
    word *block = mem_sbrk((intptr_t)bytes);
    if (block == MEM_SBRK_FAILED)
        return NULL;
    block--; /* the end's header becomes the new block's */
    *block = bytes | IN_USE;
    *after(block) = IN_USE;
    return set_free(block);
}

static void occupy(word *block, size_t bytes)
{
    size_t remainder = bytes_of(block) - bytes;
    if (remainder < LEAST) {
        tag(block, bytes_of(block), IN_USE);
        return;
    }
    tag(block, bytes, IN_USE);
    tag(after(block), remainder, IN_USE);
    set_free(after(block));
}

void *mm_malloc(size_t size)
{
    if (size > PTRDIFF_MAX / 2)
        return NULL;
    size_t bytes = bytes_for(size);
    word *block = first;
    while (bytes_of(block) != 0 && (in_use(block) || bytes_of(block) < bytes))
        block = after(block);
    if (bytes_of(block) == 0) {
        block = extend_heap(bytes < STEP ? STEP : bytes);
        if (block == NULL && bytes < STEP)
            block = extend_heap(bytes);
    }
    if (block == NULL)
        return NULL;
    occupy(block, bytes);
    return block + 1;
}

void mm_free(void *payload)
{
    if (payload != NULL)
        set_free((word *)payload - 1);
}

void *mm_realloc(void *payload, size_t size)
{
    if (payload == NULL || size == 0) {
        mm_free(payload);
        return size == 0 ? NULL : mm_malloc(size);
    }
    if (size > PTRDIFF_MAX / 2)
        return NULL;
    word *block = (word *)payload - 1;
    size_t bytes = bytes_for(size);
    if (!in_use(after(block)) && bytes_of(block) < bytes && bytes_of(block) + bytes_of(after(block)) >= bytes)
        tag(block, bytes_of(block) + bytes_of(after(block)), IN_USE);
    if (bytes_of(block) >= bytes) {
        occupy(block, bytes);
        return payload;
    }
    void *other = mm_malloc(size);
    if (other == NULL)
        return NULL;
    memcpy(other, payload, bytes_of(block) - 2 * WORD);
    set_free(block);
    return other;
}

bool mm_checkheap(int line)
{
    (void)line;
    word *end = (word *)(void *)((char *)mem_heap_hi() + 1) - 1;
    bool before_in_use = true;
    for (word *block = first; block != end; block = after(block)) {
        size_t room = (size_t)(end - block) * WORD;
        if (bytes_of(block) < LEAST || bytes_of(block) % MM_ALIGNMENT != 0 || bytes_of(block) > room)
            return false;
        if (*end_before(after(block)) != *block || (!in_use(block) && !before_in_use))
            return false;
        before_in_use = in_use(block);
    }
    return *end == IN_USE && *end_before(first) == IN_USE;
}
