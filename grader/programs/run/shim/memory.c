// SPDX-License-Identifier: MIT
/*
 * memory.c - the student's heap in a real program: memlib.h over one large mapping (shim.h).
 *
 * Address space for the largest heap is reserved at the start, without any memory. The break climbs through it, and
 * memory is added in steps, so that a heap of a few kilobytes costs no more than that.
 */
#include "memlib.h"
#include "shim.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* Sizes to try; the first one that the system grants is used. */
static const size_t wanted[] = {(size_t)64 << 30, (size_t)8 << 30, (size_t)1 << 30, (size_t)128 << 20};

static unsigned char *heap;
static size_t room; /* bytes reserved */
static size_t used; /* bytes below the break */
static size_t committed;

bool memory_reserve(void)
{
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        unsigned char *start = region_reserve(wanted[i]);
        if (!start)
            continue;
        heap = start;
        room = wanted[i];
        if (books_reserve(room))
            return true;
        munmap(start, wanted[i]);
    }
    return false;
}

uint64_t memory_offset(const void *address)
{
    return address ? (uintptr_t)address - (uintptr_t)heap : RUN_NULL;
}

void *memory_address(uint64_t offset)
{
    return heap + offset;
}

size_t memory_bytes(void)
{
    return used;
}

/* --- memlib.h ------------------------------------------------------------------------------------------------------
 */

void *mem_sbrk(intptr_t increment)
{
    bool fits = increment >= 0 && (size_t)increment <= room - used;
    size_t after = used + (fits ? (size_t)increment : 0);
    if (!fits || !region_commit(heap, &committed, after) || !books_grow(after)) {
        errno = ENOMEM;
        return MEM_SBRK_FAILED;
    }
    unsigned char *old = heap + used;
    used = after;
    if (used > counts->peak_heap)
        counts->peak_heap = used;
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
    return (size_t)sysconf(_SC_PAGESIZE);
}
