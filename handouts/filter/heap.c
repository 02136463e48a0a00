// SPDX-License-Identifier: MIT
/*
 * heap.c - the simulated heap for a handout's program that uses an allocator of labs 05 to 08. It
 * is mapped before main starts, at the same address as in a grade, and linked with judge/lib/brk.c.
 */
#include "judge/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

void fault(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    exit(EXIT_FAILURE);
}

__attribute__((constructor)) static void map_heap(void)
{
    void *wanted = (void *)HEAP_ADDRESS;
    void *mapped = mmap(wanted, HEAP_BYTES, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (mapped != wanted)
        fault("cannot map the heap\n");
}
