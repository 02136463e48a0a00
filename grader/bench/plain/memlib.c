// SPDX-License-Identifier: MIT
/*
 * memlib.c - labs/memlib.h for the plain driver: one array, as courses' drivers have it.
 */
#include "memlib.h"

enum { HEAP_BYTES = 60 << 20, PAGE = 4096, ALIGNED_TO = 16 };

static _Alignas(ALIGNED_TO) char heap[HEAP_BYTES];
static size_t used;

void plain_reset(void);

void plain_reset(void)
{
    used = 0;
}

void *mem_sbrk(intptr_t increment)
{
    if (increment < 0 || (size_t)increment > HEAP_BYTES - used)
        return MEM_SBRK_FAILED;
    char *old = heap + used;
    used += (size_t)increment;
    return old;
}

void *mem_heap_lo(void)
{
    return heap;
}

void *mem_heap_hi(void)
{
    return heap + used - 1;
}

size_t mem_heapsize(void)
{
    return used;
}

size_t mem_pagesize(void)
{
    return PAGE;
}
