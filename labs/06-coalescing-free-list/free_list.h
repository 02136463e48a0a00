// SPDX-License-Identifier: MIT
/*
 * free_list.h - the contract of lab 06: an allocator that splits blocks, merges them, and keeps the free ones on a
 * list.
 *
 * The heap starts with a struct free_list. From there to the program break it is a row of blocks, with no gap anywhere:
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
 * The payload of a free block is nobody's, so the allocator keeps the links of its list there:
 *
 *            +--------+------+------+------------------+--------+
 *            | header | next | prev | (not in use)     | footer |
 *            +--------+------+------+------------------+--------+
 *              16       8      8                         8 bytes
 *
 * These rules hold before and after every call, and the grader walks the heap to check them:
 *
 *   blocks      header.size counts the whole block in bytes (header, payload and footer), is a multiple of
 *               MM_ALIGNMENT and at least MM_MIN_BLOCK. header.state is MM_USED or MM_FREE, and header.magic is
 *               MM_MAGIC. The sizes of all blocks and that of the list add up to mem_heapsize().
 *   footers     The last 8 bytes of a block, used or free, hold the same number as its header.size.
 *   neighbours  Of two blocks that touch, at most one is free.
 *   list        Every free block is on the list once, and nothing else is. Going from list->first along the next
 *               links one meets them all; the last one's next is NULL. Going back, if a->next is b then b->prev is a;
 *               the first one's prev is NULL. In which order the blocks are on the list is yours to choose.
 *   count       list->count is the number of blocks on the list.
 *   rover       list->rover is NULL or a block on the list.
 *
 * A *loose* block is one that is free but not on the list. There is none in a sound heap, but some of the functions
 * below take one, or leave one behind: then the caller has to see to it before anything else is done.
 *
 * Throughout, a block is named by a pointer to its header. Who owns what is as in lab 05: headers and footers are the
 * allocator's, always; a payload is the program's from the mm_malloc that returns it to the mm_free that takes it back.
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
    MM_MIN_BLOCK = 48, /* no block is smaller: a header, two links, a footer, rounded up */
    MM_CHUNK = 4096,   /* the heap grows by this much at least */
};

/* Stands in every header. Ordinary data hardly ever looks like it, so it tells a header from anything else. */
enum { MM_MAGIC = 0x5AFEB10C };

/* Neither value is 0 or 1, which memory often holds by chance. A hex dump shows them as the text "USED" and "FREE". */
enum mm_state { MM_USED = 0x44455355, MM_FREE = 0x45455246 };

struct header {
    size_t size;         /* bytes of the whole block: this header, the payload and the footer */
    enum mm_state state; /* whose the payload is: the program's, or nobody's */
    uint32_t magic;      /* MM_MAGIC */
};

/* At the start of a free block's payload. In a used block these bytes are the program's. */
struct links {
    struct header *next; /* NULL in the last block on the list */
    struct header *prev; /* NULL in the first */
};

/* How mm_find chooses among the free blocks that are large enough. */
enum mm_policy {
    MM_FIRST_FIT, /* the first one on the list */
    MM_BEST_FIT,  /* the smallest one; of several such, any */
    MM_NEXT_FIT,  /* the first one from the rover on, going round the list once */
};

struct free_list {
    struct header *first;  /* NULL if no block is free */
    struct header *rover;  /* where next fit starts to search; NULL: at first */
    size_t count;          /* of blocks on the list */
    enum mm_policy policy; /* as set by mm_set_policy; MM_FIRST_FIT at first */
};

_Static_assert(sizeof(struct header) == MM_ALIGNMENT, "an aligned header is followed by an aligned payload");
_Static_assert(sizeof(struct free_list) % MM_ALIGNMENT == 0, "the first block is aligned");
_Static_assert(sizeof(struct header) + sizeof(struct links) + sizeof(size_t) <= MM_MIN_BLOCK, "links have room");

/* What mm_check finds. */
enum mm_problem {
    MM_SOUND,      /* nothing: the heap keeps all the rules */
    MM_BAD_MAGIC,  /* where a header should be there is none */
    MM_BAD_STATE,  /* a block is neither used nor free */
    MM_BAD_SIZE,   /* a size is too small, not rounded, or reaches past the break */
    MM_BAD_FOOTER, /* a footer differs from its header */
    MM_NOT_MERGED, /* two free blocks touch */
    MM_BAD_LINK,  /* first, next or prev leads to what it should not: no free block, or the wrong one, or in a circle */
    MM_BAD_COUNT, /* list->count is not the number of free blocks, or not all of them are on the list */
    MM_BAD_ROVER, /* list->rover is no block on the list, and not NULL */
};

/*** Finding one's way. These are given ***/

/* The list, at the start of the heap. */
struct free_list *mm_list(void);

/* From a payload to its header, and back. Arithmetic only, as in lab 05. */
struct header *mm_header(void *payload);
void *mm_payload(struct header *block);

/* The links of BLOCK, which is free. Arithmetic only. */
struct links *mm_links(struct header *block);

/* The block with the lowest address, and the one that follows BLOCK. NULL if there is none. */
struct header *mm_first(void);
struct header *mm_next(struct header *block);

/*** Both ends of a block ***/

/* The footer of BLOCK, by its header.size. Arithmetic only: what the footer holds is not looked at. */
size_t *mm_footer(struct header *block);

/* The block right before BLOCK, found by its footer, in constant time. NULL if BLOCK is the first one of the heap. */
struct header *mm_prev(struct header *block);

/* Makes the SIZE bytes at BLOCK a block in STATE: writes its whole header and its footer, and nothing else. */
void mm_tag(struct header *block, size_t size, enum mm_state state);

/*
 * The size of the smallest block with room for SIZE bytes of payload: header, payload and footer, rounded up to a
 * multiple of MM_ALIGNMENT, and not below MM_MIN_BLOCK. Returns 0 if that would be more than INTPTR_MAX, the most that
 * mem_sbrk can be asked for. This covers every SIZE for which the arithmetic would wrap around.
 */
size_t mm_block_size(size_t size);

/*** The list ***/

/*
 * Makes an empty list, with the policy MM_FIRST_FIT, at the start of an empty heap, which grows by just that. To be
 * called once, before any other function of this file. Returns false if mem_sbrk refuses.
 */
bool mm_init(void);

/* Puts BLOCK, which is loose, on the list, wherever you choose. The rover stays. */
void mm_insert(struct header *block);

/* Takes BLOCK off the list and leaves it loose. If it is the rover, then the block that followed it becomes the rover;
 * NULL if it was the last. */
void mm_remove(struct header *block);

/*** Merging and splitting ***/

/*
 * Settles BLOCK, which is loose: merges it with the block before it and the one behind it, as far as these are
 * free, and puts the merged block on the list. Returns it. In constant time (but for mm_insert, should you keep the
 * list in order).
 */
struct header *mm_coalesce(struct header *block);

/*
 * Cuts BLOCK, which is used. SIZE is a multiple of MM_ALIGNMENT, at least MM_MIN_BLOCK and at most BLOCK's size. The
 * first SIZE bytes stay BLOCK, used. The rest becomes a free block, is merged with the block behind it if that is free,
 * and is put on the list. Returns the free block. If the rest would be smaller than MM_MIN_BLOCK, nothing is changed
 * and NULL returned.
 */
struct header *mm_split(struct header *block, size_t size);

/*** Choosing ***/

/* From now on mm_find chooses by POLICY. The rover becomes NULL. */
void mm_set_policy(enum mm_policy policy);

/*
 * A block on the list of SIZE bytes or more (header and footer included), chosen by the policy; it stays on the list.
 * NULL if there is none. Under MM_NEXT_FIT the block found becomes the rover. Otherwise nothing is changed.
 */
struct header *mm_find(size_t size);

/*
 * Grows the heap by SIZE bytes, a multiple of MM_ALIGNMENT, or by MM_CHUNK if that is more, in one call of mem_sbrk.
 * The new memory becomes a free block, is merged with the last block if that is free, and is put on the list. Returns
 * the free block at the end of the heap. If mem_sbrk refuses: NULL, with errno ENOMEM, and the heap stays as it was.
 */
struct header *mm_grow(size_t size);

/*** Allocating and freeing ***/

/*
 * Returns the payload of a used block, with room for SIZE bytes or more, aligned to MM_ALIGNMENT. What the payload
 * holds at first is not defined.
 *
 *   - The block is the one that mm_find chooses for mm_block_size(SIZE). Only if there is none, the heap grows, as
 *     mm_grow says, and the block is the free one at its end.
 *   - The block is cut, as mm_split says: its first mm_block_size(SIZE) bytes are taken, and the rest stays free.
 *
 * Returns NULL, and leaves the heap as it was:
 *   - if SIZE is 0. That is no error: errno may be anything.
 *   - with errno ENOMEM, if the heap has to grow and mem_sbrk refuses.
 *   - with errno ENOMEM, if mm_block_size(SIZE) is 0.
 */
void *mm_malloc(size_t size);

/*
 * Gives the used block whose payload starts at PAYLOAD back, to be used again: it is settled, as mm_coalesce says. NULL
 * is fine, and nothing happens.
 *
 * Any other pointer that is not the payload of a used block is a mistake of the program's. It is reported with
 * mm_report (see memlib.h), once, with the pointer as it came, and the heap stays as it was. The kinds are
 *
 *   MM_WILD_POINTER      outside the heap: below mem_heap_lo(), or at the break or above
 *   MM_INTERIOR_POINTER  inside the heap, but not where a payload starts (a header's own address, for example)
 *   MM_DOUBLE_FREE       the start of the payload of a block that is free already
 *
 * A block that was freed and then merged into another is gone, but its header may still be there, inside the other's
 * payload. Freeing it again is to be reported as well, as MM_DOUBLE_FREE or as MM_INTERIOR_POINTER. Otherwise it is not
 * asked of mm_free to see through a payload with bytes in it that look just like a header.
 */
void mm_free(void *payload);

/*** Checking ***/

/*
 * Looks whether the heap keeps all the rules above. Changes nothing, and comes to an end whatever the heap holds,
 * without reading anything outside the heap. It may take its time. (mm_list() is there, and its policy is right.)
 * Returns MM_SOUND, or the problem; if there are several, any of them.
 */
enum mm_problem mm_check(void);

#endif
