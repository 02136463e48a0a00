// SPDX-License-Identifier: MIT
/*
 * memory.c - the student's heap in a real program: memlib.h over one large mapping (shim.h).
 *
 * Address space for the largest heap is reserved at the start, without memory behind it. The break climbs through it,
 * and memory follows in steps, so that a heap of a few kilobytes costs no more than that.
 */
#include "memlib.h"
#include "shim.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

/* The first of these that the system grants. */
static const size_t wanted[] = {(size_t)64 << 30, (size_t)8 << 30, (size_t)1 << 30, (size_t)128 << 20};

static unsigned char *heap;
static size_t room; /* bytes reserved */
static size_t used; /* bytes below the break */
static size_t committed;

bool memory_commit(unsigned char *start, size_t *done, size_t bytes)
{
    enum { STEP = 1 << 20 };
    if (bytes <= *done)
        return true;
    size_t end = (bytes + STEP - 1) / STEP * STEP;
    if (mprotect(start + *done, end - *done, PROT_READ | PROT_WRITE) != 0)
        return false;
    *done = end;
    return true;
}

bool memory_reserve(void)
{
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        void *start = mmap(NULL, wanted[i], PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
        if (start == MAP_FAILED)
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
    if (!fits || !memory_commit(heap, &committed, after) || !books_grow(after)) {
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

/* The shim lets no wrong pointer through to mm_free, so a report is about a block that is live. */
void mm_report(enum mm_misuse kind, const void *pointer)
{
    (void)kind;
    page_tell_and_end((struct run_trouble){.kind = TROUBLE_REPORT, .result = memory_offset(pointer)});
}
