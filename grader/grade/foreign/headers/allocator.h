// SPDX-License-Identifier: MIT
/*
 * allocator.h - for heaplab replay: the interface of handouts that give the allocator its whole segment at the start,
 * or let it ask for pages (segment.h).
 */
#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>

#define ALIGNMENT 8
#define MAX_REQUEST_SIZE (1 << 30)

bool myinit(); /* (void *heap_start, size_t heap_size), or nothing: then the heap's pages come from segment.h */
void *mymalloc(size_t requested_size);
void *myrealloc(void *old_ptr, size_t new_size);
void myfree(void *ptr);
bool validate_heap(void);
void dump_heap(void);

#endif
