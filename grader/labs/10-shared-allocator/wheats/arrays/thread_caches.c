// SPDX-License-Identifier: MIT
/*
 * thread_caches.c - a cache is an array of blocks, used as a stack. A new page belongs to its thread until what that
 * does not keep has been put on the shared list. One lock protects all shared lists.
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

struct cache {
    void *block[CACHE_MOST];
    unsigned count;
};

static struct cache caches[THREADS_MOST][HEAP_CLASSES];
static struct free_list shared[HEAP_CLASSES];
static struct mutex lock;

static void keep(struct cache *cache, struct free_list *from, unsigned most)
{
    while (from->first != NULL && cache->count < most)
        cache->block[cache->count++] = list_pop(from);
}

static void give(struct cache *cache, unsigned number, unsigned most)
{
    mutex_lock(&lock);
    for (; most > 0 && cache->count > 0; most--)
        list_push(&shared[number], cache->block[--cache->count]);
    mutex_unlock(&lock);
}

static void fill(struct cache *cache, unsigned number)
{
    mutex_lock(&lock);
    keep(cache, &shared[number], CACHE_BATCH);
    mutex_unlock(&lock);
}

static void fill_from_system(struct cache *cache, unsigned number)
{
    struct free_list fresh = {0};
    void *page = system_page();
    if (page == NULL) {
        fill(cache, number);
        return;
    }
    list_cut(&fresh, number, page);
    keep(cache, &fresh, CACHE_BATCH);
    mutex_lock(&lock);
    while (fresh.first != NULL)
        list_push(&shared[number], list_pop(&fresh));
    mutex_unlock(&lock);
}

void *cache_malloc(size_t size)
{
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    struct cache *cache = &caches[thread_self()][number];
    if (cache->count == 0)
        fill(cache, number);
    if (cache->count == 0)
        fill_from_system(cache, number);
    return cache->count > 0 ? cache->block[--cache->count] : NULL;
}

void cache_free(void *block)
{
    if (block == NULL)
        return;
    unsigned number = size_class_of(block);
    struct cache *cache = &caches[thread_self()][number];
    if (cache->count == CACHE_MOST)
        give(cache, number, CACHE_BATCH);
    cache->block[cache->count++] = block;
}

void cache_thread_end(void)
{
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        give(&caches[thread_self()][i], i, CACHE_MOST);
}
