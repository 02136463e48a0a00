// SPDX-License-Identifier: MIT
/*
 * calls.c - malloc and its family, answered by the student's functions (shim.h).
 *
 * Every call takes the lock, is noted on the page, goes to the student's function, and comes back through the checks
 * below. The student's mm_realloc and mm_calloc are used if they exist; otherwise mm_malloc is.
 *
 * The shim adds what programs expect but a teaching allocator need not offer: a block for 0 bytes, other alignments,
 * malloc_usable_size, and an overflow check in calloc.
 */
#include "shim.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* The student's functions. INIT_IS_BOOL (assemble.sh): mm_init returns true for success, instead of 0. */
extern void *mm_malloc(size_t size);
extern void mm_free(void *block);
extern void *mm_realloc(void *block, size_t size) __attribute__((weak));
extern void *mm_calloc(size_t count, size_t size) __attribute__((weak));
#ifdef INIT_IS_BOOL
extern bool mm_init(void) __attribute__((weak));
#else
extern int mm_init(void) __attribute__((weak));
#endif

static bool started;

/* --- in and out ----------------------------------------------------------------------------------------------------
 */

static bool initialise(void)
{
    if (!mm_init)
        return true;
    counts->now = (struct run_call){.function = RUN_INIT};
#ifdef INIT_IS_BOOL
    return mm_init();
#else
    return mm_init() == 0;
#endif
}

static void start_allocator(void)
{
    static const char no_room[] = "heaplab: the system refuses the address space for a heap\n";
    started = true;
    if (!memory_reserve()) {
        (void)!write(STDERR_FILENO, no_room, sizeof no_room - 1);
        _exit(EXIT_FAILURE);
    }
    if (!initialise())
        page_tell_and_end((struct run_trouble){.kind = TROUBLE_INIT});
}

/* Begins a call. False if this thread is already in the allocator: then the allocator itself is calling malloc. */
static bool enter_allocator(void)
{
    if (!lock_take()) {
        counts->inner++;
        return false;
    }
    if (!started)
        start_allocator();
    return true;
}

static void leave(void)
{
    counts->now.function = RUN_NOTHING;
    lock_give();
}

/* --- the student's functions ---------------------------------------------------------------------------------------
 */

static void note_call(struct run_call call)
{
    counts->now = call;
    counts->calls[call.function]++;
}

/* What is wrong with a new block of SIZE bytes at trouble->result. */
static enum run_trouble_kind new_trouble(struct run_trouble *trouble, uint64_t size)
{
    size_t heap = memory_bytes();
    struct book_entry there = {0};
    if (trouble->result >= heap)
        return TROUBLE_OUTSIDE;
    if (trouble->result % SHIM_ALIGNMENT != 0)
        return TROUBLE_MISALIGNED;
    if (size > heap - trouble->result)
        return TROUBLE_OUTSIDE;
    if (books_are_free(trouble->result, size, &trouble->other))
        return TROUBLE_NONE;
    books_find(trouble->other, &there);
    trouble->other_size = there.size;
    return TROUBLE_OVERLAP;
}

static void check_new(const void *block, uint64_t size)
{
    struct run_trouble trouble = {.result = memory_offset(block)};
    trouble.kind = new_trouble(&trouble, size);
    if (trouble.kind != TROUBLE_NONE)
        page_tell_and_end(trouble);
}

static void *checked(void *block, uint64_t size)
{
    if (block) {
        check_new(block, size);
    } else {
        if (counts->refused++ == 0)
            counts->first_refused_size = size;
        errno = ENOMEM;
    }
    return block;
}

static void *take_block(size_t size)
{
    note_call((struct run_call){.function = RUN_MALLOC, .size = size});
    return checked(mm_malloc(size), size);
}

/* Checks only both ends of a block that mm_calloc returned, because the whole block may be larger than the machine's
 * memory. */
static void check_zero(const unsigned char *block, size_t size)
{
    enum { LOOKED_AT = 4096 };
    size_t n = size < LOOKED_AT ? size : LOOKED_AT;
    for (size_t i = 0; i < n; i++)
        if (block[i] != 0 || block[size - 1 - i] != 0)
            page_tell_and_end((struct run_trouble){.kind = TROUBLE_NOT_ZERO, .result = memory_offset(block)});
}

static void *take_zeroed(size_t count, size_t size)
{
    size_t bytes = count * size;
    if (!mm_calloc) {
        void *block = take_block(bytes);
        return block ? memset(block, 0, bytes) : NULL;
    }
    note_call((struct run_call){.function = RUN_CALLOC, .count = count, .size = size});
    void *block = checked(mm_calloc(count, size), bytes);
    if (block)
        check_zero(block, bytes);
    return block;
}

/* --- the books -----------------------------------------------------------------------------------------------------
 */

/* Records BLOCK, which lies in the allocator's block RAW, as live. Returns BLOCK; NULL stays NULL. */
static void *adopt(void *block, const void *raw, size_t size)
{
    if (!block)
        return NULL;
    books_enter(memory_offset(block), (struct book_entry){.size = size, .raw = memory_offset(raw)});
    counts->live += size;
    if (counts->live > counts->peak)
        counts->peak = counts->live;
    return block;
}

static void strike(uint64_t offset, struct book_entry entry)
{
    books_strike(offset, entry);
    counts->live -= entry.size;
}

static void give_back(uint64_t offset, struct book_entry entry)
{
    note_call((struct run_call){.function = RUN_FREE, .block = offset, .old_size = entry.size});
    strike(offset, entry);
    mm_free(memory_address(entry.raw));
}

/* --- realloc -------------------------------------------------------------------------------------------------------
 */

enum { KEPT = 64 };

/* The ends of the bytes that realloc has to keep. */
struct kept {
    size_t bytes;
    unsigned char front[KEPT];
    unsigned char back[KEPT];
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void keep_ends(struct kept *kept, const unsigned char *block, size_t bytes)
{
    size_t n = least(bytes, KEPT);
    kept->bytes = bytes;
    memcpy(kept->front, block, n);
    memcpy(kept->back, block + bytes - n, n);
}

static bool is_kept(const struct kept *kept, const unsigned char *block)
{
    size_t n = least(kept->bytes, KEPT);
    return memcmp(kept->front, block, n) == 0 && memcmp(kept->back, block + kept->bytes - n, n) == 0;
}

static void *move(void *old, uint64_t offset, struct book_entry entry, size_t size)
{
    void *block = take_block(size);
    if (!block)
        return NULL;
    memcpy(block, old, least(entry.size, size));
    adopt(block, block, size);
    give_back(offset, entry);
    return block;
}

static void *resize(void *old, uint64_t offset, struct book_entry entry, size_t size)
{
    struct kept kept;
    keep_ends(&kept, old, least(entry.size, size));
    note_call((struct run_call){.function = RUN_REALLOC, .block = offset, .old_size = entry.size, .size = size});
    strike(offset, entry);
    void *block = checked(mm_realloc(old, size), size);
    if (!block) {
        adopt(old, old, entry.size);
        return NULL;
    }
    if (!is_kept(&kept, block))
        page_tell_and_end((struct run_trouble){.kind = TROUBLE_LOST_BYTES, .result = memory_offset(block)});
    return adopt(block, block, size);
}

static void *reallocate(void *old, size_t size)
{
    struct book_entry entry;
    uint64_t offset = memory_offset(old);
    if (!books_find(offset, &entry)) {
        counts->strange++;
        return NULL;
    }
    if (!mm_realloc || entry.raw != offset)
        return move(old, offset, entry, size);
    return resize(old, offset, entry, size);
}

/* --- what programs call --------------------------------------------------------------------------------------------
 */

/* An allocator under test may refuse 0 bytes, but a program that asks for 0 bytes wants a block. */
static size_t at_least_one(size_t size)
{
    return size > 0 ? size : 1;
}

/* Ends the call. A call that succeeds leaves errno as it was. */
static void *answer(void *block, int error)
{
    leave();
    if (block)
        errno = error;
    else
        errno = ENOMEM;
    return block;
}

void *malloc(size_t size)
{
    int error = errno;
    if (!enter_allocator())
        return spare_malloc(size);
    size_t bytes = at_least_one(size);
    void *block = take_block(bytes);
    return answer(adopt(block, block, bytes), error);
}

void *calloc(size_t count, size_t size)
{
    int error = errno;
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    if (!enter_allocator())
        return spare_malloc(count * size); /* which is fresh and zero */
    size_t bytes = at_least_one(count * size);
    void *block = count * size == 0 ? take_zeroed(1, 1) : take_zeroed(count, size);
    return answer(adopt(block, block, bytes), error);
}

void free(void *old)
{
    int error = errno;
    struct book_entry entry;
    if (!old || spare_holds(old) || !enter_allocator())
        return;
    if (books_find(memory_offset(old), &entry))
        give_back(memory_offset(old), entry);
    else
        counts->strange++;
    leave();
    errno = error;
}

static void *leave_spare(void *old, size_t size)
{
    void *block = malloc(size);
    if (block)
        memcpy(block, old, least(size, spare_size(old)));
    return block;
}

void *realloc(void *old, size_t size)
{
    int error = errno;
    if (!old)
        return malloc(size);
    if (size == 0) {
        free(old);
        return NULL;
    }
    if (spare_holds(old))
        return leave_spare(old, size);
    if (!enter_allocator())
        return NULL;
    return answer(reallocate(old, size), error);
}

void *reallocarray(void *old, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(old, count * size);
}

/* A block of SIZE bytes at a multiple of ALIGNMENT, a power of two above SHIM_ALIGNMENT, inside a larger one. */
static void *take_aligned(size_t alignment, size_t size)
{
    unsigned char *raw = size <= SIZE_MAX - alignment ? take_block(size + alignment) : NULL;
    if (!raw)
        return NULL;
    counts->aligned++;
    size_t skip = (alignment - (uintptr_t)raw % alignment) % alignment;
    return adopt(raw + skip, raw, size);
}

void *memalign(size_t alignment, size_t size)
{
    int error = errno;
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        errno = EINVAL;
        return NULL;
    }
    if (alignment <= SHIM_ALIGNMENT)
        return malloc(size);
    if (!enter_allocator())
        return NULL;
    return answer(take_aligned(alignment, at_least_one(size)), error);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

void *valloc(size_t size)
{
    return memalign((size_t)sysconf(_SC_PAGESIZE), size);
}

int posix_memalign(void **place, size_t alignment, size_t size)
{
    int error = errno;
    if (alignment % sizeof(void *) != 0 || alignment == 0 || (alignment & (alignment - 1)) != 0)
        return EINVAL;
    void *block = memalign(alignment, size);
    errno = error;
    if (!block)
        return ENOMEM;
    *place = block;
    return 0;
}

size_t malloc_usable_size(void *block)
{
    struct book_entry entry = {0};
    if (!block)
        return 0;
    if (spare_holds(block))
        return spare_size(block);
    if (!enter_allocator())
        return 0;
    books_find(memory_offset(block), &entry);
    leave();
    return entry.size;
}

/* --- the process ---------------------------------------------------------------------------------------------------
 */

static void in_child(void)
{
    lock_renew();
    page_leave();
    falls_watch();
}

__attribute__((constructor)) static void begin(void)
{
    page_open();
    falls_watch();
    pthread_atfork(lock_hold, lock_release, in_child);
}
