// SPDX-License-Identifier: MIT
/*
 * local_break.c - labs/memlib.h for an implementation under a student's tests (owntests.h).
 */
#include "memlib.h"
#include "subject/subject.h"
#include "wire/control.h"

#include <errno.h>
#include <string.h>

const bool asked_by_tests = true;

enum { JUNK_BYTE = 0xcb, PAGE = 4096 };

void *mem_sbrk(intptr_t increment)
{
    struct control *control = control_of(channel);
    if (increment < 0 || control->heap_size > control->heap_limit || control->heap_limit > HEAP_BYTES ||
        (size_t)increment > control->heap_limit - control->heap_size) {
        errno = ENOMEM;
        return MEM_SBRK_FAILED;
    }
    unsigned char *old = (unsigned char *)HEAP_ADDRESS + control->heap_size;
    memset(old, JUNK_BYTE, (size_t)increment);
    control->heap_size += (size_t)increment;
    return old;
}

void *mem_heap_lo(void)
{
    return (void *)HEAP_ADDRESS;
}

void *mem_heap_hi(void)
{
    return (unsigned char *)HEAP_ADDRESS + mem_heapsize() - 1;
}

size_t mem_heapsize(void)
{
    return control_of(channel)->heap_size;
}

size_t mem_pagesize(void)
{
    return PAGE;
}

void mm_report(enum mm_misuse kind, const void *pointer)
{
    struct control *control = control_of(channel);
    control->reports++;
    control->last_report = (int32_t)kind;
    control->last_pointer = (uint64_t)(uintptr_t)pointer;
}
