// SPDX-License-Identifier: MIT
/*
 * heaplab/break.h - the simulated program break (labs 05 to 08).
 *
 * In these labs the student's allocator gets its memory from mem_sbrk (labs/memlib.h), which the judge answers.
 * A test may call memlib.h's functions, too: mem_heap_lo, mem_heap_hi, mem_heapsize and mem_pagesize.
 * New memory is filled with junk (0xCB) the first time it is handed out, never with zeros.
 */
#ifndef HEAPLAB_BREAK_H
#define HEAPLAB_BREAK_H

#include <stddef.h>

size_t break_calls(void);     /* calls of mem_sbrk in this test, refused ones included; mem_sbrk(0) is none */
size_t break_refusals(void);  /* how many of these were refused */
size_t break_last_grow(void); /* bytes asked for by the most recent call of mem_sbrk */

/* Limits the heap to BYTES in all; beyond that, mem_sbrk returns (void *)-1 with errno ENOMEM. */
void break_limit(size_t bytes);

/* Takes the whole heap back: mem_heapsize() is 0 again, and what the student's code remembers is out of date. */
void break_reset(void);

/* Refuse the K-th call of mem_sbrk from now on, counted from 1, and only that one. 0: none. */
void break_refuse(size_t k);

/* What the student's code reported through mm_report (labs/memlib.h), in this test. */
unsigned reports(void);              /* how many */
int last_report(const void **where); /* the most recent kind; -1 if none. WHERE (may be NULL): its pointer */

#endif
