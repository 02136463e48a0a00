// SPDX-License-Identifier: MIT
/*
 * one_lock.c - the heap is looked for without the lock: its pointer is atomic, stored with release and loaded with
 * acquire. The count is an atomic variable of its own.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <stdatomic.h>
#include <string.h>

static struct mutex creation, lock;
static _Atomic(struct simple_heap *) heap;
static atomic_size_t in_use;

static struct simple_heap *the_heap(void)
{
    struct simple_heap *found = atomic_load_explicit(&heap, memory_order_acquire);
    if (found != NULL)
        return found;
    mutex_lock(&creation);
    found = atomic_load_explicit(&heap, memory_order_relaxed);
    if (found == NULL) {
        found = simple_create();
        atomic_store_explicit(&heap, found, memory_order_release);
    }
    mutex_unlock(&creation);
    return found;
}

void *one_malloc(size_t size)
{
    struct simple_heap *mine = the_heap();
    if (mine == NULL || size > HEAP_LARGEST)
        return NULL;
    mutex_lock(&lock);
    void *block = simple_malloc(mine, size);
    mutex_unlock(&lock);
    if (block != NULL)
        atomic_fetch_add_explicit(&in_use, 1, memory_order_relaxed);
    return block;
}

void one_free(void *block)
{
    if (block == NULL)
        return;
    mutex_lock(&lock);
    simple_free(the_heap(), block);
    mutex_unlock(&lock);
    atomic_fetch_sub_explicit(&in_use, 1, memory_order_relaxed);
}

void *one_realloc(void *block, size_t size)
{
    size_t old_bytes = block != NULL ? size_class_bytes(size_class_of(block)) : 0;
    if (block != NULL && size <= old_bytes)
        return block;
    void *new = one_malloc(size);
    if (new != NULL && block != NULL) {
        memcpy(new, block, old_bytes);
        one_free(block);
    }
    return new;
}

size_t one_in_use(void)
{
    return atomic_load(&in_use);
}
