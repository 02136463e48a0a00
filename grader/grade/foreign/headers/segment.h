// SPDX-License-Identifier: MIT
/*
 * segment.h - for heaplab replay: the heap of handouts whose allocator asks for whole pages.
 */
#ifndef SEGMENT_H
#define SEGMENT_H

#include "memlib.h"

#include <stddef.h>

#define PAGE_SIZE 4096

/* Adds PAGES pages to the heap and returns the first of them; NULL if there is no memory. */
__attribute__((unused)) static void *extend_heap_segment(int pages)
{
    void *start = mem_sbrk(pages * PAGE_SIZE);
    return start == (void *)-1 ? NULL : start;
}

/* The same for a heap that is empty. */
__attribute__((unused)) static void *init_heap_segment(int pages)
{
    return extend_heap_segment(pages);
}

__attribute__((unused)) static void *heap_segment_start(void)
{
    return mem_heap_lo();
}

__attribute__((unused)) static size_t heap_segment_size(void)
{
    return mem_heapsize();
}

#endif
