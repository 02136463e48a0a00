// SPDX-License-Identifier: MIT
/*
 * shim.h - the library that puts a student's allocator under a real program. Linked with the student's object into one
 * shared object, and preloaded (LD_PRELOAD), it replaces the C library's malloc.
 *
 *   calls.c     malloc and its family: the student's functions, checks of their results
 *   lock.c      one thread at a time is in the allocator
 *   region.c    address space that gets memory in steps
 *   memory.c    the heap: memlib.h over one large reserved mapping
 *   books.c     where the live blocks are and how large, in memory of its own
 *   counts.c    what is counted in this process
 *   reports.c   reports to heaplab run
 *   falls.c     crashes, and calls that do not end
 *   spare.c     memory for calls of malloc from inside the allocator
 *
 * Rules: nothing here calls malloc, or waits for anything but the lock. The student's code runs in the program's own
 * process, so, unlike in grading, nothing here is safe from it: the checks only help to find mistakes.
 */
#ifndef HEAPLAB_RUN_SHIM_H
#define HEAPLAB_RUN_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "programs/run/page.h"

/* Payloads start at multiples of this, as compilers assume. */
enum { SHIM_ALIGNMENT = 16 };

/* --- region.c ----------------------------------------------------------------------------------------------------- */

/* Reserves BYTES bytes of address space, without memory. NULL if the system refuses. */
unsigned char *region_reserve(size_t bytes);

/* Makes sure that the first BYTES of the reserved region at START have memory. *COMMITTED is the number of bytes that
 * have it, a multiple of a large step. False if the system refuses. */
bool region_commit(unsigned char *start, size_t *committed, size_t bytes);

/* --- memory.c ----------------------------------------------------------------------------------------------------- */

/* Reserves the heap and the books. False if the system refuses. */
bool memory_reserve(void);

/* The offset of ADDRESS from the start of the heap; RUN_NULL for NULL. An address outside gives a number above
 * memory_bytes(). */
uint64_t memory_offset(const void *address);

/* The address OFFSET bytes from the start of the heap. */
void *memory_address(uint64_t offset);

/* Bytes of the heap. */
size_t memory_bytes(void);

/* --- books.c ------------------------------------------------------------------------------------------------------ */

/* Reserves room for the books of a heap of BYTES bytes. */
bool books_reserve(size_t bytes);

/* Makes the books large enough for a heap of BYTES bytes. */
bool books_grow(size_t bytes);

struct book_entry {
    uint64_t size; /* as asked for */
    uint64_t raw;  /* where the allocator's own block starts; the same place unless the program asked for alignment */
};

/* The live block that starts at OFFSET of the heap. False if none does. */
bool books_find(uint64_t offset, struct book_entry *entry);

/* Are the SIZE bytes from OFFSET on outside all live blocks? If not, *OTHER is where such a block starts. */
bool books_are_free(uint64_t offset, uint64_t size, uint64_t *other);

/* Add and remove the block at OFFSET, a multiple of SHIM_ALIGNMENT. */
void books_enter(uint64_t offset, struct book_entry entry);
void books_strike(uint64_t offset, struct book_entry entry);

/* --- counts.c ----------------------------------------------------------------------------------------------------- */

/* This process's counts: in the shared page, or private. */
extern struct run_counts *counts;

/* From now on the counts, as they are, go on in SHARED. */
void counts_share(struct run_counts *shared);

/* From now on they go on in this process alone. */
void counts_leave(void);

/* --- reports.c ---------------------------------------------------------------------------------------------------- */

/* Maps the page that the environment names, if there is one. */
void page_open(void);

/* This process is a forked child: from now on it keeps its own counts. */
void page_leave(void);

/* Reports TROUBLE, unless something was reported before; fills in program, call and heap. */
void page_tell(struct run_trouble trouble);

/* As page_tell, and ends the process. */
_Noreturn void page_tell_and_end(struct run_trouble trouble);

/* --- spare.c ------------------------------------------------------------------------------------------------------ */

/* Memory for calls of malloc from inside the allocator (printf makes such calls). It is zero, and is never reused. NULL
 * if there is no more. */
void *spare_malloc(size_t size);

bool spare_holds(const void *block);

/* The size that was requested for BLOCK, which spare_holds. */
size_t spare_size(const void *block);

/* --- falls.c ------------------------------------------------------------------------------------------------------ */

/* Installs the handlers and starts the clock; again in a forked child. */
void falls_watch(void);

/* --- lock.c ------------------------------------------------------------------------------------------------------- */

/* Takes the lock; false if this thread has it already. */
bool lock_take(void);
void lock_give(void);

/* Around a fork: lock_hold waits until no call is in progress and keeps others out, so that the child gets a consistent
 * heap; lock_release lets them in again in the parent; lock_renew gives the child a fresh lock. */
void lock_hold(void);
void lock_release(void);
void lock_renew(void);

/* Is this thread in a function of the allocator? */
bool lock_is_ours(void);

/* The kernel's number of the thread that holds the lock; 0 if none does. */
int lock_holder(void);

#endif
