// SPDX-License-Identifier: MIT
/*
 * pages.h - the contract of lab 04: where heap memory comes from.
 *
 * malloc gets its memory from the operating system, which deals in pages. A process has two ways to
 * ask for some: it can move its program break up (brk, sbrk), or it can ask for a mapping (mmap).
 * Here you use both, for real.
 *
 *     low addresses                                                          high addresses
 *     +------+---------+-------------------------+                +---------+       +-------+
 *     | code | globals | grow_break, bump_alloc  | -->            | mapping |  ...  | stack |
 *     +------+---------+-------------------------+                +---------+       +-------+
 *                                                ^                 large_alloc
 *                                    the program break             show_isolation
 *
 * Rules for every function:
 *
 *   - The page size is what sysconf(_SC_PAGESIZE) returns: a power of two that differs from machine
 *     to machine.
 *   - Any size_t is a valid size, and any int a valid value. "NULL with errno ENOMEM" means that
 *     there is not enough memory, or that SIZE is too large for the arithmetic. The call gives back
 *     whatever it had already obtained from the system: the break and the mappings are as they were
 *     before the call, and later calls behave as if the failed one had never been made.
 *   - errno means something only after a failure.
 *   - If the system refuses a call, you may repeat it or ask for less. Never treat a refusal as
 *     success.
 *
 * Use sbrk or brk, mmap, munmap, fork, waitpid, _exit and sysconf. Do not use malloc and its
 * family: they move the break, too.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* ---- 1. Pages ---- */

/*
 * Returns the smallest multiple of the page size that is at least BYTES: 0 for 0, one page for 1
 * byte, and one page for exactly a page. Returns 0 if that multiple does not fit into a size_t.
 */
size_t round_up_to_pages(size_t bytes);

/*
 * BLOCK is a block of SIZE readable bytes, anywhere in memory; SIZE is at least 1. A program that
 * reads past the end of the block may get a segmentation fault, but only when it reaches the next
 * page. Returns how many bytes past the end it can read before that: 0 if the block ends where a
 * page ends. Arithmetic only: no memory is read.
 */
size_t silent_overrun(const void *block, size_t size);

/* ---- 2. The program break ---- */

/*
 * Moves the program break up by exactly BYTES. Returns the address of the first new byte, which is
 * where the break was before. If BYTES is 0, nothing moves, and the result is the break.
 *
 * Returns NULL with errno ENOMEM if the system refuses, or if BYTES is greater than INTPTR_MAX, the
 * largest increment that sbrk can take. In that case the break has not moved.
 */
void *grow_break(size_t bytes);

/* ---- 3. A bump allocator ---- */

/*
 * The bump allocator hands out blocks one after the other. It records nothing about single blocks,
 * so it cannot free them one at a time.
 *
 *     the first block    more blocks    padding: 0 to 15 bytes
 *     |                  |              |
 *     v                  v              v
 *     +------------------+--------------+-+-------------------------+-------------------+
 *     | a                | b            |.| c                       | reserve           |
 *     +------------------+--------------+-+-------------------------+-------------------+
 *                                                                                       ^
 *                                                                       the program break
 *
 * The allocator is empty at the start, and again after bump_release(NULL). While it is not empty,
 * nobody else moves the break. These rules hold:
 *
 *   - While the allocator is empty, the break may be anywhere. The first block starts at the first
 *     multiple of BUMP_ALIGNMENT at or above the break, or up to one page higher.
 *   - Every later block starts at the first multiple of BUMP_ALIGNMENT at or above the end of the
 *     previous block.
 *   - No block extends past the break.
 *   - System calls are expensive. If the blocks made since the last bump_release (or since the
 *     start) have N bytes in total, each rounded up to a multiple of BUMP_ALIGNMENT, then the break
 *     was moved up for them at most 2 + N / BUMP_CHUNK times.
 *   - The reserve never exceeds BUMP_RESERVE bytes.
 */
enum { BUMP_ALIGNMENT = 16, BUMP_CHUNK = 64 * 1024, BUMP_RESERVE = 4 * BUMP_CHUNK };

/*
 * Returns a new block of SIZE bytes that follows the rules above. It belongs to the caller until it
 * is released. Its initial contents are undefined.
 *
 * Returns NULL with errno ENOMEM if there is not enough memory. Returns NULL if SIZE is 0, which is
 * not a failure: nothing moves, and errno may have any value.
 */
void *bump_alloc(size_t size);

/* Like bump_alloc, but each of the SIZE bytes is 0. */
void *bump_alloc_zeroed(size_t size);

/*
 * Releases BLOCK, which bump_alloc or bump_alloc_zeroed returned, and every block made after it.
 * Blocks made before it keep their contents. The memory goes back to the system: the break moves
 * down until it is less than one page above the start of BLOCK. The next block may start where
 * BLOCK started.
 *
 * If BLOCK is NULL, releases all blocks, and the break returns to exactly where it was when the
 * allocator was last empty. If the allocator is empty already, nothing happens.
 */
void bump_release(void *block);

/* ---- 4. Mappings ---- */

/*
 * Returns SIZE bytes in a new mapping of their own: private, anonymous, readable, writable and not
 * executable, made by one call of mmap, with no more pages than SIZE bytes need. Every byte is 0.
 * No page has been touched: until the caller uses a page, it takes up no physical memory.
 *
 * The caller owns the mapping and ends it with large_free, passing the same SIZE. Returns NULL with
 * errno ENOMEM if there is not enough memory. Returns NULL if SIZE is 0, which is not a failure:
 * errno may have any value.
 */
void *large_alloc(size_t size);

/*
 * Ends the mapping at START that large_alloc(SIZE) returned: all of its pages, and no others.
 * Returns 0.
 *
 * Returns -1 with errno EINVAL, and ends nothing, if START is not a multiple of the page size, if
 * SIZE is 0, or if SIZE cannot be rounded up to pages.
 */
int large_free(void *start, size_t size);

/* ---- 5. Isolation ---- */

/* What one process read, at one moment, at the two addresses private_cell and shared_cell. */
struct sighting {
    int private_value;
    int shared_value;
};

/* Four sightings, in the order in which they are made. */
struct isolation {
    int *private_cell;             /* the start of a private, anonymous mapping of one page */
    int *shared_cell;              /* the start of a shared, anonymous mapping of one page */
    struct sighting parent_before; /* by the parent, just before fork */
    struct sighting child_before;  /* by the child, before it writes */
    struct sighting child_after;   /* by the child, after it has written */
    struct sighting parent_after;  /* by the parent, after the child has ended */
};

/*
 * Shows that memory is virtual: two processes use the same two addresses.
 *
 *   1. The parent makes the two mappings and writes PARENTS_VALUE to both cells.
 *   2. It makes a child with fork.
 *   3. The child reads both cells, writes CHILDS_VALUE to both, reads them again, and ends with
 *      _exit.
 *   4. The parent waits for the child, and then reads both cells. It does not wait for any other
 *      child: the caller may have children of its own.
 *
 * The parent cannot see what the child stores in ordinary memory, which includes *EVIDENCE. Let the
 * child report through a shared mapping (the one of shared_cell has room after the cell).
 *
 * Returns true when *EVIDENCE, which belongs to the caller, is complete. The mappings of the two
 * cells then belong to the caller; any other mapping is gone, and so is the child.
 *
 * Returns false if the system refuses a mapping or the child, with errno as mmap or fork set it. In
 * that case no mapping and no child is left, and *EVIDENCE may hold anything.
 */
bool show_isolation(int parents_value, int childs_value, struct isolation *evidence);

#endif
