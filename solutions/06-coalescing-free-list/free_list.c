// SPDX-License-Identifier: MIT
/*
 * free_list.c - an allocator that splits blocks, merges them, and keeps the free ones on a list.
 *
 * Interface: free_list.h, which also draws the layout and states the rules that always hold.
 *
 * The allocator still has no variables of its own. Everything it knows is in the heap: the list at
 * its start, the size of each block at both ends, and links in the payloads of free blocks. The
 * size in a header leads to the next block, the size in a footer leads back to the start of its own
 * block. So a block that is freed finds both neighbours in one step.
 *
 * Rules of this file:
 *   - Pointer casts and header arithmetic stay in small functions at the top. The rest reads as
 *     prose.
 *   - Only mm_tag writes headers and footers. Only mm_insert and mm_remove write links.
 *   - Every block that becomes free, for whatever reason, goes through mm_coalesce. No other
 *     function merges a block or puts it on the list.
 */
#include "free_list.h"

#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*** Accessors ***/

struct free_list *mm_list(void)
{
    return mem_heap_lo();
}

struct header *mm_header(void *payload)
{
    return (struct header *)payload - 1;
}

void *mm_payload(struct header *block)
{
    return block + 1;
}

struct links *mm_links(struct header *block)
{
    return mm_payload(block);
}

/* The distance from the start of the heap up to POINTER, which may be any address. Below the heap
 * the difference wraps around to a huge number, so `offset_in_heap(p) < mem_heapsize()` holds
 * for addresses in the heap only. */
static size_t offset_in_heap(const void *pointer)
{
    return (uintptr_t)pointer - (uintptr_t)mem_heap_lo();
}

static bool in_heap(const void *pointer)
{
    return offset_in_heap(pointer) < mem_heapsize();
}

struct header *mm_first(void)
{
    void *first = mm_list() + 1;
    return in_heap(first) ? first : NULL;
}

struct header *mm_next(struct header *block)
{
    void *end = (char *)block + block->size;
    return in_heap(end) ? end : NULL;
}

/*** Both ends of a block ***/

size_t *mm_footer(struct header *block)
{
#ifdef SOLUTION
    void *end = (char *)block + block->size;
    return (size_t *)end - 1;
#else
    (void)block;
    return NULL;
#endif
}

struct header *mm_prev(struct header *block)
{
#ifdef SOLUTION
    if (block == mm_first())
        return NULL;
    const size_t *prev_footer = (size_t *)(void *)block - 1;
    void *prev = (char *)block - *prev_footer;
    return prev;
#else
    (void)block;
    return NULL;
#endif
}

void mm_tag(struct header *block, size_t size, enum mm_state state)
{
#ifdef SOLUTION
    *block = (struct header){.size = size, .state = state, .magic = MM_MAGIC};
    *mm_footer(block) = size;
#else
    (void)block;
    (void)size;
    (void)state;
#endif
}

#ifdef SOLUTION
/* The bytes that a block needs besides its payload. */
enum { OVERHEAD = sizeof(struct header) + sizeof(size_t) };

/* The largest payload whose block, rounded up, is not larger than INTPTR_MAX. */
static const size_t largest_payload = INTPTR_MAX - OVERHEAD - (MM_ALIGNMENT - 1);

static size_t round_up(size_t size)
{
    return (size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
}

#endif
size_t mm_block_size(size_t size)
{
#ifdef SOLUTION
    if (size > largest_payload)
        return 0;
    size_t bytes = round_up(OVERHEAD + size);
    return bytes < MM_MIN_BLOCK ? MM_MIN_BLOCK : bytes;
#else
    (void)size;
    return 0;
#endif
}

/*** The list ***/

bool mm_init(void)
{
#ifdef SOLUTION
    struct free_list *list = mem_sbrk(sizeof *list);
    if (list == MEM_SBRK_FAILED)
        return false;
    *list = (struct free_list){.policy = MM_FIRST_FIT};
    return true;
#else
    return false;
#endif
}

void mm_insert(struct header *block)
{
#ifdef SOLUTION
    struct free_list *list = mm_list();
    *mm_links(block) = (struct links){.next = list->first, .prev = NULL};
    if (list->first != NULL)
        mm_links(list->first)->prev = block;
    list->first = block;
    list->count++;
#else
    (void)block;
#endif
}

void mm_remove(struct header *block)
{
#ifdef SOLUTION
    struct free_list *list = mm_list();
    const struct links *links = mm_links(block);
    if (links->prev != NULL)
        mm_links(links->prev)->next = links->next;
    else
        list->first = links->next;
    if (links->next != NULL)
        mm_links(links->next)->prev = links->prev;
    if (list->rover == block)
        list->rover = links->next;
    list->count--;
#else
    (void)block;
#endif
}

/*** Merging and splitting ***/

#ifdef SOLUTION
/* BLOCK may be NULL: there is nothing to merge with beyond the ends of the heap. */
static bool is_free(const struct header *block)
{
    return block != NULL && block->state == MM_FREE;
}

#endif
struct header *mm_coalesce(struct header *block)
{
#ifdef SOLUTION
    struct header *prev = mm_prev(block);
    struct header *next = mm_next(block);
    size_t size = block->size;
    if (is_free(next)) {
        mm_remove(next);
        size += next->size;
    }
    if (is_free(prev)) {
        mm_remove(prev);
        size += prev->size;
        block = prev;
    }
    mm_tag(block, size, MM_FREE);
    mm_insert(block);
    return block;
#else
    (void)block;
    return NULL;
#endif
}

struct header *mm_split(struct header *block, size_t size)
{
#ifdef SOLUTION
    size_t remaining_bytes = block->size - size;
    if (remaining_bytes < MM_MIN_BLOCK)
        return NULL;
    mm_tag(block, size, MM_USED);
    struct header *remainder = mm_next(block);
    mm_tag(remainder, remaining_bytes, MM_FREE);
    return mm_coalesce(remainder);
#else
    (void)block;
    (void)size;
    return NULL;
#endif
}

/*** Choosing ***/

void mm_set_policy(enum mm_policy policy)
{
#ifdef SOLUTION
    mm_list()->policy = policy;
    mm_list()->rover = NULL;
#else
    (void)policy;
#endif
}

#ifdef SOLUTION
/* The first block with at least SIZE bytes from BLOCK on, which is on the list or NULL. NULL if
 * there is none. */
static struct header *first_fit(struct header *block, size_t size)
{
    while (block != NULL && block->size < size)
        block = mm_links(block)->next;
    return block;
}

static struct header *best_fit(size_t size)
{
    struct header *best = first_fit(mm_list()->first, size);
    for (struct header *block = best; block != NULL; block = mm_links(block)->next)
        if (block->size >= size && block->size < best->size)
            best = block;
    return best;
}

/* The second search also visits the blocks from the rover on again. None of them fits: the first
 * search would have found it. */
static struct header *next_fit(size_t size)
{
    struct free_list *list = mm_list();
    struct header *found = first_fit(list->rover, size);
    if (found == NULL)
        found = first_fit(list->first, size);
    if (found != NULL)
        list->rover = found;
    return found;
}

#endif
struct header *mm_find(size_t size)
{
#ifdef SOLUTION
    switch (mm_list()->policy) {
    case MM_BEST_FIT:
        return best_fit(size);
    case MM_NEXT_FIT:
        return next_fit(size);
    default:
        return first_fit(mm_list()->first, size);
    }
#else
    (void)size;
    return NULL;
#endif
}

struct header *mm_grow(size_t size)
{
#ifdef SOLUTION
    size_t bytes = size < MM_CHUNK ? MM_CHUNK : size;
    struct header *block = mem_sbrk((intptr_t)bytes);
    if (block == MEM_SBRK_FAILED)
        return NULL;
    mm_tag(block, bytes, MM_FREE);
    return mm_coalesce(block);
#else
    (void)size;
    return NULL;
#endif
}

/*** Allocating and freeing ***/

#ifdef SOLUTION
/* A free block with at least SIZE bytes, from the list or from new memory. If there is none,
 * returns NULL with errno ENOMEM. */
static struct header *find_or_grow(size_t size)
{
    struct header *block = mm_find(size);
    return block != NULL ? block : mm_grow(size);
}

#endif
void *mm_malloc(size_t size)
{
#ifdef SOLUTION
    if (size == 0)
        return NULL;
    size_t bytes = mm_block_size(size);
    if (bytes == 0) {
        errno = ENOMEM;
        return NULL;
    }
    struct header *block = find_or_grow(bytes);
    if (block == NULL)
        return NULL;
    mm_remove(block);
    mm_tag(block, block->size, MM_USED);
    mm_split(block, bytes);
    return mm_payload(block);
#else
    (void)size;
    return NULL;
#endif
}

#ifdef SOLUTION
static bool has_valid_state(const struct header *block)
{
    return block->state == MM_USED || block->state == MM_FREE;
}

/* Whether a payload starts at POINTER, an address in the heap. Reads only where a header can be. */
static bool starts_payload(void *pointer)
{
    size_t offset = offset_in_heap(pointer);
    if (offset < sizeof(struct free_list) + sizeof(struct header) || offset % MM_ALIGNMENT != 0)
        return false;
    const struct header *block = mm_header(pointer);
    return block->magic == MM_MAGIC && has_valid_state(block);
}

/* Frees BLOCK, which is used. It is marked free before it is merged: if its header remains inside a
 * larger block, it must not say that the block is in use. */
static void release(struct header *block)
{
    mm_tag(block, block->size, MM_FREE);
    mm_coalesce(block);
}

#endif
void mm_free(void *payload)
{
#ifdef SOLUTION
    if (payload == NULL)
        return;
    if (!in_heap(payload))
        mm_report(MM_WILD_POINTER, payload);
    else if (!starts_payload(payload))
        mm_report(MM_INTERIOR_POINTER, payload);
    else if (mm_header(payload)->state == MM_FREE)
        mm_report(MM_DOUBLE_FREE, payload);
    else
        release(mm_header(payload));
#else
    (void)payload;
#endif
}

/*** Checking ***/

#ifdef SOLUTION
/* What is wrong with BLOCK itself, wherever its neighbours are. BLOCK is an aligned address in the
 * heap. */
static enum mm_problem check_block(struct header *block)
{
    size_t room = mem_heapsize() - offset_in_heap(block);
    if (room < MM_MIN_BLOCK || block->magic != MM_MAGIC)
        return MM_BAD_MAGIC;
    if (!has_valid_state(block))
        return MM_BAD_STATE;
    if (block->size < MM_MIN_BLOCK || block->size % MM_ALIGNMENT != 0 || block->size > room)
        return MM_BAD_SIZE;
    return *mm_footer(block) == block->size ? MM_SOUND : MM_BAD_FOOTER;
}

/* Walks the heap and counts the free blocks into *FREE_BLOCKS. Takes a step only from a sound
 * block, so it never leaves the heap. */
static enum mm_problem check_blocks(size_t *free_blocks)
{
    const struct header *prev = NULL;
    *free_blocks = 0;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        enum mm_problem problem = check_block(block);
        if (problem != MM_SOUND)
            return problem;
        if (is_free(prev) && is_free(block))
            return MM_NOT_MERGED;
        *free_blocks += is_free(block);
        prev = block;
    }
    return MM_SOUND;
}

/* Whether a free block of the heap starts at POINTER, which may be any address. All blocks are
 * sound. */
static bool is_free_block(const struct header *pointer)
{
    struct header *block = mm_first();
    while (block != NULL && block != pointer)
        block = mm_next(block);
    return is_free(block);
}

/* Walks the list. All blocks are sound. A circle cannot go unnoticed: the block that closes it
 * would need two predecessors, and its prev names only one. */
static enum mm_problem check_list(size_t free_blocks)
{
    const struct free_list *list = mm_list();
    const struct header *prev = NULL;
    bool rover_is_listed = list->rover == NULL;
    size_t listed = 0;
    for (struct header *block = list->first; block != NULL; block = mm_links(block)->next) {
        if (!is_free_block(block) || mm_links(block)->prev != prev)
            return MM_BAD_LINK;
        rover_is_listed = rover_is_listed || block == list->rover;
        prev = block;
        listed++;
    }
    if (listed != free_blocks || listed != list->count)
        return MM_BAD_COUNT;
    return rover_is_listed ? MM_SOUND : MM_BAD_ROVER;
}

#endif
enum mm_problem mm_check(void)
{
#ifdef SOLUTION
    size_t free_blocks;
    enum mm_problem problem = check_blocks(&free_blocks);
    return problem != MM_SOUND ? problem : check_list(free_blocks);
#else
    return MM_SOUND;
#endif
}
