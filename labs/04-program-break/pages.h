// SPDX-License-Identifier: MIT
/*
 * pages.h - the contract of lab 04: where heap memory comes from.
 *
 * Below malloc there is the operating system, and it counts in pages. A process can get memory from it in two ways: it
 * can move its program break up (brk, sbrk), or it can ask for a mapping (mmap). Here you use both, for real.
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
 *   - A page has as many bytes as sysconf(_SC_PAGESIZE) says: a power of two, and not on every machine the same.
 *   - "NULL with errno ENOMEM" means that there is not enough memory, or that SIZE is too large for the arithmetic.
 *     What the call has got from the system by then is given back: the break and the mappings are as they were before
 *     the call, and later calls work as if the failed one had never been.
 *   - errno means something only after a failure.
 *   - A call that the system refuses may be made again, or made smaller. It must not be taken for a success.
 *
 * Use sbrk or brk, mmap, munmap, fork, wait or waitpid, _exit and sysconf. malloc and its family are not to be used:
 * they would move the break, too.
 */
#ifndef PAGES_H
#define PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* ---- 1. Pages ---- */

/*
 * Returns the least multiple of the page size that is not less than BYTES: 0 for 0, one page for 1 byte, and one page
 * for a page. If there is no such multiple that fits into a size_t, returns 0.
 */
size_t round_up_to_pages(size_t bytes);

/*
 * The SIZE bytes at BLOCK can be read; SIZE is at least 1. Whoever reads on, past the end of the block, may be stopped
 * by the system, with a segmentation fault, but only where a page begins. Returns how many bytes past the end can be
 * read before that: 0 if the block ends where a page ends. Arithmetic only: no memory is read.
 */
size_t silent_overrun(const void *block, size_t size);

/* ---- 2. The program break ---- */

/*
 * Moves the program break up by BYTES, and by no byte more or less. Returns the first address of the new memory, which
 * is where the break was before. BYTES may be 0: then nothing moves, and the result is the break.
 *
 * Returns NULL with errno ENOMEM if that is not possible, or if BYTES is more than INTPTR_MAX, the most that sbrk can
 * be asked for. The break has not moved then.
 */
void *grow_break(size_t bytes);

/* ---- 3. A bump allocator ---- */

/*
 * The bump allocator hands out one block behind the other. It keeps no books about them, so no block is freed alone.
 *
 *     the first block    more blocks    padding: 0 to 15 bytes
 *     |                  |              |
 *     v                  v              v
 *     +------------------+--------------+-+-------------------------+-------------------+
 *     | a                | b            |.| c                       | reserve           | <- the program break
 *     +------------------+--------------+-+-------------------------+-------------------+
 *
 * It is empty at the start, and again after bump_release(NULL). While it is not empty, nobody else moves the break.
 * These rules hold:
 *
 *   - When it is empty, the break may be anywhere. The first block then starts at the first multiple of
 *     BUMP_ALIGNMENT at the break or above, or up to one page further up.
 *   - Each further block starts at the first multiple of BUMP_ALIGNMENT at or above the end of the block before it.
 *   - All blocks end at the break or below it.
 *   - System calls are expensive. If the blocks made since the last bump_release (or since the start) have N bytes in
 *     all, then the break has been moved up for them no more than 2 + N / BUMP_CHUNK times.
 *   - The reserve is never more than BUMP_RESERVE bytes.
 */
enum { BUMP_ALIGNMENT = 16, BUMP_CHUNK = 64 * 1024, BUMP_RESERVE = 4 * BUMP_CHUNK };

/*
 * Returns a new block of SIZE bytes, as the rules above say. It belongs to the caller until it is released. What it
 * holds at first is not defined.
 *
 * Returns NULL with errno ENOMEM if there is not enough memory. Returns NULL if SIZE is 0, which is no failure: nothing
 * moves, and errno may be anything.
 */
void *bump_alloc(size_t size);

/* As bump_alloc, but each of the SIZE bytes is 0. */
void *bump_alloc_zeroed(size_t size);

/*
 * Ends BLOCK, which bump_alloc or bump_alloc_zeroed has returned, and with it all blocks that were made after it. Those
 * made before it stay as they are. The memory goes back to the system: the break moves down, so far that less than one
 * page is left between the place where BLOCK started and the break. The next block may start at that place again.
 *
 * If BLOCK is NULL, ends all blocks, and the break goes back to exactly where it was when the allocator was empty. If
 * it is empty now, nothing happens.
 */
void bump_release(void *block);

/* ---- 4. Mappings ---- */

/*
 * Returns SIZE bytes in a mapping of their own: private, anonymous, to be read and written, made by one call of mmap,
 * with no more pages than it takes to hold SIZE bytes. Every byte is 0. No page has been touched: until the caller uses
 * one, it takes up no physical memory.
 *
 * The caller owns the mapping and ends it with large_free, with the same SIZE. Returns NULL with errno ENOMEM if there
 * is not enough memory. Returns NULL if SIZE is 0, which is no failure: errno may be anything.
 */
void *large_alloc(size_t size);

/*
 * Ends the mapping at START that large_alloc(SIZE) has returned: all of its pages, and no other. Returns 0.
 *
 * Returns -1 with errno EINVAL, and ends nothing, if START is not a multiple of the page size, if SIZE is 0, or if
 * SIZE cannot be rounded up to pages.
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
 * Shows that memory is virtual: two processes, the same two addresses.
 *
 *   1. The parent makes the two mappings, and writes PARENTS_VALUE to both cells.
 *   2. It makes a child with fork.
 *   3. The child looks at both cells, writes CHILDS_VALUE to both, looks again, and ends with _exit.
 *   4. The parent waits for the child, and then looks at both cells.
 *
 * Nothing of what the child stores in ordinary memory, *EVIDENCE included, can be seen by the parent. Let the child
 * report by a shared mapping (that of shared_cell has room behind the cell).
 *
 * Returns true when *EVIDENCE, which belongs to the caller, is complete. The two mappings of the cells then belong to
 * the caller; any other is gone, and so is the child.
 *
 * Returns false if the system refuses a mapping or the child, with errno as mmap or fork has set it. No mapping is left
 * then, nor a child, and *EVIDENCE may hold anything.
 */
bool show_isolation(int parents_value, int childs_value, struct isolation *evidence);

#endif
