// SPDX-License-Identifier: MIT
/*
 * watched.h - watched memory: two maps of the arena, for the judge and its subject.
 *
 * Theory of operation
 * -------------------
 * Graded code is compiled with -fsanitize=thread: the compiler calls a function at each load and store. No runtime of
 * the compiler's is linked; the functions are the subject's own (subject/watch.c). They look the address up:
 *
 *     rights    Who may use which byte of the arena now. The judge writes it from its books (judge/lib/watch.c); the
 *               subject can only read it. One byte for each granule of 8 bytes.
 *     authors   For each granule, which instruction of graded code wrote it last, and in which call. The subject writes
 *               it; the judge reads it for its stories and takes nothing else from it.
 *
 * Both lie behind the arena in the shared file, and below the channel in memory:
 *
 *     WATCH_ADDRESS    struct watch_page, on a page of its own
 *     RIGHTS_ADDRESS   one byte a granule
 *     AUTHORS_ADDRESS  one struct author a granule, up to a gap of GAP_BYTES and the channel
 *
 * An access without the right to it ends the call: the subject says SAY_LOOKED, and in channel->look what it saw.
 *
 * Trust: whoever switches the looking off in the subject loses a help and gains nothing, as no verdict rests on an
 * access that was *not* told. What is told, the judge looks up in its own map before it says so.
 */
#ifndef HEAPLAB_WATCHED_H
#define HEAPLAB_WATCHED_H

#include "wire/channel.h"

enum { GRANULE = 8 };

/* What may be done with a byte. */
enum { MAY_READ = 1, MAY_WRITE = 2, MAY_USE = MAY_READ | MAY_WRITE };

/* A byte of the map: how many bytes of the granule are its first part (0 to 8), and what may be done with those and
 * with the rest. All of it zero: nothing. */
#define RIGHTS(first, of_first, of_rest)                                                                               \
    ((unsigned char)((unsigned)(first) | (unsigned)(of_first) << 4 | (unsigned)(of_rest) << 6))
#define RIGHTS_FIRST(rights) ((rights)&15U)
#define RIGHTS_OF_FIRST(rights) ((rights) >> 4 & 3U)
#define RIGHTS_OF_REST(rights) ((rights) >> 6)

/* Static program, below 4 GiB: its code addresses fit into 32 bits. Call 0: nobody has written there. */
struct author {
    uint32_t code; /* where the hook was called from: the instruction behind the call */
    uint32_t call; /* the number of the call into graded code, from 1 */
};

/* Written by the judge. */
struct watch_page {
    uint32_t on;   /* accesses are to be looked at */
    uint32_t may;  /* in this call, of the rights that the map gives */
    uint32_t call; /* the number of this call */
    uint32_t even; /* addresses are to be multiples of what their type asks for */

    /* What is copied from there stays inside: the payload that this call is about, up to end. Both 0: none. */
    _Alignas(8) uint64_t start;
    _Alignas(8) uint64_t end;
};

#define WATCHED_BYTES (INPUT_BYTES + HEAP_BYTES)
#define WATCH_PAGE_BYTES ((size_t)65536)
#define RIGHTS_BYTES (WATCHED_BYTES / GRANULE)
#define AUTHORS_BYTES (WATCHED_BYTES / GRANULE * sizeof(struct author))
#define WATCH_BYTES (WATCH_PAGE_BYTES + RIGHTS_BYTES + AUTHORS_BYTES)
#define GAP_BYTES MIB

#define WATCH_ADDRESS (CHANNEL_ADDRESS - GAP_BYTES - WATCH_BYTES)
#define RIGHTS_ADDRESS (WATCH_ADDRESS + WATCH_PAGE_BYTES)
#define AUTHORS_ADDRESS (RIGHTS_ADDRESS + RIGHTS_BYTES)

/* Where they are in the shared file. */
#define WATCH_OFFSET SHARED_BYTES
#define AUTHORS_OFFSET (WATCH_OFFSET + WATCH_PAGE_BYTES + RIGHTS_BYTES)

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

/* subject/watch.c: from now on graded code is watched, if the judge says so. */
void start_watch(void);

/* Ends the call for LOOK, an access at CODE, behind a call in graded code; FRAME is that of what it called. Defined by
 * who links the hooks. */
_Noreturn void tell_look(const struct look *look, uintptr_t code, const void *frame);

#endif
