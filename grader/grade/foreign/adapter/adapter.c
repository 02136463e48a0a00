// SPDX-License-Identifier: MIT
/*
 * adapter.c - for heaplab replay and imported labs: what stands between an allocator that was written for another
 * course, or for none, and the functions that the judge calls. It is compiled and linked with that allocator, in the
 * sandbox.
 *
 * heaplab_adapter.h, which grade/foreign/adapt.c writes, says which parts are needed:
 *
 *   INIT_NAME, INIT_RESULT               the function that makes the allocator ready; without it, nothing has to
 *   INIT_TAKES_..., INIT_RETURNS_...     1 or 0; ROOM: memory that it may keep itself in
 *   INSTANCE                             the functions take what that function returned as their first argument
 *   MALLOC_NAME, FREE_NAME, REALLOC_NAME  names as strings, where they have to be called by another one
 *   NO_REALLOC                           there is none
 *   HAS_BREAK, HAS_MAPS, HAS_RESET, HAS_BOUNDS, HAS_OLD_NAMES: parts of the system that the code asks for
 *   SEGMENT_BYTES                        of the memory that is handed over at the start
 *
 * The kit's memlib.h is called by the names kit_..., and the judge calls those that begin with replay_: link.sh gives
 * both their real names when the allocator's own functions of these names are out of sight.
 */
#include "heaplab_adapter.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define FAILED ((void *)-1)

void *kit_mem_sbrk(intptr_t increment);
void *kit_mem_heap_lo(void);

/* --- the system --- */

/* The break as the code sees it, which may also move down, and the end of the memory that it can move through. Maps lie
 * beyond; where there are some, the break may have to jump over them, as it may on a real system. */
#if defined HAS_BREAK || defined HAS_RESET
static char *now, *end;

static void *move_break(intptr_t increment, bool cleared)
{
    if (!now)
        now = end = kit_mem_heap_lo();
    if (increment < 0 && now - (char *)kit_mem_heap_lo() < -increment)
        return FAILED;
    if (increment > end - now && kit_mem_sbrk(0) != end)
        now = end = kit_mem_sbrk(0);
    char *old = now;
    intptr_t missing = increment - (end - now);
    if (missing > 0 && kit_mem_sbrk(missing) == FAILED)
        return FAILED;
    if (missing > 0)
        end += missing;
    if (cleared && increment > 0)
        memset(old, 0, (size_t)increment); /* as the system does it */
    now += increment;
    return old;
}
#endif

#ifdef HAS_BREAK
/* Often declared with an int, whose sign only its lower half shows. */
void *sbrk(intptr_t increment)
{
    return move_break(increment >> 31 == 1 ? (intptr_t)(int32_t)increment : increment, true);
}

int brk(void *wanted)
{
    move_break(0, false);
    return move_break((char *)wanted - now, true) == FAILED ? -1 : 0;
}
#endif

#ifdef HAS_RESET
#ifdef HAS_BOUNDS
char *dseg_lo, *dseg_hi;
long dseg_size;
#endif

void mem_reset_brk(void)
{
    if (now)
        now = kit_mem_heap_lo();
#ifdef HAS_BOUNDS
    dseg_lo = kit_mem_heap_lo();
    dseg_hi = dseg_lo - 1;
    dseg_size = 0;
#endif
}

void *mem_sbrk(intptr_t increment)
{
    void *old = increment < 0 ? FAILED : move_break(increment, false);
#ifdef HAS_BOUNDS
    dseg_hi = now - 1;
    dseg_size = now - dseg_lo;
#endif
    return old;
}

size_t mem_heapsize(void)
{
    return now ? (size_t)(now - (char *)kit_mem_heap_lo()) : 0;
}

void *mem_heap_hi(void)
{
    return (char *)kit_mem_heap_lo() + mem_heapsize() - 1;
}
#else
void *mem_heap_hi(void);
size_t mem_heapsize(void);
#endif

#ifdef HAS_OLD_NAMES
size_t mem_pagesize(void);
void *mem_heap_lo(void);

__attribute__((weak)) int verbose;

__attribute__((weak)) void mem_init(void)
{
}

__attribute__((weak)) void mem_deinit(void)
{
}

__attribute__((weak)) void *mm_heap_lo(void)
{
    return mem_heap_lo();
}

__attribute__((weak)) void *mm_heap_hi(void)
{
    return mem_heap_hi();
}

__attribute__((weak)) size_t mm_heapsize(void)
{
    return mem_heapsize();
}

__attribute__((weak)) size_t mm_pagesize(void)
{
    return mem_pagesize();
}

__attribute__((weak)) size_t mem_usage(void)
{
    return mem_heapsize();
}

__attribute__((weak)) void *mem_memcpy(void *to, const void *from, size_t n)
{
    return memcpy(to, from, n);
}

__attribute__((weak)) void *mem_memset(void *to, int byte, size_t n)
{
    return memset(to, byte, n);
}
#endif

#ifdef HAS_MAPS
enum { PAGE = 4096, MOST_RETURNED = 64 };

static struct region {
    char *start;
    size_t bytes;
} returned[MOST_RETURNED];

static size_t whole_pages(size_t bytes)
{
    return (bytes + PAGE - 1) / PAGE * PAGE;
}

/* Before the first map: room for the break to go on below all maps. */
static void reserve(void)
{
#ifdef HAS_BREAK
    enum { RESERVED_BYTES = 8 << 20 };
    static bool done;
    move_break(0, false);
    if (!done && kit_mem_sbrk(RESERVED_BYTES) != FAILED)
        end += RESERVED_BYTES;
    done = true;
#endif
}

static char *region_from_break(size_t bytes)
{
    reserve();
    char *start = kit_mem_sbrk(0);
    size_t skipped = whole_pages((uintptr_t)start) - (uintptr_t)start;
    return kit_mem_sbrk((intptr_t)(skipped + bytes)) == FAILED ? FAILED : start + skipped;
}

/* Memory of no file, from memory that was unmapped or from the heap's end. */
void *mmap(void *wanted, size_t length, int protection, int flags, int file, long offset)
{
    size_t bytes = whole_pages(length);
    (void)wanted, (void)protection, (void)flags, (void)file, (void)offset;
    if (length == 0 || length > PTRDIFF_MAX)
        return FAILED;
    char *start = FAILED;
    for (size_t i = 0; i < MOST_RETURNED && start == FAILED; i++)
        if (returned[i].bytes >= bytes) {
            start = returned[i].start;
            returned[i].start += bytes;
            returned[i].bytes -= bytes;
        }
    if (start == FAILED)
        start = region_from_break(bytes);
    return start == FAILED ? FAILED : memset(start, 0, length);
}

int munmap(void *start, size_t length)
{
    for (size_t i = 0; i < MOST_RETURNED; i++)
        if (returned[i].bytes == 0) {
            returned[i] = (struct region){start, whole_pages(length)};
            return 0;
        }
    return 0; /* nobody can use it again */
}
#endif

/* --- the allocator --- */

#ifdef INSTANCE
static void *instance; /* the allocator, as it calls itself */
#define WITH_INSTANCE instance,
#define INSTANCE_TYPE void *,
#else
#define WITH_INSTANCE
#define INSTANCE_TYPE
#endif

#ifdef INIT_NAME
#if INIT_TAKES_ROOM && INIT_TAKES_SEGMENT
#define INIT_PARAMETERS void *, void *, size_t
#define INIT_ARGUMENTS &room, segment, SEGMENT_BYTES
#elif INIT_TAKES_ROOM
#define INIT_PARAMETERS void *
#define INIT_ARGUMENTS &room
#elif INIT_TAKES_SEGMENT
#define INIT_PARAMETERS void *, size_t
#define INIT_ARGUMENTS segment, SEGMENT_BYTES
#elif INIT_TAKES_SIZE
#define INIT_PARAMETERS size_t
#define INIT_ARGUMENTS SEGMENT_BYTES
#else
#define INIT_PARAMETERS void
#define INIT_ARGUMENTS
#endif
INIT_RESULT their_init(INIT_PARAMETERS) __asm__(INIT_NAME);

/* For what the allocator knows of itself, where it wants that to be given. */
#if INIT_TAKES_ROOM
enum { ROOM_BYTES = 16384 };
static union {
    max_align_t aligned;
    char bytes[ROOM_BYTES];
} room;
#endif
#endif

bool replay_mm_init(void)
{
#ifdef HAS_RESET
    mem_reset_brk();
#endif
#if INIT_TAKES_SEGMENT
    void *segment = kit_mem_sbrk(SEGMENT_BYTES);
    if (segment == FAILED)
        return false;
#endif
#if INIT_TAKES_ROOM && !INIT_RETURNS_POINTER
    instance = &room;
#endif
#ifndef INIT_NAME
    return true;
#elif INIT_RETURNS_NOTHING
    their_init(INIT_ARGUMENTS);
    return true;
#elif defined INSTANCE && INIT_RETURNS_POINTER
    instance = their_init(INIT_ARGUMENTS);
    return instance != NULL;
#elif INIT_RETURNS_INT
    return their_init(INIT_ARGUMENTS) >= 0;
#else
    return their_init(INIT_ARGUMENTS) ? true : false;
#endif
}

#ifdef MALLOC_NAME
void *their_malloc(INSTANCE_TYPE size_t) __asm__(MALLOC_NAME);
void *replay_mm_malloc(size_t size)
{
    return their_malloc(WITH_INSTANCE size);
}

void their_free(INSTANCE_TYPE void *) __asm__(FREE_NAME);
void replay_mm_free(void *payload)
{
    their_free(WITH_INSTANCE payload);
}
#endif

#ifdef REALLOC_NAME
void *their_realloc(INSTANCE_TYPE void *, size_t) __asm__(REALLOC_NAME);
void *replay_mm_realloc(void *payload, size_t size)
{
    return their_realloc(WITH_INSTANCE payload, size);
}
#endif

/* Never called: the judge knows that there is none. */
#ifdef NO_REALLOC
void *replay_mm_realloc(void *payload, size_t size)
{
    (void)size;
    return payload;
}
#endif
