// SPDX-License-Identifier: MIT
/*
 * debug_alloc.h - the contract of lab 09: a layer over malloc that knows where each block comes
 * from.
 *
 * The layer stands between a program and the library's allocator (library.h). Each of its functions
 * is also told which line of the program calls it. So it can name that line when something is
 * wrong:
 *
 *     lib_malloc returned this, or less          dbg_malloc returns this
 *     |                                          |
 *     v                                          v
 *     +---------------------------+--------------+-----------------+--------------+
 *     | whatever your design needs| guard        | payload         | guard        |
 *     +---------------------------+--------------+-----------------+--------------+
 *                                 |<- 16 bytes ->|<- SIZE bytes -->|<- 16 bytes ->|
 *
 * A block is in use from the call that allocates it to the call that frees it. The program owns its
 * payload during that time, and the layer does not change it. The guards belong to the layer: the
 * program must not write there, and the layer finds out if it does.
 *
 * The layer has to tell good pointers from bad ones, so it may be passed any address at all, even
 * one where there is no memory. It reads nothing at or near a pointer before it knows that a block
 * in use starts there. It never touches memory that is neither its own nor lent to it by
 * lib_malloc, nor memory that it has given back.
 *
 * There may be any number of blocks. The variables of the layer have at most 64 KiB. Besides these,
 * and the payloads and guards of blocks in use, it holds at most 64 KiB, plus 512 bytes for each
 * address that it has ever returned.
 *
 * No set-up is needed before the first call.
 */
#ifndef DEBUG_ALLOC_H
#define DEBUG_ALLOC_H

#include <stddef.h>

enum {
    DBG_ALIGNMENT = 16,   /* payloads start at multiples of this */
    DBG_GUARD_BYTES = 16, /* in each of the two guards of a block */
    DBG_COUNTERS = 20,    /* for dbg_hitters */
};

/*
 * A place in the program. FILE outlives all calls, as __FILE__ does: the layer keeps the pointer,
 * makes no copy, and passes that same pointer on. LINE is 1 or more. Two places are the same if
 * their lines are equal and their files are equal as strings.
 */
struct dbg_place {
    const char *file;
    int line;
};

enum dbg_kind {
    DBG_WILD_FREE = 1, /* freed: a pointer outside of all memory that the layer has ever returned */
    DBG_FOREIGN_FREE,  /* freed: a pointer that is not a block's, although it lies among blocks */
    DBG_INTERIOR_FREE, /* freed: a pointer into a payload, but not to its start */
    DBG_DOUBLE_FREE,   /* freed: a block that was freed before */
    DBG_UNDERRUN,      /* the guard before a payload has changed */
    DBG_OVERRUN,       /* the guard after a payload has changed */
    DBG_LEAK,          /* a block is still in use */
};

/* What the layer has found. The block's fields are NULL or 0 if no block is concerned. */
struct dbg_report {
    enum dbg_kind kind;
    const void *pointer;        /* what was freed, or the changed byte, or the leaked payload */
    struct dbg_place at;        /* the call that has found it */
    const void *block;          /* the payload of the block concerned */
    size_t size;                /* the bytes that were requested for it */
    struct dbg_place allocated; /* the call that allocated it */
    struct dbg_place freed;     /* the call that freed it; NULL and 0 while it is in use */
    ptrdiff_t offset;           /* POINTER - BLOCK in bytes; 0 without a block */
};

struct dbg_stats {
    size_t blocks;       /* that are in use now */
    size_t bytes;        /* in their payloads, as requested */
    size_t total_blocks; /* ever allocated, including those that were freed */
    size_t total_bytes;  /* requested for all of these */
    size_t failed;       /* requests that returned NULL for lack of memory */
    const char *lowest;  /* the lowest address of a payload so far; NULL before the first block */
    const char *highest; /* the end of the payload so far that ends highest: the address after it */
};

struct dbg_hitter {
    struct dbg_place place;
    size_t bytes; /* an estimate of the bytes that were requested there */
};

/*
 * Allocates a block of SIZE bytes and returns its payload, aligned to DBG_ALIGNMENT. The contents
 * are undefined. 0 is a size like any other: such a block has an address of its own, counts as a
 * block, and must be freed.
 *
 * The DBG_GUARD_BYTES bytes just before the payload and those just after its last byte are the
 * block's guards. The calls that check guards notice a change of any of these bytes.
 *
 * If lib_malloc refuses, or if SIZE is so large that the arithmetic would wrap around, returns NULL
 * with errno ENOMEM. Then the call has given back everything that lib_malloc lent it, and has
 * changed nothing but the count of failed requests, which is one higher.
 */
void *dbg_malloc(size_t size, const char *file, int line);

/*
 * Allocates an array of COUNT members of SIZE bytes, as dbg_malloc(COUNT * SIZE) does, and sets all
 * its bytes to 0. A product that does not fit in a size_t is too large, and fails like any other
 * size that is too large.
 */
void *dbg_calloc(size_t count, size_t size, const char *file, int line);

/*
 * Moves a block: allocates one of SIZE bytes, copies to it as many bytes as both blocks have, and
 * then frees the old one, whose payload is PAYLOAD, as dbg_free does. Returns the new payload. The
 * new block is a block like any other: it is allocated at FILE and LINE, is the youngest of all,
 * and counts in the totals. FILE and LINE are also where the old one was freed.
 *
 *   - If PAYLOAD is NULL, does what dbg_malloc does.
 *   - If there is no memory, fails as dbg_malloc does; the old block stays as it was and in use.
 *   - If no block in use starts at PAYLOAD, reports that as dbg_free does, and does nothing else.
 *     Returns NULL. This is not a failed request.
 */
void *dbg_realloc(void *payload, size_t size, const char *file, int line);

/*
 * Frees the block in use whose payload is PAYLOAD. Checks its guards as dbg_check does. Gives the
 * payload and the guards back with lib_free, damaged or not, before it returns. Remembers that the
 * block was freed, and where, until its address is the payload of another block.
 *
 * Does nothing if PAYLOAD is NULL. Any other pointer is an error in the caller: dbg_free reports it
 * once, with FILE and LINE as the place of the call, and changes nothing. The kind of error is the
 * first of these that is true:
 *
 *   DBG_INTERIOR_FREE  PAYLOAD lies inside the payload of a block in use, the block concerned
 *   DBG_DOUBLE_FREE    PAYLOAD is the payload of a block that was freed, the block concerned
 *   DBG_WILD_FREE      PAYLOAD is below the lowest address of the statistics, or at the highest or
 *                      above, or there has been no block yet
 *   DBG_FOREIGN_FREE   everything else: for example, a block that comes straight from lib_malloc
 */
void dbg_free(void *payload, const char *file, int line);

/* Stores the statistics in *STATS, whatever it held before. */
void dbg_get_stats(struct dbg_stats *stats);

/*
 * Checks the guards of all blocks in use, from the oldest block to the youngest. Reports each guard
 * that has changed once, with the changed byte that is nearest to the payload: DBG_UNDERRUN for the
 * guard before the payload, then DBG_OVERRUN for the one after it. FILE and LINE are the place of
 * the call. Returns the number of reports. Changes nothing: a second check reports the same.
 */
size_t dbg_check(const char *file, int line);

/*
 * Reports each block in use as DBG_LEAK, once, in the order in which they were allocated. The place
 * of the call, FILE and LINE, goes into each report as well. Returns how many blocks it has
 * reported. They remain in use: the next call of dbg_leaks reports them again.
 */
size_t dbg_leaks(const char *file, int line);

/*
 * Finds the places where most memory is requested. Each allocated block adds its size to its place;
 * freeing takes nothing away. Let N be the sum, total_bytes. Stores the places that account for
 * much of N in LIST and returns how many it has stored:
 *
 *   - Every place with a tenth of N or more is in the list, and no place is in it twice.
 *   - No place with less than a twentieth of N is in the list.
 *   - Each estimate differs from the true sum by at most a twentieth of N.
 *   - The list starts with the largest estimate and ends with the smallest.
 *   - If N is 0, the list is empty.
 *
 * There may be thousands of places. The layer has only DBG_COUNTERS counters for them, and sees
 * each request once. (Two algorithms that do this are in the handout.)
 */
size_t dbg_hitters(struct dbg_hitter *list);

#endif

/* A program that defines DBG_REPLACE_MALLOC and then includes this header, after <stdlib.h>, calls
 * the layer wherever it says malloc, calloc, realloc or free. */
#ifdef DBG_REPLACE_MALLOC
#define malloc(size) dbg_malloc(size, __FILE__, __LINE__)
#define calloc(count, size) dbg_calloc(count, size, __FILE__, __LINE__)
#define realloc(payload, size) dbg_realloc(payload, size, __FILE__, __LINE__)
#define free(payload) dbg_free(payload, __FILE__, __LINE__)
#endif
