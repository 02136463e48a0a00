// SPDX-License-Identifier: MIT
/*
 * shared_alloc.h - the contract of lab 10: three allocators that threads share.
 *
 * All three use the lists of given_heap.h and the locks of threads.h. Each is a file of its own,
 * and knows nothing of the other two:
 *
 *   one_lock.c       one lock around everything
 *   class_locks.c    a lock for each class, so that threads in different classes do not meet
 *   thread_caches.c  a cache for each thread, so that most calls take no lock at all
 *
 * These rules hold for every function below unless it says otherwise:
 *
 *   - Any number of threads, up to THREADS_MOST, may call any of the functions at the same time.
 *   - There is no data race (threads.h).
 *   - A function returns with no lock held.
 *   - A block belongs to the program from the call that returns it to the call that frees it.
 *     During that time nobody else gets any part of it, and no function but a realloc of that
 *     block reads or changes it. Any thread may free it.
 *   - A freed block can be allocated again, by any thread.
 *
 * No set-up is needed before the first call.
 */
#ifndef SHARED_ALLOC_H
#define SHARED_ALLOC_H

#include <stddef.h>

/* --- one_lock.c ------------------------------------------------------------------------------- */

/*
 * Returns a block of SIZE bytes or more, from a heap that all threads share (simple_malloc). The
 * contents are undefined. 0 counts as 1. Returns NULL if SIZE is above HEAP_LARGEST. Otherwise it
 * returns NULL only if the system has no page for it.
 *
 * The first call creates the heap (simple_create). All threads use that one: even if several of
 * them make their first call at the same time, only one heap is ever created. If there is no memory
 * for it, returns NULL, and the next call tries again.
 */
void *one_malloc(size_t size);

/* Frees BLOCK. Does nothing if BLOCK is NULL. */
void one_free(void *block);

/*
 * Makes BLOCK at least SIZE bytes long and returns it. If the block has as many bytes already
 * (size_class_bytes), it stays where it is. Otherwise allocates a new block, copies the old block's
 * bytes to it, frees the old one, and returns the new one. If there is no memory or SIZE is above
 * HEAP_LARGEST, returns NULL, and the old block stays as it was. If BLOCK is NULL, does what
 * one_malloc does.
 */
void *one_realloc(void *block, size_t size);

/* Returns how many blocks are in use, at some moment during the call. 0 before there is a heap. */
size_t one_in_use(void);

/* --- class_locks.c ---------------------------------------------------------------------------- */

/*
 * As one_malloc, but each class has a list and a lock of its own, and there is no heap to create. A
 * call locks nothing but its own class: so threads that use different classes never wait for each
 * other. No lock is held while system_page runs, not even that of the class.
 */
void *class_malloc(size_t size);

/* Frees BLOCK. Does nothing if BLOCK is NULL. Locks the block's class, and no other. */
void class_free(void *block);

/* As one_realloc, for blocks of class_malloc. It may lock two classes. */
void *class_realloc(void *block, size_t size);

/*
 * Returns how many blocks of all classes together are in use, at one moment during the call. Adding
 * up counts that were read from one class after another would not give such a number: a block that
 * moved from one class to another in the meantime would count twice, or not at all.
 */
size_t class_in_use(void);

/*
 * A program calls class_before_fork just before it calls fork, and the same thread calls
 * class_after_fork just after that, in the parent and in the child. In the child no other thread
 * exists any more. If one of them were in the middle of a call, its lock would be held there for
 * ever and its list would be half changed. So class_before_fork returns with locks held, and until
 * class_after_fork no other thread is in the middle of a change.
 */
void class_before_fork(void);

/* Ends what class_before_fork began: returns with no lock held. All functions work again, in the
 * parent and in the child. */
void class_after_fork(void);

/* --- thread_caches.c -------------------------------------------------------------------------- */

/*
 * Each thread has a cache: free blocks, sorted by class, that it alone uses. All caches share one
 * list for each class, with a lock.
 */
enum {
    CACHE_MOST = 8,  /* blocks of each class in a cache, at most, whenever no call is running */
    CACHE_BATCH = 4, /* blocks that move between a cache and a shared list at a time */
};

/*
 * As one_malloc, but there is no heap to create. Takes the block from the calling thread's cache.
 * If that has no block of the class, first moves up to CACHE_BATCH blocks to it from the shared
 * list. Asks the system for a page only if the shared list is empty, too. No lock is held while
 * system_page runs.
 *
 * Any N calls of cache_malloc and cache_free by one thread, all for blocks of one class, lock at
 * most N / CACHE_BATCH + 1 times, and twice more for each page from the system, unless the shared
 * list runs low: a cache that gets fewer than CACHE_BATCH blocks from it has to come back sooner.
 */
void *cache_malloc(size_t size);

/*
 * Frees BLOCK, which any thread may have allocated. Does nothing if BLOCK is NULL. The block goes
 * to the calling thread's cache. If that is full, first moves CACHE_BATCH blocks of the class from
 * the cache to the shared list.
 */
void cache_free(void *block);

/*
 * The calling thread ends: this is the last call that it makes. Moves all blocks of its cache to
 * the shared lists, so that other threads can have them. A later thread with the same number starts
 * with an empty cache.
 */
void cache_thread_end(void);

#endif
