// SPDX-License-Identifier: MIT
/*
 * watched.h - watched memory: two maps of the arena, and a list of stores, for the judge and its subject.
 *
 * Theory of operation
 * -------------------
 * Graded code is compiled with -fsanitize=thread: it calls a function at each load and store. The compiler's runtime is
 * not linked; the functions are the subject's own (subject/watch.c). They look up the address in two maps:
 *
 *     rights    Who may use which byte of the arena now. The judge writes it from its books (judge/lib/rights.c); the
 *               subject can only read it. One byte for each granule of 8 bytes.
 *     authors   For each granule, which instruction of graded code wrote it last, and in which call. The subject writes
 *               it; the judge reads it for its stories and takes nothing else from it.
 *
 * and, if a test is run to be explored (heaplab explore, heaplab who; in gdb always), enter each store in a list:
 *
 *     stores    What was written, where, by which instruction, in which call. The subject appends to it; the judge
 *               reads and empties it whenever it is its turn (judge/lib/stores.c). In gdb it grows until the test ends.
 *
 * All of them follow the arena in the shared file. The maps lie below the channel in memory, the list after the heap:
 *
 *     WATCH_ADDRESS    struct watch_page, on a page of its own
 *     RIGHTS_ADDRESS   one byte for each granule
 *     AUTHORS_ADDRESS  one struct author for each granule, up to a gap of GAP_BYTES and the channel
 *     STORES_ADDRESS   struct store_list and its entries; mapped only if stores are listed
 *
 * An access that is not allowed ends the call: the subject says SAY_LOOKED, and describes the access in channel->look.
 *
 * Trust: code that switches the checks off in the subject loses their help and gains nothing, as no verdict depends on
 * an access that was *not* reported. Whatever the subject reports, the judge looks up in its own map before it repeats
 * it.
 */
#ifndef HEAPLAB_WATCHED_H
#define HEAPLAB_WATCHED_H

#include "wire/channel.h"
#include "wire/threads.h"

enum { GRANULE = 8 };

/* What may be done with a byte. */
enum { MAY_READ = 1, MAY_WRITE = 2, MAY_USE = MAY_READ | MAY_WRITE };

/* A byte of the map: how many bytes of the granule are its first part (0 to 8), and what may be done with those and
 * with the remaining ones. Zero: nothing at all. */
#define RIGHTS(first, of_first, of_rest)                                                                               \
    ((unsigned char)((unsigned)(first) | (unsigned)(of_first) << 4 | (unsigned)(of_rest) << 6))
#define RIGHTS_FIRST(rights) ((rights)&15U)
#define RIGHTS_OF_FIRST(rights) ((rights) >> 4 & 3U)
#define RIGHTS_OF_REST(rights) ((rights) >> 6)

/* The program is static and lies below 4 GiB, so its code addresses fit into 32 bits. Call 0: no one has written
 * there. */
struct author {
    uint32_t code; /* where the hook was called from: its return address */
    uint32_t call; /* the number of the call into graded code, from 1 */
};

/* A store. It is entered before it happens, so the bytes that follow the entry are filled in later: before the next
 * one, or by whoever reads the list. */
struct store {
    uint32_t code, call; /* as in struct author */
    uint32_t address;
    uint32_t
        bytes; /* of these, the first MOST_STORED at most follow, with padding up to a multiple of STORE_ALIGNMENT */
};

/* For heaplab quiz the list also holds notes: entries of 0 bytes, whose address says what happened. A step: code that
 * was compiled with -fsanitize-coverage=trace-pc came to where a run of lines without a branch begins. Where threads
 * make their calls in turn: a lock was taken, or given back, and which one. */
#define NOTE_STEP 0U
#define NOTE_TAKEN(lock) (0x100U | (lock))
#define NOTE_GIVEN(lock) (0x200U | (lock))
#define NOTE_LAST 0x2ffU

enum { MOST_STORED = 65536, STORE_ALIGNMENT = 8 };

/* Offsets count from the list's start. */
struct store_list {
    uint32_t used;   /* bytes of entries, from sizeof(struct store_list) on */
    uint32_t latest; /* the offset of the entry whose bytes are not yet filled in; 0: none */
    uint32_t lost;   /* stores for which there was no room */
    uint32_t padding;
};

/* How many of a store's bytes are kept, and how many bytes its entry takes. */
static inline uint32_t store_kept(uint32_t bytes)
{
    return bytes < MOST_STORED ? bytes : MOST_STORED;
}

static inline uint32_t store_room(uint32_t bytes)
{
    return (uint32_t)sizeof(struct store) +
           (store_kept(bytes) + STORE_ALIGNMENT - 1) / STORE_ALIGNMENT * STORE_ALIGNMENT;
}

/* Written by the judge. */
struct watch_page {
    uint32_t on;       /* accesses are checked */
    uint32_t records;  /* stores are listed */
    uint32_t forgives; /* accesses are not refused: code whose cost counts is graded unwatched */
    uint32_t may;      /* which of the map's rights apply in this call */
    uint32_t call;     /* the number of this call */
    uint32_t even;     /* addresses must have the alignment of their type */

    /* The payload that this call is about, from start to end: nothing may be copied past its end. Both 0: none. */
    _Alignas(8) uint64_t start;
    _Alignas(8) uint64_t end;
};

#define WATCHED_BYTES (INPUT_BYTES + HEAP_BYTES)
#define WATCH_PAGE_BYTES ((size_t)65536)
#define RIGHTS_BYTES (WATCHED_BYTES / GRANULE)
#define AUTHORS_BYTES (WATCHED_BYTES / GRANULE * sizeof(struct author))
#define STORES_BYTES (32 * MIB)
#define THREADS_BYTES (16 * MIB) /* a struct thread_report, and what subject/threads/ remembers */
#define WATCH_BYTES (WATCH_PAGE_BYTES + RIGHTS_BYTES + AUTHORS_BYTES)
#define GAP_BYTES MIB
#define AFTER_HEAP_BYTES (16 * MIB)

#define WATCH_ADDRESS (CHANNEL_ADDRESS - GAP_BYTES - WATCH_BYTES)
#define RIGHTS_ADDRESS (WATCH_ADDRESS + WATCH_PAGE_BYTES)
#define AUTHORS_ADDRESS (RIGHTS_ADDRESS + RIGHTS_BYTES)

/* After the heap, as valgrind's own program lies not far below the maps. */
#define THREADS_ADDRESS (HEAP_ADDRESS + HEAP_BYTES + AFTER_HEAP_BYTES)
#define THREAD_REPORT ((struct thread_report *)THREADS_ADDRESS)
#define STORES_ADDRESS (THREADS_ADDRESS + THREADS_BYTES)

/* Where they are in the shared file. */
#define WATCH_OFFSET SHARED_BYTES
#define AUTHORS_OFFSET (WATCH_OFFSET + WATCH_PAGE_BYTES + RIGHTS_BYTES)
#define THREADS_OFFSET (WATCH_OFFSET + WATCH_BYTES)
#define SHARED_FILE_BYTES (THREADS_OFFSET + THREADS_BYTES + STORES_BYTES)

/* The memory after the heap is mapped at once: the threads' room and, where stores are recorded, their list after it.
 */
#define RECORDS_BYTES(records) (THREADS_BYTES + ((records) ? STORES_BYTES : 0))

/* Is this entry a note? */
static inline int store_is_note(const struct store *store)
{
    return store->address <= NOTE_LAST && store->bytes == 0;
}

/* May a part of a granule, bytes FROM to TO - 1 of it, be used as WANTED says? */
static inline int rights_allow(unsigned char rights, unsigned from, unsigned to, unsigned wanted)
{
    unsigned first = RIGHTS_FIRST(rights);
    unsigned given = MAY_USE;
    if (from < first)
        given &= RIGHTS_OF_FIRST(rights);
    if (to > first)
        given &= RIGHTS_OF_REST(rights);
    return (given & wanted) == wanted;
}

/* --- where the hooks are linked: the subject, and direct mode --- */

/* subject/watch.c: from now on, graded code is watched if the judge wants it. */
void start_watch(void);

/* The stack reaches from LOW to HIGH, and what a call has of it lies below TOP. Not called: nothing is known of it. */
void watch_stack(uintptr_t low, uintptr_t high);
void watch_stack_below(uintptr_t top);

/* The lowest address that the stack's end has had in a watched function; UINTPTR_MAX: in none. FORGETS: what was so far
 * does not count from now on. */
uintptr_t watch_deepest_frame(bool forgets);

/* The same as a whole, for threads: graded code goes on on the stack NEXT. Returns the one it was on. */
struct watched_stack {
    uintptr_t low, high, end;
};
struct watched_stack watch_other_stack(struct watched_stack next);

/* How many accesses to the arena were looked at so far. */
uint64_t watched_looks(void);

/* subject/fall.c, not in direct mode: the same for the frames of a crash. */
struct watched_stack fall_other_stack(struct watched_stack next);

/* Ends the call because of LOOK. CODE is the return address of the hook's call in graded code, FRAME the hook's frame.
 * Each program that links the hooks defines it. */
_Noreturn void tell_look(const struct look *look, uintptr_t code, const void *frame);

/* The same for what threads of graded code have done (wire/threads.h). */
_Noreturn void tell_threads_report(const struct thread_report *report);

#endif
