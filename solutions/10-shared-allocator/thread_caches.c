// SPDX-License-Identifier: MIT
/*
 * thread_caches.c - a cache for each thread: the third of three allocators that threads share.
 *
 * Interface: shared_alloc.h.
 *
 * Rules of this file:
 *   - The lock of a class protects its shared list.
 *   - A cache is used by its own thread only, and needs no lock. So a block goes to the cache of
 * the thread that frees it, whichever thread allocated it.
 *   - No lock is held while the system is asked for a page.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <stdbool.h>

#ifdef SOLUTION
struct shared_list {
    struct mutex lock;
    struct free_list list;
};

static struct shared_list shared[HEAP_CLASSES];
static struct free_list caches[THREADS_MOST][HEAP_CLASSES];

/* Moves up to MOST blocks from one list to another. The caller sees to it that both may be used. */
static void move(struct free_list *to, struct free_list *from, size_t most)
{
    for (size_t i = 0; i < most && from->first != NULL; i++)
        list_push(to, list_pop(from));
}

/* Moves a batch from the shared list of class NUMBER to CACHE. If PAGE is not NULL, cuts it
 * first. */
static void fill(struct free_list *cache, unsigned number, void *page)
{
    mutex_lock(&shared[number].lock);
    if (page != NULL)
        list_cut(&shared[number].list, number, page);
    move(cache, &shared[number].list, CACHE_BATCH);
    mutex_unlock(&shared[number].lock);
}

/* Moves up to MOST blocks from CACHE to the shared list of class NUMBER. */
static void drain(struct free_list *cache, unsigned number, size_t most)
{
    mutex_lock(&shared[number].lock);
    move(&shared[number].list, cache, most);
    mutex_unlock(&shared[number].lock);
}

#endif
void *cache_malloc(size_t size)
{
#ifdef SOLUTION
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    struct free_list *cache = &caches[thread_self()][number];
    if (cache->first == NULL)
        fill(cache, number, NULL);
    if (cache->first == NULL)
        fill(cache, number, system_page());
    return list_pop(cache);
#else
    (void)size; /* write this */
    return NULL;
#endif
}

void cache_free(void *block)
{
#ifdef SOLUTION
    if (block == NULL)
        return;
    unsigned number = size_class_of(block);
    struct free_list *cache = &caches[thread_self()][number];
    if (cache->count == CACHE_MOST)
        drain(cache, number, CACHE_BATCH);
    list_push(cache, block);
#else
    (void)block; /* write this */
#endif
}

void cache_thread_end(void)
{
#ifdef SOLUTION
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        drain(&caches[thread_self()][i], i, CACHE_MOST);
#else
    /* write this */
    return;
#endif
}
