// SPDX-License-Identifier: MIT
/*
 * memlib.h - the simulated system under the allocators of labs 05 to 08. The kit provides these
 * functions.
 *
 * A real allocator gets its memory from the operating system, by moving the program break with
 * sbrk. Here the grader plays the operating system, with one heap that starts empty and grows
 * upwards:
 *
 *     mem_heap_lo()                        mem_heap_hi()
 *     |                                    |
 *     v                                    v
 *     +-----------------------------------+
 *     | heap: mem_heapsize() bytes        |  <- the program break: mem_heap_hi() + 1
 *     +-----------------------------------+
 *
 * New memory holds junk, not zeros: a real heap promises nothing about it, either.
 */
#ifndef MEMLIB_H
#define MEMLIB_H

#include <stddef.h>
#include <stdint.h>

/* What mem_sbrk returns when there is no more memory. Compare with this, not with NULL. */
#define MEM_SBRK_FAILED ((void *)-1)

/*
 * Moves the program break up by INCREMENT bytes (0 or more) and returns the old break, which is
 * the address of the first new byte. On failure (no more memory, or a negative increment) returns
 * MEM_SBRK_FAILED with errno ENOMEM and leaves the heap as it was.
 */
void *mem_sbrk(intptr_t increment);

/* Returns the address of the first byte of the heap, always a multiple of the page size. */
void *mem_heap_lo(void);

/* Returns the address of the last byte of the heap. If the heap is empty, that is one below
 * mem_heap_lo(). */
void *mem_heap_hi(void);

/* Returns the number of bytes from mem_heap_lo() to mem_heap_hi(), both included; 0 at first. */
size_t mem_heapsize(void);

/* Returns the page size of the system in bytes. */
size_t mem_pagesize(void);

/* Ways in which a program can misuse its allocator. */
enum mm_misuse {
    MM_WILD_POINTER,     /* freed: a pointer that is not in the heap at all */
    MM_INTERIOR_POINTER, /* freed: a pointer into the heap, but not to the start of a payload */
    MM_DOUBLE_FREE,      /* freed: a block that is already free */
};

/*
 * Tells the kit that the program passed the bad pointer POINTER to the allocator. It returns, so
 * the allocator goes on. A real one would print a message and end the program.
 */
void mm_report(enum mm_misuse kind, const void *pointer);

#endif
