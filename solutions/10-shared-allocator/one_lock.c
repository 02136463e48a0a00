// SPDX-License-Identifier: MIT
/*
 * one_lock.c - one lock around everything: the first of three allocators that threads share.
 *
 * Interface: shared_alloc.h.
 *
 * Rules of this file:
 *   - The lock protects the pointer to the heap and everything in the heap. Nothing else is shared.
 *   - Each function locks once, and has one way out after that. A return in between would keep the
 *     lock.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <string.h>

#ifdef SOLUTION
static struct mutex lock;
static struct simple_heap *heap; /* NULL before the first call */

#endif
void *one_malloc(size_t size)
{
#ifdef SOLUTION
    void *block = NULL;
    mutex_lock(&lock);
    if (heap == NULL)
        heap = simple_create();
    if (heap != NULL)
        block = simple_malloc(heap, size);
    mutex_unlock(&lock);
    return block;
#else
    (void)size; /* write this */
    return NULL;
#endif
}

void one_free(void *block)
{
#ifdef SOLUTION
    if (block == NULL)
        return;
    mutex_lock(&lock);
    simple_free(heap, block);
    mutex_unlock(&lock);
#else
    (void)block; /* write this */
#endif
}

void *one_realloc(void *block, size_t size)
{
#ifdef SOLUTION
    if (block == NULL)
        return one_malloc(size);
    size_t old_bytes =
        size_class_bytes(size_class_of(block)); /* never changes while it is in use */
    if (size <= old_bytes)
        return block;
    void *new = one_malloc(size);
    if (new == NULL)
        return NULL;
    memcpy(new, block, old_bytes); /* both blocks are the caller's until one_free */
    one_free(block);
    return new;
#else
    (void)block; /* write this */
    (void)size;
    return NULL;
#endif
}

size_t one_in_use(void)
{
#ifdef SOLUTION
    mutex_lock(&lock);
    size_t count = heap != NULL ? heap->in_use : 0;
    mutex_unlock(&lock);
    return count;
#else
    return 0; /* write this */
#endif
}
