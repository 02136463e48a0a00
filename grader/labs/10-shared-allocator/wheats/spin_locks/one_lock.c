// SPDX-License-Identifier: MIT
/*
 * one_lock.c - the lock is an atomic flag of its own: whoever changes it from false to true has it.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>

static atomic_bool taken;
static struct simple_heap *heap;

static void lock(void)
{
    while (atomic_exchange_explicit(&taken, true, memory_order_acquire))
        continue;
}

static void unlock(void)
{
    atomic_store_explicit(&taken, false, memory_order_release);
}

void *one_malloc(size_t size)
{
    lock();
    if (heap == NULL)
        heap = simple_create();
    void *block = heap != NULL ? simple_malloc(heap, size) : NULL;
    unlock();
    return block;
}

void one_free(void *block)
{
    if (block == NULL)
        return;
    lock();
    simple_free(heap, block);
    unlock();
}

/* Everything under one lock, as the functions of the heap need it. */
void *one_realloc(void *block, size_t size)
{
    if (block == NULL)
        return one_malloc(size);
    size_t bytes = size_class_bytes(size_class_of(block));
    if (size <= bytes)
        return block;
    lock();
    void *new = simple_malloc(heap, size);
    if (new != NULL) {
        memcpy(new, block, bytes);
        simple_free(heap, block);
    }
    unlock();
    return new;
}

size_t one_in_use(void)
{
    lock();
    size_t count = heap != NULL ? heap->in_use : 0;
    unlock();
    return count;
}
