// SPDX-License-Identifier: MIT
/*
 * thread_caches.c - the shared lists have no lock: blocks are pushed with compare-and-exchange, and whoever needs some
 * takes the whole list with one exchange, keeps a batch and pushes the others again. As nobody ever takes a single
 * block off, no block can come back between a load and its exchange (ABA).
 */
#include "shared_alloc.h"

#include "given_heap.h"
#include "threads.h"

#include <stdatomic.h>

static _Atomic(struct free_block *) shared[HEAP_CLASSES];
static struct free_list caches[THREADS_MOST][HEAP_CLASSES];

/* Pushes the blocks from FIRST to LAST, which are linked. */
static void push_all(unsigned number, struct free_block *first, struct free_block *last)
{
    struct free_block *top = atomic_load_explicit(&shared[number], memory_order_relaxed);
    do
        last->next = top;
    while (!atomic_compare_exchange_strong_explicit(&shared[number], &top, first, memory_order_release,
                                                    memory_order_relaxed));
}

/* Moves up to MOST blocks of the list from FIRST on to CACHE. Returns the first one that is left. */
static struct free_block *keep(struct free_list *cache, struct free_block *first, size_t most)
{
    for (; first != NULL && most > 0; most--) {
        struct free_block *next = first->next;
        list_push(cache, first);
        first = next;
    }
    return first;
}

static void push_rest(unsigned number, struct free_block *first)
{
    struct free_block *last = first;
    if (first == NULL)
        return;
    while (last->next != NULL)
        last = last->next;
    push_all(number, first, last);
}

static void drain(struct free_list *cache, unsigned number, size_t most)
{
    for (size_t i = 0; i < most && cache->first != NULL; i++) {
        struct free_block *block = list_pop(cache);
        push_all(number, block, block);
    }
}

static void fill_from_system(struct free_list *cache, unsigned number)
{
    struct free_list fresh = {.first = NULL};
    void *page = system_page();
    if (page == NULL)
        return;
    list_cut(&fresh, number, page);
    push_rest(number, keep(cache, fresh.first, CACHE_BATCH));
}

void *cache_malloc(size_t size)
{
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    struct free_list *cache = &caches[thread_self()][number];
    if (cache->first == NULL) {
        struct free_block *all = atomic_exchange_explicit(&shared[number], NULL, memory_order_acquire);
        push_rest(number, keep(cache, all, CACHE_BATCH));
    }
    if (cache->first == NULL)
        fill_from_system(cache, number);
    return list_pop(cache);
}

void cache_free(void *block)
{
    if (block == NULL)
        return;
    unsigned number = size_class_of(block);
    struct free_list *cache = &caches[thread_self()][number];
    if (cache->count == CACHE_MOST)
        drain(cache, number, CACHE_BATCH);
    list_push(cache, block);
}

void cache_thread_end(void)
{
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        drain(&caches[thread_self()][i], i, CACHE_MOST);
}
