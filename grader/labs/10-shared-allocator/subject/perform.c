// SPDX-License-Identifier: MIT
/*
 * perform.c - makes the calls of lab 10's threads, and plays the system that they get pages from (given_heap.h).
 */
#include "perform.h"

#include "given_heap.h"
#include "memlib.h"
#include "shared_alloc.h"

struct member {
    struct member *next;
};

/* The crowd of blocks: all of them but the one that the judge knows. */
static struct member *others;
static size_t other_count;

/* In direct mode a call by name goes through the linker's --wrap, which is for tests. These names bypass it; they are
 * NULL where nothing is wrapped. */
#define UNWRAPPED(r, name, parameters)                                                                                 \
    r __real_##name parameters __attribute__((weak));                                                                  \
    static r(*the_##name(void)) parameters                                                                             \
    {                                                                                                                  \
        return __real_##name ? __real_##name : (name);                                                                 \
    }

UNWRAPPED(void *, one_malloc, (size_t size))
UNWRAPPED(void, one_free, (void *block))
UNWRAPPED(void *, one_realloc, (void *block, size_t size))
UNWRAPPED(size_t, one_in_use, (void))
UNWRAPPED(void *, class_malloc, (size_t size))
UNWRAPPED(void, class_free, (void *block))
UNWRAPPED(void *, class_realloc, (void *block, size_t size))
UNWRAPPED(size_t, class_in_use, (void))
UNWRAPPED(void, class_before_fork, (void))
UNWRAPPED(void, class_after_fork, (void))
UNWRAPPED(void *, cache_malloc, (size_t size))
UNWRAPPED(void, cache_free, (void *block))
UNWRAPPED(void, cache_thread_end, (void))

static uint64_t word_of(const void *pointer)
{
    return (uint64_t)(uintptr_t)pointer;
}

static uint64_t perform_one(const struct thread_call *call)
{
    switch (call->action) {
    case THREAD_MALLOC:
        return word_of(the_one_malloc()(call->size));
    case THREAD_FREE:
        the_one_free()(call->block);
        return 0;
    case THREAD_REALLOC:
        return word_of(the_one_realloc()(call->block, call->size));
    default:
        return the_one_in_use()();
    }
}

static uint64_t perform_class(const struct thread_call *call)
{
    switch (call->action) {
    case THREAD_MALLOC:
        return word_of(the_class_malloc()(call->size));
    case THREAD_FREE:
        the_class_free()(call->block);
        return 0;
    case THREAD_REALLOC:
        return word_of(the_class_realloc()(call->block, call->size));
    case THREAD_BEFORE_FORK:
        the_class_before_fork()();
        return 0;
    case THREAD_AFTER_FORK:
        the_class_after_fork()();
        return 0;
    default:
        return the_class_in_use()();
    }
}

/* --- many blocks --- */

static void free_others(void (*free_one)(void *block))
{
    while (others) {
        struct member *next = others->next;
        free_one(others);
        others = next;
        other_count--;
    }
}

/* Allocates COUNT of them. */
static void malloc_others(void *(*malloc_one)(size_t size), size_t size, size_t count)
{
    others = NULL;
    for (other_count = 0; other_count < count; other_count++) {
        struct member *new = malloc_one(size);
        if (!new)
            return;
        new->next = others;
        others = new;
    }
}

static uint64_t perform_crowd(const struct thread_call *call)
{
    if (call->action == THREAD_MALLOC)
        malloc_others(the_class_malloc(), call->size, CROWD - 1);
    if (call->action == THREAD_FREE)
        free_others(the_class_free());
    uint64_t result = perform_class(call);
    return call->action == THREAD_COUNT ? result - other_count : result;
}

static uint64_t perform_cache(const struct thread_call *call)
{
    switch (call->action) {
    case THREAD_MALLOC:
        return word_of(the_cache_malloc()(call->size));
    case THREAD_FREE:
        the_cache_free()(call->block);
        return 0;
    default:
        the_cache_thread_end()();
        return 0;
    }
}

static uint64_t perform_cache_crowd(const struct thread_call *call)
{
    if (call->action == THREAD_MALLOC)
        malloc_others(the_cache_malloc(), call->size, SMALL_CROWD - 1);
    if (call->action == THREAD_FREE)
        free_others(the_cache_free());
    return perform_cache(call);
}

uint64_t threads_perform(const struct thread_call *call)
{
    switch (call->allocator) {
    case ONE_LOCK:
        return perform_one(call);
    case CLASS_LOCKS:
        return perform_class(call);
    case CLASS_CROWD:
        return perform_crowd(call);
    case CACHE_CROWD:
        return perform_cache_crowd(call);
    default:
        return perform_cache(call);
    }
}

void *system_page(void)
{
    threads_system_call();
    void *page = mem_sbrk(HEAP_PAGE_BYTES);
    return page != MEM_SBRK_FAILED ? page : NULL;
}
