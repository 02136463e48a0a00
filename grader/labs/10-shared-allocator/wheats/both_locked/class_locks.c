// SPDX-License-Identifier: MIT
/*
 * class_locks.c - locks, lists and counts are arrays of their own, and a block that moves to another class moves while
 * both classes are locked, the lower one first.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <string.h>

static struct mutex locks[HEAP_CLASSES];
static struct free_list lists[HEAP_CLASSES];
static size_t counts[HEAP_CLASSES];

static void lock_from(unsigned first, unsigned end)
{
    for (unsigned i = first; i < end; i++)
        mutex_lock(&locks[i]);
}

/* The last one that was taken is the first one that is given back. */
static void unlock_from(unsigned first, unsigned end)
{
    for (unsigned i = end; i-- > first;)
        mutex_unlock(&locks[i]);
}

/* With the class locked. */
static void *take(unsigned number)
{
    void *block = list_pop(&lists[number]);
    counts[number] += block != NULL;
    return block;
}

static void put(unsigned number, void *block)
{
    list_push(&lists[number], block);
    counts[number]--;
}

/* Locks the class and sees to it that its list has a block, if there is memory. */
static void lock_with_block(unsigned number)
{
    mutex_lock(&locks[number]);
    if (lists[number].first != NULL)
        return;
    mutex_unlock(&locks[number]);
    void *page = system_page();
    mutex_lock(&locks[number]);
    if (page != NULL)
        list_cut(&lists[number], number, page);
}

void *class_malloc(size_t size)
{
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    lock_with_block(number);
    void *block = take(number);
    mutex_unlock(&locks[number]);
    return block;
}

void class_free(void *block)
{
    if (block == NULL)
        return;
    unsigned number = size_class_of(block);
    mutex_lock(&locks[number]);
    put(number, block);
    mutex_unlock(&locks[number]);
}

void *class_realloc(void *block, size_t size)
{
    unsigned number = size_class(size);
    if (block == NULL || number == HEAP_CLASSES)
        return block == NULL ? class_malloc(size) : NULL;
    unsigned old = size_class_of(block);
    if (number <= old)
        return block;
    void *new = class_malloc(size); /* the new class is the higher one: so the locks are not nested here */
    if (new == NULL)
        return NULL;
    memcpy(new, block, size_class_bytes(old));
    mutex_lock(&locks[old]);
    mutex_lock(&locks[number]);
    put(old, block);
    mutex_unlock(&locks[number]);
    mutex_unlock(&locks[old]);
    return new;
}

size_t class_in_use(void)
{
    size_t sum = 0;
    lock_from(0, HEAP_CLASSES);
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        sum += counts[i];
    unlock_from(0, HEAP_CLASSES);
    return sum;
}

void class_before_fork(void)
{
    lock_from(0, HEAP_CLASSES);
}

void class_after_fork(void)
{
    unlock_from(0, HEAP_CLASSES);
}
