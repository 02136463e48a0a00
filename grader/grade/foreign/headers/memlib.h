// SPDX-License-Identifier: MIT
/*
 * memlib.h - for heaplab replay: the simulated system, under all names that courses have given it. adapter.c defines
 * what the kit's own memlib.h does not have.
 */
#ifndef MEMLIB_H
#define MEMLIB_H

#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#define MEM_SBRK_FAILED ((void *)-1)

/* Some code repeats this declaration, as older handouts have it. */
#ifdef HEAPLAB_SBRK_TAKES
void *mem_sbrk(HEAPLAB_SBRK_TAKES);
#else
void *mem_sbrk(intptr_t increment);
#endif
void *mem_heap_lo(void);
void *mem_heap_hi(void);
size_t mem_heapsize(void);
size_t mem_pagesize(void);

/* The heap is there when mm_init is called. */
void mem_init(void);
void mem_deinit(void);
void mem_reset_brk(void);

void *mm_heap_lo(void);
void *mm_heap_hi(void);
size_t mm_heapsize(void);
size_t mm_pagesize(void);
size_t mem_usage(void);

void *mem_memcpy(void *to, const void *from, size_t n);
void *mem_memset(void *to, int byte, size_t n);

extern int verbose;

enum mm_misuse { MM_WILD_POINTER, MM_INTERIOR_POINTER, MM_DOUBLE_FREE };
void mm_report(enum mm_misuse kind, const void *pointer);

#endif
