// SPDX-License-Identifier: MIT
/*
 * brk.c - the simulated program break, and what the student's code reports (heaplab/break.h, labs/memlib.h).
 * The subject's up-calls and the tests' own calls end here; in direct mode the student's code calls in, too.
 */
#include "judge/judge.h"
#include "judge/lib/poison.h"
#include "memlib.h"

#include <string.h>
#include <sys/mman.h>

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static size_t heap_size;
static size_t size_limit = HEAP_BYTES;
static size_t calls;
static size_t refusals;
static size_t last_grow;
static unsigned resets;
static size_t refuse_at; /* 0: none; otherwise refuse when the count of calls reaches it */

static void (*when_grown)(const void *start, size_t n); /* NULL: nobody asks */

static unsigned report_count;
static int report_kind = -1;
static const void *report_pointer;

static bool refused(intptr_t increment)
{
    return calls == refuse_at || increment < 0 || (size_t)increment > size_limit - heap_size;
}

/* An increment of 0 asks where the break is: it is no growth, can't be refused and isn't counted. */
void *break_move(intptr_t increment)
{
    if (increment == 0)
        return (unsigned char *)HEAP_ADDRESS + heap_size;
    calls++;
    last_grow = (size_t)increment;
    if (refused(increment)) {
        refusals++;
        errno = ENOMEM;
        return NULL;
    }
    unsigned char *old = (unsigned char *)HEAP_ADDRESS + heap_size;
    if (heap_size == 0)
        poison(old, HEAP_BYTES);
    unpoison(old, (size_t)increment);
    memset(old, HEAP_JUNK_BYTE, (size_t)increment);
    heap_size += (size_t)increment;
    if (when_grown)
        when_grown(old, (size_t)increment);
    return old;
}

void break_watch(void (*grown)(const void *start, size_t n))
{
    when_grown = grown;
}

size_t break_bytes(void)
{
    return heap_size;
}

unsigned break_resets(void)
{
    return resets;
}

size_t break_calls(void)
{
    return calls;
}

size_t break_refusals(void)
{
    return refusals;
}

size_t break_last_grow(void)
{
    return last_grow;
}

void break_limit(size_t bytes)
{
    if (bytes > HEAP_BYTES)
        fault("break_limit(%zu) is above %zu", bytes, HEAP_BYTES);
    size_limit = bytes > heap_size ? bytes : heap_size; /* a student's heap may be larger than any test expects */
}

/* Above the break there are zeros (judge/uncounted.h). Shared memory gives its pages back; direct mode has none. */
void break_reset(void)
{
    size_t page = mem_pagesize();
    void *heap = (void *)HEAP_ADDRESS;
    if (madvise(heap, (heap_size + page - 1) / page * page, MADV_REMOVE) != 0)
        memset(heap, 0, heap_size);
    heap_size = 0;
    resets++;
}

void break_refuse(size_t k)
{
    refuse_at = k == 0 ? 0 : calls + k;
}

void report_note(int kind, const void *pointer)
{
    report_count++;
    report_kind = kind;
    report_pointer = pointer;
}

unsigned reports(void)
{
    return report_count;
}

int last_report(const void **where)
{
    if (where)
        *where = report_pointer;
    return report_kind;
}

/* --- labs/memlib.h, for tests and for direct mode --- */

void *mem_sbrk(intptr_t increment)
{
    void *old = break_move(increment);
    return old ? old : MEM_SBRK_FAILED;
}

void *mem_heap_lo(void)
{
    return (void *)HEAP_ADDRESS;
}

void *mem_heap_hi(void)
{
    return (unsigned char *)HEAP_ADDRESS + heap_size - 1;
}

size_t mem_heapsize(void)
{
    return heap_size;
}

size_t mem_pagesize(void)
{
    enum { PAGE = 4096 };
    return PAGE;
}

void mm_report(enum mm_misuse kind, const void *pointer)
{
    report_note((int)kind, pointer);
}
