// SPDX-License-Identifier: MIT
/*
 * support.h - what the tests of lab 10 share.
 */
#ifndef SUPPORT_H
#define SUPPORT_H

#include "heaplab/test.h"
#include "heaplab/threads.h"

#include "given_heap.h"
#include "shared_alloc.h"
#include "subject/perform.h"
#include "threads.h"

#define FOUR_GIB ((size_t)1 << 32)

/* Blocks by name. From N on, a test numbers its blocks itself. */
enum { A, B, C, D, E, F, N = 8 };

/* As size_class_bytes, which is not here. */
size_t bytes_of_class(unsigned number);

/* Steps of one thread: allocates COUNT blocks of SIZE bytes into the slots from SLOT on; frees those. */
void mallocs(unsigned thread, unsigned slot, unsigned count, size_t size);
void frees(unsigned thread, unsigned slot, unsigned count);

/* COUNT times: a block of SIZE bytes comes and goes. */
void comes_and_goes(unsigned thread, unsigned slot, unsigned count, size_t size);

/* Programs of many steps for COUNT threads, drawn from SEED: blocks of all sizes that are freed by any thread. With
 * RESIZES, some are resized; with COUNTS, thread 0 counts them now and then. */
void long_programs(unsigned count, unsigned seed, bool resizes, bool counts);

/* A small block takes PAGES pages from the system, which then refuses one: what asked for it is asked again. */
void refuses_once(size_t pages);

/* NULL, the smallest and the largest sizes, and sizes that are too large; then another thread frees what there is. */
void edges(bool has_realloc);

/* Resizing in both directions, by two threads; to too much; and while others allocate what it has freed. */
void reallocs_keep_contents(void);
void reallocs_refused(void);
void reallocs_leave_old_blocks(void);

/* TIMES times, COUNT large blocks that thread 0 allocates and thread 1 frees. */
void hands_over(unsigned times, unsigned count);

/* There is no memory left but for block A, which is large: after two refusals thread 1 frees it and has it again. */
void runs_out(void);

/* There is no memory left at all: threads 3 to 5 are refused, all at the same time. With COUNTS, two of them count. */
void are_refused(bool counts);

/* No memory left but for the blocks A, B and C, which are all large ones: thread 1 frees them, and thread 2 has each of
 * them again. */
void passes_on(void);

void add_one_lock(struct suite *suite);
void add_class_locks(struct suite *suite);
void add_thread_caches(struct suite *suite);

#endif
