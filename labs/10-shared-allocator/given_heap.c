// SPDX-License-Identifier: MIT
/*
 * given_heap.c - an allocator that is correct as long as one thread at a time uses it
 * (given_heap.h).
 *
 * This file is not handed in: the kit compiles its own copy. Its loads and stores are watched like
 * yours, so a race that begins in your code may be seen here.
 */
#include "given_heap.h"

#include <stdint.h>

/* At the start of each page that was cut. As long as the strictest alignment. */
struct page {
    _Alignas(16) unsigned number; /* of the class */
};

/*** Sizes ***/

unsigned size_class(size_t size)
{
    unsigned number = 0;
    while (number < HEAP_CLASSES && size_class_bytes(number) < size)
        number++;
    return number;
}

size_t size_class_bytes(unsigned number)
{
    return (size_t)HEAP_SMALLEST << number;
}

unsigned size_class_of(const void *block)
{
    const struct page *page = (const void *)((uintptr_t)block / HEAP_PAGE_BYTES * HEAP_PAGE_BYTES);
    return page->number;
}

/*** One list ***/

void list_push(struct free_list *list, void *block)
{
    struct free_block *new = block;
    new->next = list->first;
    list->first = new;
    list->count++;
}

void *list_pop(struct free_list *list)
{
    struct free_block *block = list->first;
    if (block == NULL)
        return NULL;
    list->first = block->next;
    list->count--;
    return block;
}

void list_cut(struct free_list *list, unsigned number, void *page)
{
    struct page *header = page;
    size_t bytes = size_class_bytes(number);
    size_t count = (HEAP_PAGE_BYTES - sizeof *header) / bytes;
    header->number = number;
    for (size_t i = count; i > 0; i--)
        list_push(list, (char *)(header + 1) + (i - 1) * bytes);
}

/*** A whole heap ***/

struct simple_heap *simple_create(void)
{
    struct simple_heap *heap = system_page();
    if (heap == NULL)
        return NULL;
    heap->in_use = 0;
    for (unsigned i = 0; i < HEAP_CLASSES; i++) {
        heap->list[i].first = NULL;
        heap->list[i].count = 0;
    }
    return heap;
}

void *simple_malloc(struct simple_heap *heap, size_t size)
{
    unsigned number = size_class(size);
    if (number == HEAP_CLASSES)
        return NULL;
    struct free_list *list = &heap->list[number];
    if (list->first == NULL) {
        void *page = system_page();
        if (page == NULL)
            return NULL;
        list_cut(list, number, page);
    }
    heap->in_use++;
    return list_pop(list);
}

void simple_free(struct simple_heap *heap, void *block)
{
    list_push(&heap->list[size_class_of(block)], block);
    heap->in_use--;
}
