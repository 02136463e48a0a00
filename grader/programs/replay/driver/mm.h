// SPDX-License-Identifier: MIT
/*
 * mm.h - for heaplab replay: the interface of newer handouts, where mm.c defines malloc, free, realloc and calloc, and
 * renames them to mm_malloc and so on under #ifdef DRIVER. Put beside such an mm.c, in place of the lab's mm.h. That
 * file is the only one, so this header may hold definitions.
 */
#ifndef MM_H
#define MM_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define DRIVER

extern bool mm_init(void);
extern void *mm_malloc(size_t size);
extern void mm_free(void *payload);
extern void *mm_realloc(void *payload, size_t size);
extern void *mm_calloc(size_t count, size_t size);
extern bool mm_checkheap(int line);

/* Names that these handouts give memcpy and memset where they touch the heap. */
static inline void *mem_memcpy(void *to, const void *from, size_t n)
{
    return memcpy(to, from, n);
}

static inline void *mem_memset(void *to, int byte, size_t n)
{
    return memset(to, byte, n);
}

#endif
