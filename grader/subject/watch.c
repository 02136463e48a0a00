// SPDX-License-Identifier: MIT
/*
 * watch.c - checks every load and store of graded code (subject.h, wire/watched.h).
 *
 * These are the functions that the compiler calls under -fsanitize=thread; gcc and clang use the same names. Linked
 * into both the subject and direct mode. A hook changes nothing that its caller could notice, errno included, unless it
 * ends the call.
 *
 * The most frequent cases come first: nearly all accesses are to the stack or to the code's own blocks.
 */
#include "subject/watch.h"
#include "subject/subject.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* NULL: nothing is checked. */
static const volatile struct watch_page *page;

const struct thread_hooks *thread_hooks;

static const unsigned char *const rights = (const unsigned char *)RIGHTS_ADDRESS;
static struct author *const authors = (struct author *)AUTHORS_ADDRESS;
static struct store_list *const stores = (struct store_list *)STORES_ADDRESS;

/* The stack, and where the part of it ends that calls have. All 0: not known. */
static uintptr_t stack_low, stack_high, calls_end;
static uintptr_t deepest_frame = UINTPTR_MAX;

/* Accesses to the arena so far. */
static uint64_t looks;

bool map_watch(int descriptor)
{
    size_t judges = WATCH_PAGE_BYTES + RIGHTS_BYTES;
    const int flags = MAP_SHARED | MAP_FIXED_NOREPLACE;
    void *first = mmap((void *)WATCH_ADDRESS, judges, PROT_READ, flags, descriptor, (off_t)WATCH_OFFSET);
    void *second =
        mmap((void *)AUTHORS_ADDRESS, AUTHORS_BYTES, PROT_READ | PROT_WRITE, flags, descriptor, (off_t)AUTHORS_OFFSET);
    if (first != (void *)WATCH_ADDRESS || second != (void *)AUTHORS_ADDRESS)
        return false;
    size_t bytes = RECORDS_BYTES(((const struct watch_page *)WATCH_ADDRESS)->records);
    return mmap((void *)THREADS_ADDRESS, bytes, PROT_READ | PROT_WRITE, flags, descriptor, (off_t)THREADS_OFFSET) ==
           (void *)THREADS_ADDRESS;
}

void start_watch(void)
{
    const volatile struct watch_page *judges = (const struct watch_page *)WATCH_ADDRESS;
    page = judges->on ? judges : NULL;
}

/* --- checking --- */

bool watch_is_on(void)
{
    return page && !in_child;
}

bool watch_refuses(void)
{
    return watch_is_on() && !page->forgives;
}

static _Noreturn void refuse(uint64_t address, size_t bytes, unsigned wanted, enum look_flaw flaw, struct caller by)
{
    const struct look look = {.address = address, .bytes = bytes, .writes = (wanted & MAY_WRITE) != 0, .flaw = flaw};
    tell_look(&look, by.code, by.frame);
}

/* Offsets in the watched memory. */
static bool is_allowed(size_t from, size_t to, unsigned wanted)
{
    for (size_t granule = from / GRANULE; granule <= (to - 1) / GRANULE; granule++) {
        size_t start = granule * GRANULE;
        unsigned first = from > start ? (unsigned)(from - start) : 0;
        unsigned end = to - start < GRANULE ? (unsigned)(to - start) : GRANULE;
        if (!rights_allow(rights[granule], first, end, wanted))
            return false;
    }
    return true;
}

/* Fills in what the store that was entered last has written by now. */
static void settle_store(void)
{
    struct store *latest = (struct store *)((unsigned char *)stores + stores->latest);
    if (stores->latest != 0)
        memcpy(latest + 1, (const void *)(uintptr_t)latest->address, store_kept(latest->bytes));
    stores->latest = 0;
}

static __attribute__((noinline)) void enter_store(uintptr_t address, size_t bytes, const struct author *author)
{
    uint32_t place = (uint32_t)sizeof *stores + stores->used;
    settle_store();
    if (place + store_room((uint32_t)bytes) > STORES_BYTES) {
        stores->lost++;
        return;
    }
    struct store *store = (struct store *)((unsigned char *)stores + place);
    *store = (struct store){author->code, author->call, (uint32_t)address, (uint32_t)bytes};
    stores->used += store_room((uint32_t)bytes);
    stores->latest = bytes > 0 ? place : 0;
}

static void sign(size_t from, size_t to, uintptr_t code)
{
    const struct author author = {.code = (uint32_t)code, .call = page->call};
    for (size_t granule = from / GRANULE; granule <= (to - 1) / GRANULE; granule++)
        authors[granule] = author;
    if (page->records)
        enter_store(ARENA_ADDRESS + from, to - from, &author);
}

static inline bool is_watched(uintptr_t address)
{
    return address - ARENA_ADDRESS < WATCHED_BYTES && watch_is_on();
}

/* --- the stack --- */

void watch_stack(uintptr_t low, uintptr_t high)
{
    stack_low = low;
    stack_high = high;
}

void watch_stack_below(uintptr_t top)
{
    calls_end = top;
}

/* The frames of hooks lie below all that the function under test has on the stack, written or not. */
static void note_frame(uintptr_t frame)
{
    if (frame < deepest_frame)
        deepest_frame = frame;
}

uintptr_t watch_deepest_frame(bool forgets)
{
    uintptr_t deepest = deepest_frame;
    if (forgets)
        deepest_frame = UINTPTR_MAX;
    return deepest;
}

uint64_t watched_looks(void)
{
    return looks;
}

struct watched_stack watch_other_stack(struct watched_stack next)
{
    struct watched_stack before = {stack_low, stack_high, calls_end};
    watch_stack(next.low, next.high);
    watch_stack_below(next.end);
    return before;
}

static inline bool is_odd_stack(uintptr_t address, size_t bytes, struct caller by)
{
    bool is_stack = address - stack_low < stack_high - stack_low;
    return is_stack && (address < (uintptr_t)by.frame || bytes > calls_end - address || address >= calls_end);
}

/* Objects on the stack lie between the frame of the function that graded code called (the hook) and that of the one
 * which called graded code. Whose objects they are, is not known. */
static void look_at_stack(uintptr_t address, size_t bytes, unsigned wanted, struct caller by)
{
    if (bytes > 0 && watch_is_on() && calls_end != 0 && !page->forgives)
        refuse(address, bytes, wanted, address < (uintptr_t)by.frame ? LOOK_GONE : LOOK_ABOVE, by);
}

/* --- the arena --- */

static void look_closely(uintptr_t address, size_t bytes, unsigned wanted, struct caller by)
{
    size_t from = address - ARENA_ADDRESS;
    size_t room = WATCHED_BYTES - from;
    if (bytes == 0)
        return;
    looks++;
    if (bytes > room || (page->may & wanted) != wanted || !is_allowed(from, from + bytes, wanted))
        refuse(address, bytes, wanted, LOOK_NO_RIGHT, by);
    if (wanted & MAY_WRITE)
        sign(from, from + bytes, by.code);
}

/* An access to memory that may be used like this. Other threads may run before it is made. */
static inline void tell_threads(uintptr_t address, size_t bytes, unsigned wanted, struct caller by)
{
    if (thread_hooks && bytes > 0)
        thread_hooks->access(address, bytes, wanted, by);
}

static void look_only(const void *pointer, size_t bytes, unsigned wanted, struct caller by)
{
    uintptr_t address = (uintptr_t)pointer;
    if (is_watched(address))
        look_closely(address, bytes, wanted, by);
    else if (is_odd_stack(address, bytes, by))
        look_at_stack(address, bytes, wanted, by);
}

void look(const void *pointer, size_t bytes, unsigned wanted, struct caller by)
{
    look_only(pointer, bytes, wanted, by);
    tell_threads((uintptr_t)pointer, bytes, wanted, by);
}

/* An access to an object whose type is as large as ALIGNMENT, which is at most 8. */
static inline void look_aligned(const void *pointer, size_t bytes, size_t alignment, unsigned wanted, struct caller by)
{
    uintptr_t address = (uintptr_t)pointer;
    if (is_watched(address) && address % alignment != 0 && page->even)
        refuse(address, bytes, wanted, LOOK_ODD, by);
    look(pointer, bytes, wanted, by);
}

size_t look_string(const char *text, size_t most, struct caller by)
{
    size_t length = 0;
    for (; length < most; length++) {
        look(text + length, 1, MAY_READ, by);
        if (text[length] == '\0')
            break;
    }
    return length;
}

void look_copied(const void *from, size_t bytes, struct caller by)
{
    uintptr_t start = (uintptr_t)from;
    if (watch_is_on() && start >= page->start && start < page->end && bytes > page->end - start)
        refuse(start, bytes, MAY_READ, LOOK_COPY, by);
}

void look_apart(const void *to, const void *from, size_t bytes, struct caller by)
{
    uintptr_t low = (uintptr_t)to;
    uintptr_t high = (uintptr_t)from;
    bool overlap = low < high ? high - low < bytes : low - high < bytes;
    if (watch_refuses() && overlap && to != from)
        refuse(low, bytes, MAY_WRITE, LOOK_OVERLAP, by);
}

/* --- arrays whose size the compiler knows, wherever they lie (-fsanitize=bounds) --- */

/* What the compiler says of a type. */
struct type {
    uint16_t kind; /* 0: an integer */
    uint16_t info; /* of an integer: the lowest bit says whether it has a sign; then the logarithm of its bits */
    char name[];   /* "'int [4][5]'" */
};

struct outside {
    const void *file;
    uint32_t line, column;
    const struct type *array;
    const struct type *index;
};

/* The number in the first brackets of an array type's name. */
static uint64_t elements_of(const struct type *array)
{
    const uint64_t ten = 10;
    const char *at = strchr(array->name, '[');
    uint64_t n = 0;
    for (at += at != NULL; at && *at >= '0' && *at <= '9'; at++)
        n = n * ten + (uint64_t)(*at - '0');
    return n;
}

/* VALUE as a number of 64 bits, with its sign. */
static uint64_t extended(uint64_t value, const struct type *type)
{
    const unsigned most = 64;
    unsigned bits = 1U << (type->info >> 1);
    if (type->kind != 0 || !(type->info & 1U) || bits >= most)
        return value;
    uint64_t sign = (uint64_t)1 << (bits - 1);
    value &= (sign << 1) - 1;
    return (value ^ sign) - sign;
}

void watched_out_of_bounds(const struct outside *what, uint64_t index);

void watched_out_of_bounds(const struct outside *what, uint64_t index)
{
    if (watch_refuses())
        refuse(extended(index, what->index), (size_t)elements_of(what->array), MAY_USE, LOOK_INDEX, CALLER);
}

/* --- what the compiler calls --- */

#define HOOK(name, bytes, alignment, wanted)                                                                           \
    void __tsan_##name(void *address);                                                                                 \
    void __tsan_##name(void *address)                                                                                  \
    {                                                                                                                  \
        look_aligned(address, bytes, alignment, wanted, CALLER);                                                       \
    }

#define HOOKS(bytes, alignment)                                                                                        \
    HOOK(read##bytes, bytes, alignment, MAY_READ)                                                                      \
    HOOK(write##bytes, bytes, alignment, MAY_WRITE)                                                                    \
    HOOK(read_write##bytes, bytes, alignment, MAY_USE)                                                                 \
    HOOK(volatile_read##bytes, bytes, alignment, MAY_READ)                                                             \
    HOOK(volatile_write##bytes, bytes, alignment, MAY_WRITE)                                                           \
    HOOK(unaligned_read##bytes, bytes, 1, MAY_READ)                                                                    \
    HOOK(unaligned_write##bytes, bytes, 1, MAY_WRITE)                                                                  \
    HOOK(unaligned_read_write##bytes, bytes, 1, MAY_USE)                                                               \
    HOOK(unaligned_volatile_read##bytes, bytes, 1, MAY_READ)                                                           \
    HOOK(unaligned_volatile_write##bytes, bytes, 1, MAY_WRITE)

HOOKS(1, 1)
HOOKS(2, 2)
HOOKS(4, 4)
HOOKS(8, 8)
HOOKS(16, 8)

void __tsan_read_range(void *address, unsigned long bytes);
void __tsan_write_range(void *address, unsigned long bytes);

void __tsan_read_range(void *address, unsigned long bytes)
{
    look(address, bytes, MAY_READ, CALLER);
}

void __tsan_write_range(void *address, unsigned long bytes)
{
    look(address, bytes, MAY_WRITE, CALLER);
}

void enter_note(uint32_t what, struct caller by)
{
    const struct author author = {.code = (uint32_t)by.code, .call = watch_is_on() ? page->call : 0};
    if (watch_is_on() && page->records)
        enter_store(what, 0, &author);
}

/* gcc and clang call it at the start of each run of lines without a branch, under -fsanitize-coverage=trace-pc. */
void __sanitizer_cov_trace_pc(void);

void __sanitizer_cov_trace_pc(void)
{
    enter_note(NOTE_STEP, CALLER);
}

void __tsan_init(void);
void __tsan_func_entry(void *code);
void __tsan_func_exit(void);
void __tsan_ignore_thread_begin(void);
void __tsan_ignore_thread_end(void);

void __tsan_init(void)
{
}

void __tsan_func_entry(void *code)
{
    (void)code;
    note_frame((uintptr_t)__builtin_frame_address(0));
}

void __tsan_func_exit(void)
{
    note_frame((uintptr_t)__builtin_frame_address(0));
}

void __tsan_ignore_thread_begin(void)
{
}

void __tsan_ignore_thread_end(void)
{
}

/* --- atomic operations, which these hooks have to do themselves --- */

static void look_at_atomic(const volatile void *object, size_t bytes, unsigned wanted, struct caller by)
{
    look_only((const void *)object, bytes, wanted, by);
    if (thread_hooks)
        thread_hooks->atomic((uintptr_t)object, bytes, wanted, by);
}

/* The operation was made: it has read OBJECT, written to it, or both. */
static void end_atomic(const volatile void *object, unsigned did, int order)
{
    if (thread_hooks)
        thread_hooks->atomic_done((uintptr_t)object, did, order);
}

#define FETCH(bits, type, name)                                                                                        \
    type __tsan_atomic##bits##_fetch_##name(volatile type *object, type value, int order);                             \
    type __tsan_atomic##bits##_fetch_##name(volatile type *object, type value, int order)                              \
    {                                                                                                                  \
        look_at_atomic(object, sizeof *object, MAY_USE, CALLER);                                                       \
        type before = __atomic_fetch_##name(object, value, __ATOMIC_SEQ_CST);                                          \
        end_atomic(object, MAY_USE, order);                                                                            \
        return before;                                                                                                 \
    }

#define EXCHANGE(bits, type, strength, weak)                                                                           \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected, type value,           \
                                                          int order, int failure);                                     \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *object, type *expected, type value,           \
                                                          int order, int failure)                                      \
    {                                                                                                                  \
        look(expected, sizeof *expected, MAY_USE, CALLER);                                                             \
        look_at_atomic(object, sizeof *object, MAY_USE, CALLER);                                                       \
        int done = __atomic_compare_exchange_n(object, expected, value, weak, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);     \
        end_atomic(object, done ? MAY_USE : MAY_READ, done ? order : failure);                                         \
        return done;                                                                                                   \
    }

#define ATOMIC(bits, type)                                                                                             \
    type __tsan_atomic##bits##_load(const volatile type *object, int order);                                           \
    type __tsan_atomic##bits##_load(const volatile type *object, int order)                                            \
    {                                                                                                                  \
        look_at_atomic(object, sizeof *object, MAY_READ, CALLER);                                                      \
        type value = __atomic_load_n(object, __ATOMIC_SEQ_CST);                                                        \
        end_atomic(object, MAY_READ, order);                                                                           \
        return value;                                                                                                  \
    }                                                                                                                  \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order);                                    \
    void __tsan_atomic##bits##_store(volatile type *object, type value, int order)                                     \
    {                                                                                                                  \
        look_at_atomic(object, sizeof *object, MAY_WRITE, CALLER);                                                     \
        __atomic_store_n(object, value, __ATOMIC_SEQ_CST);                                                             \
        end_atomic(object, MAY_WRITE, order);                                                                          \
    }                                                                                                                  \
    type __tsan_atomic##bits##_exchange(volatile type *object, type value, int order);                                 \
    type __tsan_atomic##bits##_exchange(volatile type *object, type value, int order)                                  \
    {                                                                                                                  \
        look_at_atomic(object, sizeof *object, MAY_USE, CALLER);                                                       \
        type before = __atomic_exchange_n(object, value, __ATOMIC_SEQ_CST);                                            \
        end_atomic(object, MAY_USE, order);                                                                            \
        return before;                                                                                                 \
    }                                                                                                                  \
    FETCH(bits, type, add)                                                                                             \
    FETCH(bits, type, sub)                                                                                             \
    FETCH(bits, type, and)                                                                                             \
    FETCH(bits, type, or)                                                                                              \
    FETCH(bits, type, xor)                                                                                             \
    FETCH(bits, type, nand)                                                                                            \
    EXCHANGE(bits, type, strong, false)                                                                                \
    EXCHANGE(bits, type, weak, true)

ATOMIC(8, unsigned char)
ATOMIC(16, unsigned short)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_signal_fence(int order);

void __tsan_atomic_thread_fence(int order)
{
    (void)order;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

void __tsan_atomic_signal_fence(int order)
{
    (void)order;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}
