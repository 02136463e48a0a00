// SPDX-License-Identifier: MIT
/*
 * given_heap.h - the allocator that lab 10 shares between threads. It is given: read given_heap.c,
 * and leave it as it is.
 *
 * Blocks come in HEAP_CLASSES sizes. A page from the system is cut into blocks of one size:
 *
 *     page (HEAP_PAGE_BYTES, at a multiple of that)
 *     +--------+-------+-------+-------+-------+-- ... --+----+
 *     | header | block | block | block | block |         |    |   all blocks of one class
 *     +--------+-------+-------+-------+-------+-- ... --+----+
 *
 * The header says which class the page's blocks are. It is written once, when the page is cut.
 * While a block is free, its first bytes link it into a list:
 *
 *     list of class 2:  first --> block --> block --> block --> NULL
 *
 * Every function here is correct as long as only one thread at a time uses the list, or the heap,
 * that it is given. None of them takes a lock. So a program that calls them from several threads
 * must. size_class, size_class_of and size_class_bytes use no list, and system_page may be called
 * by any number of threads at a time.
 */
#ifndef GIVEN_HEAP_H
#define GIVEN_HEAP_H

#include <stddef.h>

enum {
    HEAP_CLASSES = 5,
    HEAP_SMALLEST = 64, /* bytes in a block of class 0; each class has twice as many as the last */
    HEAP_LARGEST = 1024,
    HEAP_PAGE_BYTES = 4096,
};

/* --- sizes --- */

/* Returns the smallest class whose blocks have SIZE bytes or more: from 0 to HEAP_CLASSES - 1, or
 * HEAP_CLASSES if SIZE is above HEAP_LARGEST. */
unsigned size_class(size_t size);

/* Returns the bytes in a block of class NUMBER. */
size_t size_class_bytes(unsigned number);

/* Returns the class of BLOCK. It reads the header of the block's page. */
unsigned size_class_of(const void *block);

/* --- one list --- */

/* A free block, as long as it is on a list. */
struct free_block {
    struct free_block *next;
};

/* A list of free blocks of one class. All zero is an empty list. */
struct free_list {
    struct free_block *first;
    size_t count; /* of the blocks on the list */
};

/* Puts BLOCK on LIST. */
void list_push(struct free_list *list, void *block);

/* Takes a block off LIST and returns it, or NULL if the list is empty. */
void *list_pop(struct free_list *list);

/* Cuts PAGE, which comes from system_page, into blocks of class NUMBER, and puts them on LIST. */
void list_cut(struct free_list *list, unsigned number, void *page);

/* --- a whole heap --- */

struct simple_heap {
    struct free_list list[HEAP_CLASSES];
    size_t in_use; /* blocks that were allocated and not freed yet */
};

/* Makes an empty heap, in a page of its own from the system. Returns NULL if there is no memory. */
struct simple_heap *simple_create(void);

/* Allocates a block of SIZE bytes or more, from a new page if the list of its class is empty.
 * Returns NULL if SIZE is above HEAP_LARGEST, or if there is no memory. */
void *simple_malloc(struct simple_heap *heap, size_t size);

/* Frees BLOCK, which comes from simple_malloc. */
void simple_free(struct simple_heap *heap, void *block);

/* --- the system --- */

/*
 * Returns a new page of HEAP_PAGE_BYTES bytes, at a multiple of that, filled with junk. Returns
 * NULL if there is no memory. The system blocks no other thread, but it takes its time: other
 * threads run before this function returns. The kit provides it.
 */
void *system_page(void);

#endif
