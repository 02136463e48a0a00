// SPDX-License-Identifier: MIT
// the interface of 2020: bool mm_init, bool mm_checkheap(int), memory functions of the driver
#include "memlib.h"
#include "mm.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef DRIVER
#define malloc mm_malloc
#define free mm_free
#define realloc mm_realloc
#define calloc mm_calloc
#define memset mem_memset
#define memcpy mem_memcpy
#endif

static bool extend(void);

bool mm_init(void)
{
    return extend() && mm_checkheap(__LINE__);
}

static bool extend(void)
{
    return true;
}

bool mm_checkheap(int line)
{
    return line > 0;
}

void *malloc(size_t size)
{
    size_t *header = mem_sbrk((size + 31) & ~(size_t)15);
    if (header == (void *)-1)
        return NULL;
    *header = size;
    return (char *)header + 16;
}

void free(void *ptr)
{
    (void)ptr;
}

void *realloc(void *oldptr, size_t size)
{
    if (size == 0 || oldptr == NULL)
        return size == 0 ? NULL : malloc(size);
    size_t old = *(size_t *)((char *)oldptr - 16);
    void *moved = malloc(size);
    if (moved)
        memcpy(moved, oldptr, old < size ? old : size);
    return moved;
}

void *calloc(size_t nmemb, size_t size)
{
    void *ptr = malloc(nmemb * size);
    if (ptr)
        memset(ptr, 0, nmemb * size);
    return ptr;
}
