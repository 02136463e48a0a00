// SPDX-License-Identifier: MIT
/*
 * workload.h - a long sequence of calls in which every result and every byte is checked (workload.c).
 */
#ifndef WORKLOAD_H
#define WORKLOAD_H

#include <stddef.h>

/* Fails unless BLOCK is aligned and lies in the heap with all its SIZE bytes. CALL says what returned it. */
void expect_sound(const void *block, size_t size, const char *call);

/* Byte I of the pattern of MARK. */
unsigned char mark_at(size_t i, unsigned char mark);

/* Fills the SIZE bytes at BLOCK with the pattern of MARK. */
void write_mark(void *block, size_t size, unsigned char mark);

/* Fails unless the N bytes at BLOCK are the first N of the pattern of MARK. */
void expect_mark(const void *block, size_t n, unsigned char mark, const char *sentence);

/*
 * Makes 160 calls of mm_malloc, mm_calloc, mm_realloc and mm_free on a heap that mm_init has just made; they are the
 * same each time. The K-th call of mem_sbrk from now on is refused (0: none). After every call, all blocks in use are
 * checked, and mm_checkheap must accept the heap. Only a call in which mem_sbrk refused may return NULL.
 */
void run_workload(size_t k);

#endif
