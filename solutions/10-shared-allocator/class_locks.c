// SPDX-License-Identifier: MIT
/*
 * class_locks.c - a lock for each class: the second of three allocators that threads share.
 *
 * Interface: shared_alloc.h.
 *
 * Rules of this file:
 *   - The lock of a class protects that class's list and its count. Nothing else is shared.
 *   - A thread that needs several locks takes them in the order of their classes, lowest first. So
 * no two threads ever wait for each other.
 *   - After unlocking, you no longer know anything about what the lock protects: look again.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <stdbool.h>
#include <string.h>

#ifdef SOLUTION
struct class
{
    struct mutex lock;
    struct free_list list;
    size_t in_use; /* blocks that were allocated and not freed yet */
};

static struct class classes[HEAP_CLASSES];

/*** One class ***/

/* Takes a block off the list of class NUMBER. If PAGE is not NULL, cuts it first, and does both
 * under one lock: between two locks, other threads could take all its blocks. */
static void *take(unsigned number, void *page)
{
    struct class *class = &classes[number];
    mutex_lock(&class->lock);
    if (page != NULL)
        list_cut(&class->list, number, page);
    void *block = list_pop(&class->list);
    if (block != NULL)
        class->in_use++;
    mutex_unlock(&class->lock);
    return block;
}

/*** All classes ***/

static void lock_all(void)
{
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        mutex_lock(&classes[i].lock);
}

static void unlock_all(void)
{
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        mutex_unlock(&classes[i].lock);
}

#endif
void *class_malloc(size_t size)
{
#ifdef SOLUTION
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    void *block = take(number, NULL);
    if (block == NULL)
        block = take(number, system_page()); /* cuts and takes under one lock */
    return block;
#else
    (void)size; /* write this */
    return NULL;
#endif
}

void class_free(void *block)
{
#ifdef SOLUTION
    if (block == NULL)
        return;
    struct class *class = &classes[size_class_of(block)];
    mutex_lock(&class->lock);
    list_push(&class->list, block);
    class->in_use--;
    mutex_unlock(&class->lock);
#else
    (void)block; /* write this */
#endif
}

void *class_realloc(void *block, size_t size)
{
#ifdef SOLUTION
    if (block == NULL)
        return class_malloc(size);
    size_t old_bytes = size_class_bytes(size_class_of(block));
    if (size <= old_bytes)
        return block;
    void *new = class_malloc(size);
    if (new == NULL)
        return NULL;
    memcpy(new, block, old_bytes);
    class_free(block);
    return new;
#else
    (void)block; /* write this */
    (void)size;
    return NULL;
#endif
}

size_t class_in_use(void)
{
#ifdef SOLUTION
    size_t count = 0;
    lock_all();
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        count += classes[i].in_use;
    unlock_all();
    return count;
#else
    return 0; /* write this */
#endif
}

void class_before_fork(void)
{
#ifdef SOLUTION
    lock_all();
#else
    /* write this */
    return;
#endif
}

void class_after_fork(void)
{
#ifdef SOLUTION
    unlock_all();
#else
    /* write this */
    return;
#endif
}
