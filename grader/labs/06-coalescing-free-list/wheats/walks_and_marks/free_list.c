// SPDX-License-Identifier: MIT
/*
 * Another design: links are kept and read as bytes, mm_free walks the heap to recognise a payload, mm_malloc cuts
 * blocks without mm_split, and mm_check starts with the list.
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
    struct free_list *list = mm_list();
    *mm_links(block) = (struct links){.next = list->first, .prev = NULL};
    if (list->first != NULL)
        mm_links(list->first)->prev = block;
    list->first = block;
    list->count++;
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

struct header *mm_coalesce(struct header *block)
{
    struct header *before = mm_prev(block);
    struct header *next = mm_next(block);
    size_t size = block->size;
    if (is_free(next)) {
        mm_remove(next);
        size += next->size;
    }
    if (is_free(before)) {
        mm_remove(before);
        size += before->size;
        block = before;
    }
    mm_tag(block, size, MM_FREE);
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

/* The first block of SIZE bytes or more from BLOCK on, which is on the list or NULL. NULL if there is none. */
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

/* The second search also passes the blocks from the rover on. It finds nothing there that the first has not. */
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

struct header *mm_find(size_t size)
{
    switch (mm_list()->policy) {
    case MM_BEST_FIT:
        return best_fit(size);
    case MM_NEXT_FIT:
        return next_fit(size);
    default:
        return first_fit(mm_list()->first, size);
    }
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
    size_t all = block->size;
    mm_remove(block);
    if (all - bytes >= MM_MIN_BLOCK) {
        struct header *rest = (struct header *)(void *)((char *)block + bytes);
        mm_tag(rest, all - bytes, MM_FREE);
        mm_insert(rest);
        all = bytes;
    }
    mm_tag(block, all, MM_USED);
    return mm_payload(block);
}

/* Finds the block whose payload is POINTER by going along the heap. NULL if there is none. */
static struct header *block_of(void *pointer)
{
    struct header *block = mm_first();
    while (block != NULL && mm_payload(block) != pointer)
        block = mm_next(block);
    return block;
}

void mm_free(void *payload)
{
    if (payload == NULL)
        return;
    struct header *block = block_of(payload);
    if (!in_heap(payload))
        mm_report(MM_WILD_POINTER, payload);
    else if (block == NULL)
        mm_report(MM_INTERIOR_POINTER, payload);
    else if (block->state == MM_FREE)
        mm_report(MM_DOUBLE_FREE, payload);
    else
        mm_coalesce(block);
}

/*** Checking ***/

/* Whether a block starts at POINTER. Walks the heap up to the first unsound block. */
static bool is_block(const struct header *pointer)
{
    struct header *block = mm_first();
    while (block != NULL && block != pointer) {
        size_t room = mem_heapsize() - offset_in_heap(block);
        if (room < MM_MIN_BLOCK || block->size < MM_MIN_BLOCK || block->size > room || block->size % MM_ALIGNMENT != 0)
            return false;
        block = mm_next(block);
    }
    return block != NULL;
}

static size_t free_blocks(void)
{
    size_t count = 0;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block))
        count += block->state == MM_FREE;
    return count;
}

static enum mm_problem check_blocks(void)
{
    bool was_free = false;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        size_t room = mem_heapsize() - offset_in_heap(block);
        if (room < sizeof *block)
            return MM_BAD_SIZE;
        if (block->size > room || block->size < MM_MIN_BLOCK || block->size % MM_ALIGNMENT != 0)
            return block->magic == MM_MAGIC ? MM_BAD_SIZE : MM_BAD_MAGIC;
        if (*mm_footer(block) != block->size)
            return MM_BAD_FOOTER;
        if (block->magic != MM_MAGIC)
            return MM_BAD_MAGIC;
        if (block->state != MM_FREE && block->state != MM_USED)
            return MM_BAD_STATE;
        if (was_free && block->state == MM_FREE)
            return MM_NOT_MERGED;
        was_free = block->state == MM_FREE;
    }
    return MM_SOUND;
}

/* Checks the list first, then the blocks. Counts down, so that it ends even if the list is a circle. */
enum mm_problem mm_check(void)
{
    const struct free_list *list = mm_list();
    struct header *before = NULL;
    bool rover = list->rover == NULL;
    size_t left = list->count;
    for (struct header *block = list->first; block != NULL; block = mm_links(block)->next) {
        if (left-- == 0)
            return MM_BAD_COUNT;
        if (!is_block(block)) {
            enum mm_problem problem = check_blocks();
            return problem != MM_SOUND ? problem : MM_BAD_LINK;
        }
        if (block->state == MM_USED || mm_links(block)->prev != before)
            return MM_BAD_LINK;
        rover |= list->rover == block;
        before = block;
    }
    enum mm_problem problem = check_blocks();
    if (problem != MM_SOUND)
        return problem;
    if (left > 0 || free_blocks() != list->count)
        return MM_BAD_COUNT;
    return rover ? MM_SOUND : MM_BAD_ROVER;
}
