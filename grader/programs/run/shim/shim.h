// SPDX-License-Identifier: MIT
/*
 * shim.h - the library that puts a student's allocator under a real program. Linked with the student's object into one
 * shared object, and preloaded (LD_PRELOAD), it stands before the C library's malloc.
 *
 *   calls.c    malloc and its family: one lock, the student's functions, what is checked of their answers
 *   memory.c   the heap: memlib.h over one large reserved mapping
 *   books.c    where the live blocks are and how large, in memory of its own
 *   page.c     what is told to heaplab run
 *   falls.c    crashes and calls without end
 *   spare.c    memory for calls of malloc from inside the allocator
 *
 * Rules: nothing here calls malloc, and nothing waits but for the lock. The student's code runs in the program's own
 * process, so unlike in a grade nothing here is proof against it: it is a help in finding mistakes.
 */
#ifndef HEAPLAB_RUN_SHIM_H
#define HEAPLAB_RUN_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "programs/run/page.h"

/* Payloads start at multiples of this: what compilers count on. */
enum { SHIM_ALIGNMENT = 16 };

/* --- memory.c ----------------------------------------------------------------------------------------------------- */

/* Reserves the heap and the books. False if the system refuses. */
bool memory_reserve(void);

/* Where ADDRESS is in the heap: bytes from its start. RUN_NULL for NULL. An address outside gives a number beyond
 * memory_bytes(). */
uint64_t memory_offset(const void *address);

/* The address OFFSET bytes from the start of the heap. */
void *memory_address(uint64_t offset);

/* Bytes of the heap. */
size_t memory_bytes(void);

/* Gives the first BYTES of the reserved region at START memory, where it has none yet; *COMMITTED bytes have it, a
 * multiple of a large step. False if the system refuses. */
bool memory_commit(unsigned char *start, size_t *committed, size_t bytes);

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

/* Is no byte from OFFSET on, SIZE bytes, part of a live block? If one is, *OTHER is where that block starts. */
bool books_are_free(uint64_t offset, uint64_t size, uint64_t *other);

/* Enters and strikes out the block at OFFSET, a multiple of SHIM_ALIGNMENT. */
void books_enter(uint64_t offset, struct book_entry entry);
void books_strike(uint64_t offset, struct book_entry entry);

/* --- page.c ------------------------------------------------------------------------------------------------------- */

/* This process's counts: in the shared page, or private. */
extern struct run_counts *counts;

/* Maps the page that the environment names, if there is one. */
void page_open(void);

/* From now on this process counts for itself: it is a child. */
void page_leave(void);

/* Tells TROUBLE, if nothing was told before; program, call and heap are filled in here. */
void page_tell(struct run_trouble trouble);

/* As page_tell, and ends the process. */
_Noreturn void page_tell_and_end(struct run_trouble trouble);

/* --- spare.c ------------------------------------------------------------------------------------------------------ */

/* Where the allocator itself calls malloc (printf does), it gets memory from here. It is zero, and never given back.
 * NULL if there is no more. */
void *spare_malloc(size_t size);

bool spare_holds(const void *block);

/* The size that BLOCK, which is held, was asked for with. */
size_t spare_size(const void *block);

/* --- falls.c ------------------------------------------------------------------------------------------------------ */

/* Installs the handlers and starts the clock; again in a forked child. */
void falls_watch(void);

/* --- calls.c ------------------------------------------------------------------------------------------------------ */

/* Is this thread in a function of the allocator? */
bool shim_is_inside(void);

/* The kernel's number of the thread that holds the lock; 0 if none does. */
int shim_holder(void);

#endif
