// SPDX-License-Identifier: MIT
/*
 * free_list.h - the contract of lab 06: an allocator that splits blocks, merges them, and keeps the
 * free ones on a list.
 *
 * The heap starts with a struct free_list. From there to the program break it is a row of blocks
 * without gaps:
 *
 *     mem_heap_lo()                                                                the break
 *     |                                                                            |
 *     v                                                                            v
 *     +------+--------+----------------+--------+--------+----------------+--------+
 *     | list | header | payload        | footer | header | payload        | footer |
 *     +------+--------+----------------+--------+--------+----------------+--------+
 *            |<----------- one block ---------->|
 *                     ^
 *                     what mm_malloc returns and mm_free takes
 *
 * Nobody uses the payload of a free block, so the allocator keeps the links of its list there:
 *
 *            +--------+------+------+------------------+--------+
 *            | header | next | prev | (not in use)     | footer |
 *            +--------+------+------+------------------+--------+
 *              16       8      8                         8 bytes
 *
 * These rules hold before and after every call. The grader walks the heap to check them:
 *
 *   blocks      header.size is the size of the whole block in bytes (header, payload, footer). It
 *               is a multiple of MM_ALIGNMENT and at least MM_MIN_BLOCK. header.state is MM_USED or
 *               MM_FREE, and header.magic is MM_MAGIC. The list and all blocks together have
 *               mem_heapsize() bytes.
 *   footers     The last 8 bytes of every block, used or free, hold the same number as its
 *               header.size.
 *   neighbours  If two blocks touch, at most one of them is free.
 *   list        Every free block is on the list exactly once, and nothing else is. The next links
 *               lead from list->first to all of them, and next is NULL in the last one. The prev
 *               links lead back: if a->next is b, then b->prev is a. prev is NULL in the first one.
 *               You choose the order of the list.
 *   count       list->count is the number of blocks on the list.
 *   rover       list->rover is NULL or a block on the list.
 *
 * A *loose* block is free but not on the list. A sound heap has none, but some of the functions
 * below take a loose block or leave one. The caller must then deal with it before doing anything
 * else.
 *
 * A pointer to a block always points to its header. Ownership is as in lab 05: headers and footers
 * always belong to the allocator. A payload belongs to the program from the mm_malloc that returns
 * it to the mm_free that takes it back, and during that time the allocator neither reads nor
 * changes it.
 *
 * Only mm_init and mm_grow call mem_sbrk (see memlib.h).
 */
#ifndef FREE_LIST_H
#define FREE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MM_ALIGNMENT = 16, /* headers and payloads start at multiples of this */
    MM_MIN_BLOCK = 48, /* the smallest block: a header, two links and a footer, rounded up */
    MM_CHUNK = 4096,   /* the heap grows by at least this much */
};

/* A number that every header holds and that ordinary data hardly ever contains. It tells a header
 * from anything else. */
enum { MM_MAGIC = 0x5AFEB10C };

/* Neither value is 0 or 1, which memory often holds by chance. A hex dump shows them as the text
 * "USED" and "FREE". */
enum mm_state { MM_USED = 0x44455355, MM_FREE = 0x45455246 };

struct header {
    size_t size;         /* bytes in the whole block: this header, the payload and the footer */
    enum mm_state state; /* whether the payload belongs to the program (used) or to nobody (free) */
    uint32_t magic;      /* MM_MAGIC */
};

/* At the start of a free block's payload. In a used block these bytes belong to the program. */
struct links {
    struct header *next; /* NULL in the last block on the list */
    struct header *prev; /* NULL in the first */
};

/* How mm_find chooses among the free blocks that are large enough. */
enum mm_policy {
    MM_FIRST_FIT, /* the first one on the list */
    MM_BEST_FIT,  /* the smallest one; any of them if there are several */
    MM_NEXT_FIT,  /* the first one from the rover on, going round the list once */
};

struct free_list {
    struct header *first;  /* NULL if no block is free */
    struct header *rover;  /* where next fit starts to search; NULL: at list->first */
    size_t count;          /* of blocks on the list */
    enum mm_policy policy; /* set by mm_set_policy; initially MM_FIRST_FIT */
};

_Static_assert(sizeof(struct header) == MM_ALIGNMENT,
               "an aligned header is followed by an aligned payload");
_Static_assert(sizeof(struct free_list) % MM_ALIGNMENT == 0, "the first block is aligned");
_Static_assert(sizeof(struct header) + sizeof(struct links) + sizeof(size_t) <= MM_MIN_BLOCK,
               "the smallest block has room for links");

/* What mm_check finds. */
enum mm_problem {
    MM_SOUND,      /* nothing: the heap keeps all the rules */
    MM_BAD_MAGIC,  /* there is no header where one should be */
    MM_BAD_STATE,  /* a block is neither used nor free */
    MM_BAD_SIZE,   /* a size is too small, not rounded, or reaches past the break */
    MM_BAD_FOOTER, /* a footer differs from its header */
    MM_NOT_MERGED, /* two free blocks touch */
    MM_BAD_LINK,   /* first, next or prev leads to the wrong place, or in a circle */
    MM_BAD_COUNT,  /* list->count is not the number of free blocks, or some are not on the list */
    MM_BAD_ROVER,  /* list->rover is neither NULL nor a block on the list */
};

/*** Finding your way around the heap. These functions are given ***/

/* Returns the list, at the start of the heap. */
struct free_list *mm_list(void);

/* Convert a payload to its header, and back. Pure arithmetic, as in lab 05. */
struct header *mm_header(void *payload);
void *mm_payload(struct header *block);

/* Returns the links of BLOCK, which is free. Pure arithmetic. */
struct links *mm_links(struct header *block);

/* Return the block at the lowest address, and the block after BLOCK, or NULL if there is none. */
struct header *mm_first(void);
struct header *mm_next(struct header *block);

/*** Both ends of a block ***/

/* Returns the footer of BLOCK, found by header.size. It does not read what the footer holds. */
size_t *mm_footer(struct header *block);

/* Returns the block just before BLOCK, found by its footer, in constant time. NULL if BLOCK is the
 * first one of the heap. */
struct header *mm_prev(struct header *block);

/* Makes the SIZE bytes at BLOCK a block in STATE: writes its whole header and its footer, and
 * nothing else. */
void mm_tag(struct header *block, size_t size, enum mm_state state);

/*
 * Returns the size of the smallest block with room for SIZE bytes of payload: header, payload and
 * footer, rounded up to a multiple of MM_ALIGNMENT, and at least MM_MIN_BLOCK. Returns 0 if that
 * would be more than INTPTR_MAX, the largest increment that mem_sbrk accepts. This covers every
 * SIZE for which the arithmetic would wrap around.
 */
size_t mm_block_size(size_t size);

/*** The list ***/

/*
 * Makes an empty list with the policy MM_FIRST_FIT at the start of an empty heap. The heap grows by
 * exactly the size of the list. Call this once, before any other function of this file. Returns
 * false if mem_sbrk refuses.
 */
bool mm_init(void);

/* Puts BLOCK, which is loose, on the list, at a place of your choice. Leaves the rover as it is. */
void mm_insert(struct header *block);

/* Takes BLOCK off the list and leaves it loose. If BLOCK is the rover, its successor on the list
 * becomes the rover: NULL if BLOCK is the last one. */
void mm_remove(struct header *block);

/*** Merging and splitting ***/

/*
 * Merges BLOCK, which is loose, with the previous and the next block of the heap if these are free,
 * puts the merged block on the list, and returns it. Takes constant time (apart from mm_insert, if
 * you keep the list in order).
 */
struct header *mm_coalesce(struct header *block);

/*
 * Splits BLOCK, which is used. SIZE is a multiple of MM_ALIGNMENT, at least MM_MIN_BLOCK and at
 * most the size of BLOCK. The first SIZE bytes remain BLOCK, which stays used. The remainder
 * becomes a free block, is merged with the next block if that is free, and goes on the list.
 * Returns the free block. If the remainder would be smaller than MM_MIN_BLOCK, changes nothing and
 * returns NULL.
 */
struct header *mm_split(struct header *block, size_t size);

/*** Choosing ***/

/* Makes POLICY the policy of mm_find from now on, and sets the rover to NULL. */
void mm_set_policy(enum mm_policy policy);

/*
 * Returns a block on the list that has at least SIZE bytes (header and footer included), chosen by
 * the policy. The block stays on the list. NULL if there is none. Under MM_NEXT_FIT the block found
 * becomes the rover. Nothing else changes.
 */
struct header *mm_find(size_t size);

/*
 * Grows the heap by SIZE bytes, a multiple of MM_ALIGNMENT, or by MM_CHUNK if that is more, in one
 * call of mem_sbrk. The new memory becomes a free block, is merged with the last block if that is
 * free, and goes on the list. Returns the free block at the end of the heap. If mem_sbrk refuses,
 * returns NULL with errno ENOMEM and leaves the heap as it was.
 */
struct header *mm_grow(size_t size);

/*** Allocating and freeing ***/

/*
 * Allocates a used block with room for at least SIZE bytes and returns its payload, which is
 * aligned to MM_ALIGNMENT. The initial contents of the payload are undefined.
 *
 *   - The block is the one that mm_find chooses for mm_block_size(SIZE). Only if there is none, the
 *     heap grows as by mm_grow, and the block is the free one at its end.
 *   - The block is split as by mm_split: its first mm_block_size(SIZE) bytes become used, and the
 *     remainder stays free.
 *
 * Returns NULL and leaves the heap as it was
 *   - if SIZE is 0. This is not an error: errno may be anything.
 *   - with errno ENOMEM, if the heap must grow and mem_sbrk refuses.
 *   - with errno ENOMEM, if mm_block_size(SIZE) is 0.
 */
void *mm_malloc(size_t size);

/*
 * Frees the used block whose payload is PAYLOAD, and merges it with its free neighbours as
 * mm_coalesce does. Does nothing if PAYLOAD is NULL.
 *
 * Passing any other pointer is an error in the caller. mm_free reports it with mm_report (see
 * memlib.h) exactly once, passes the pointer on unchanged, and leaves the heap as it was. The kinds
 * of error are
 *
 *   MM_WILD_POINTER      outside the heap: below mem_heap_lo(), or at the break or above
 *   MM_INTERIOR_POINTER  inside the heap, but not the start of a payload (a header, for example)
 *   MM_DOUBLE_FREE       the payload of a block that is already free
 *
 * A block that was freed and then merged into another one no longer exists, but its header may
 * still be there, inside the larger block's payload. Freeing such a block again must be reported as
 * well, as MM_DOUBLE_FREE or as MM_INTERIOR_POINTER. Apart from that, mm_free need not see through
 * a payload with bytes that look exactly like a header, at a multiple of MM_ALIGNMENT.
 */
void mm_free(void *payload);

/*** Checking ***/

/*
 * Checks whether the heap keeps all the rules above. Changes nothing. Whatever the heap holds, it
 * returns, and it reads nothing outside the heap. It may be slow. (You may rely on mm_list() and on
 * list->policy.) Returns MM_SOUND or the problem found. If there are several problems, returns any
 * of them.
 */
enum mm_problem mm_check(void);

#endif
