// SPDX-License-Identifier: MIT
/*
 * memlib.c - labs/memlib.h for the bench of allocators: one mapping, which becomes memory page by page as it is
 * touched.
 *
 * sbrk gives the libraries' allocators the same, so new pages cost all allocators equally.
 */
#include "memlib.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/mman.h>

#define HEAP_LIMIT ((size_t)1 << 30)

static char *heap;
static size_t heap_bytes;

static bool is_mapped(void)
{
    if (heap)
        return true;
    const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *mapped = mmap(NULL, HEAP_LIMIT, PROT_READ | PROT_WRITE, flags, -1, 0);
    if (mapped != MAP_FAILED)
        heap = mapped;
    return heap != NULL;
}

void *mem_sbrk(intptr_t increment)
{
    if (!is_mapped() || increment < 0 || (size_t)increment > HEAP_LIMIT - heap_bytes) {
        errno = ENOMEM;
        return MEM_SBRK_FAILED;
    }
    char *old_break = heap + heap_bytes;
    heap_bytes += (size_t)increment;
    return old_break;
}

void *mem_heap_lo(void)
{
    return is_mapped() ? heap : NULL;
}

void *mem_heap_hi(void)
{
    return heap + heap_bytes - 1;
}

size_t mem_heapsize(void)
{
    return heap_bytes;
}

size_t mem_pagesize(void)
{
    enum { PAGE = 4096 };
    return PAGE;
}
