// SPDX-License-Identifier: MIT
/*
 * memlib.h - the simulated system under the allocators of labs 05 to 08. The kit provides these functions.
 *
 * A real allocator gets its memory from the operating system, by moving the program break with sbrk. Here the
 * grader plays the operating system, with one heap that starts small and grows upwards:
 *
 *     mem_heap_lo()                        mem_heap_hi()
 *     |                                    |
 *     v                                    v
 *     +-----------------------------------+
 *     | heap: mem_heapsize() bytes        |  <- the program break is the byte after mem_heap_hi()
 *     +-----------------------------------+
 *
 * New memory holds junk, not zeros: a real heap promises nothing about it either.
 */
#ifndef MEMLIB_H
#define MEMLIB_H

#include <stddef.h>
#include <stdint.h>

/* What mem_sbrk answers when there is no more memory. Compare with this, not with NULL. */
#define MEM_SBRK_FAILED ((void *)-1)

/*
 * Moves the program break up by INCREMENT bytes (0 or more).
 * Returns the old break: the address of the first new byte. On failure (no more memory, or a negative increment) it
 * returns MEM_SBRK_FAILED, sets errno to ENOMEM, and the heap stays as it was.
 */
void *mem_sbrk(intptr_t increment);

/* The first byte of the heap; always a multiple of the page size. */
void *mem_heap_lo(void);

/* The last byte of the heap; one before mem_heap_lo() while the heap is empty. */
void *mem_heap_hi(void);

/* Bytes between the two, both included; 0 at the start. */
size_t mem_heapsize(void);

/* The system's page size in bytes. */
size_t mem_pagesize(void);

/* Ways in which a program can misuse its allocator. */
enum mm_misuse {
    MM_WILD_POINTER,     /* freed: a pointer that is not in the heap at all */
    MM_INTERIOR_POINTER, /* freed: a pointer into the heap, but not to the start of a payload */
    MM_DOUBLE_FREE,      /* freed: a block that is free already */
};

/*
 * Tells the kit that the program handed POINTER to the allocator by mistake. It returns, so the allocator
 * goes on; a real one would print a message and end the program.
 */
void mm_report(enum mm_misuse kind, const void *pointer);

#endif
