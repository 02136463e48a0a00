// SPDX-License-Identifier: MIT
/*
 * Another design: blocks join the list at its end, as in a queue, so that the block that was freed first is looked at
 * first. One search does for all policies, and the header of a block that is merged away is erased.
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

/* The distance from the start of the heap up to POINTER, which may be any address. Below the heap the difference wraps
 * around to a huge number, so `offset_in_heap(p) < mem_heapsize()` holds for addresses in the heap only. */
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
    void *end = (char *)block + block->size;
    return (size_t *)end - 1;
}

struct header *mm_prev(struct header *block)
{
    if (block == mm_first())
        return NULL;
    const size_t *footer_before = (size_t *)(void *)block - 1;
    void *before = (char *)block - *footer_before;
    return before;
}

void mm_tag(struct header *block, size_t size, enum mm_state state)
{
    *block = (struct header){.size = size, .state = state, .magic = MM_MAGIC};
    *mm_footer(block) = size;
}

/* What a block costs beyond its payload. */
enum { OVERHEAD = sizeof(struct header) + sizeof(size_t) };

/* The largest payload whose block is still no larger than INTPTR_MAX once it is rounded up. */
static const size_t largest_payload = INTPTR_MAX - OVERHEAD - (MM_ALIGNMENT - 1);

static size_t round_up(size_t size)
{
    return (size + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
}

size_t mm_block_size(size_t size)
{
    if (size > largest_payload)
        return 0;
    size_t bytes = round_up(OVERHEAD + size);
    return bytes < MM_MIN_BLOCK ? MM_MIN_BLOCK : bytes;
}

/*** The list ***/

bool mm_init(void)
{
    struct free_list *list = mem_sbrk(sizeof *list);
    if (list == MEM_SBRK_FAILED)
        return false;
    *list = (struct free_list){.policy = MM_FIRST_FIT};
    return true;
}

void mm_insert(struct header *block)
{
    struct header *last = mm_list()->first;
    while (last != NULL && mm_links(last)->next != NULL)
        last = mm_links(last)->next;
    *mm_links(block) = (struct links){.prev = last};
    if (last == NULL)
        mm_list()->first = block;
    else
        mm_links(last)->next = block;
    mm_list()->count += 1;
}

void mm_remove(struct header *block)
{
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
}

/*** Merging and splitting ***/

/* BLOCK may be NULL: beyond the ends of the heap there is nothing to merge with. */
static bool is_free(const struct header *block)
{
    return block != NULL && block->state == MM_FREE;
}

/* Makes one block of LEFT and RIGHT, which follows it. */
static void join(struct header *left, struct header *right)
{
    size_t size = left->size + right->size;
    *right = (struct header){0};
    mm_tag(left, size, MM_FREE);
}

struct header *mm_coalesce(struct header *block)
{
    struct header *before = mm_prev(block);
    if (is_free(before)) {
        mm_remove(before);
        join(before, block);
        block = before;
    }
    struct header *next = mm_next(block);
    if (is_free(next)) {
        mm_remove(next);
        join(block, next);
    }
    mm_insert(block);
    return block;
}

struct header *mm_split(struct header *block, size_t size)
{
    size_t rest_bytes = block->size - size;
    if (rest_bytes < MM_MIN_BLOCK)
        return NULL;
    mm_tag(block, size, MM_USED);
    struct header *rest = mm_next(block);
    mm_tag(rest, rest_bytes, MM_FREE);
    return mm_coalesce(rest);
}

/*** Choosing ***/

void mm_set_policy(enum mm_policy policy)
{
    mm_list()->policy = policy;
    mm_list()->rover = NULL;
}

/* Whether to take BLOCK rather than BEST, the best one so far. */
static bool is_better(const struct header *block, const struct header *best, size_t size)
{
    if (block->size < size)
        return false;
    return best == NULL || (mm_list()->policy == MM_BEST_FIT && block->size <= best->size);
}

struct header *mm_find(size_t size)
{
    struct free_list *list = mm_list();
    bool next_fit = list->policy == MM_NEXT_FIT;
    struct header *start = next_fit && list->rover != NULL ? list->rover : list->first, *best = NULL;
    struct header *block = start;
    for (size_t steps = list->count; steps > 0; steps--) {
        if (is_better(block, best, size))
            best = block;
        block = mm_links(block)->next != NULL ? mm_links(block)->next : list->first;
    }
    if (next_fit && best != NULL)
        list->rover = best;
    return best;
}

struct header *mm_grow(size_t size)
{
    size_t bytes = size < MM_CHUNK ? MM_CHUNK : size;
    struct header *block = mem_sbrk((intptr_t)bytes);
    if (block == MEM_SBRK_FAILED)
        return NULL;
    mm_tag(block, bytes, MM_FREE);
    return mm_coalesce(block);
}

/*** Allocating and freeing ***/

/* A block on the list of SIZE bytes or more, from the list or from new memory. NULL, with errno ENOMEM, if there is
 * none. */
static struct header *find_or_grow(size_t size)
{
    struct header *block = mm_find(size);
    return block != NULL ? block : mm_grow(size);
}

void *mm_malloc(size_t size)
{
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
}

/* Whether a payload starts at POINTER, an address in the heap. Reads memory only where a header can be. */
static bool starts_payload(void *pointer)
{
    size_t offset = offset_in_heap(pointer);
    return offset >= sizeof(struct free_list) + sizeof(struct header) && offset % MM_ALIGNMENT == 0 &&
           mm_header(pointer)->magic == MM_MAGIC;
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    struct header *block = mm_header(payload);
    if (!in_heap(payload)) {
        mm_report(MM_WILD_POINTER, payload);
    } else if (!starts_payload(payload)) {
        mm_report(MM_INTERIOR_POINTER, payload);
    } else if (block->state == MM_FREE) {
        mm_report(MM_DOUBLE_FREE, payload);
    } else {
        /* Marked free before merging: if its header remains inside a larger block, it must not say "used". */
        mm_tag(block, block->size, MM_FREE);
        mm_coalesce(block);
    }
}

/*** Checking ***/

/* What is wrong with BLOCK taken by itself. BLOCK is an aligned address in the heap. */
static enum mm_problem check_block(struct header *block)
{
    size_t room = mem_heapsize() - offset_in_heap(block);
    if (room < MM_MIN_BLOCK || block->magic != MM_MAGIC)
        return MM_BAD_MAGIC;
    if (block->state != MM_USED && block->state != MM_FREE)
        return MM_BAD_STATE;
    if (block->size < MM_MIN_BLOCK || block->size % MM_ALIGNMENT != 0 || block->size > room)
        return MM_BAD_SIZE;
    return *mm_footer(block) == block->size ? MM_SOUND : MM_BAD_FOOTER;
}

/* Goes along the heap, and counts the free blocks into *FREE_BLOCKS. Takes a step only from a sound block, so that it
 * never leaves the heap. */
static enum mm_problem check_blocks(size_t *free_blocks)
{
    const struct header *before = NULL;
    *free_blocks = 0;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        enum mm_problem problem = check_block(block);
        if (problem != MM_SOUND)
            return problem;
        if (is_free(before) && is_free(block))
            return MM_NOT_MERGED;
        *free_blocks += is_free(block);
        before = block;
    }
    return MM_SOUND;
}

/* Whether a free block of the heap starts at POINTER, which may be anything. All blocks are sound. */
static bool is_free_block(const struct header *pointer)
{
    struct header *block = mm_first();
    while (block != NULL && block != pointer)
        block = mm_next(block);
    return is_free(block);
}

/* Walks the list. All blocks are sound. A circle cannot go unnoticed: the block that closes it would need two
 * predecessors, and its prev names only one. */
static enum mm_problem check_list(size_t free_blocks)
{
    const struct free_list *list = mm_list();
    const struct header *before = NULL;
    bool rover_is_listed = list->rover == NULL;
    size_t listed = 0;
    for (struct header *block = list->first; block != NULL; block = mm_links(block)->next) {
        if (!is_free_block(block) || mm_links(block)->prev != before)
            return MM_BAD_LINK;
        rover_is_listed = rover_is_listed || block == list->rover;
        before = block;
        listed++;
    }
    if (listed != free_blocks || listed != list->count)
        return MM_BAD_COUNT;
    return rover_is_listed ? MM_SOUND : MM_BAD_ROVER;
}

enum mm_problem mm_check(void)
{
    size_t free_blocks;
    enum mm_problem problem = check_blocks(&free_blocks);
    return problem != MM_SOUND ? problem : check_list(free_blocks);
}
