// SPDX-License-Identifier: MIT
/*
 * heap.c - the judge's books of malloc, calloc, realloc and free (heaplab/heap.h).
 *
 * Blocks lie in the arena, one after the other; a test may have freed ones handed out again (heap_reuse):
 *
 *     | zone 32 | payload | zone, at least 32, to the next multiple of 16 | zone 32 | payload | ...
 *
 * The books are in the judge's own memory. In direct mode the same code runs in the student's process; valgrind
 * learns about every block, so its reports name the student's lines.
 */
#include "judge/judge.h"
#include "judge/lib/poison.h"
#include "judge/lib/rights.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MOST_BLOCKS = 65536,
    LEAKS_NAMED = 3,
    ALIGNMENT = 16,
    ZONE_BYTES = 32,
    MAKER_BYTES = 96,
};

struct entry {
    unsigned char *start;
    size_t size;
    bool live;
    unsigned freed_as;       /* which free of the test this was; a later one has a larger number */
    char maker[MAKER_BYTES]; /* the call in flight when it was handed out */
    char freer[MAKER_BYTES]; /* and when it was freed */
};

/* The books of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct entry *books;
static unsigned entries;
static unsigned char junk = HEAP_JUNK_BYTE; /* what new blocks hold */
static size_t used;                         /* bytes of the heap handed out or zoned so far */
static size_t requests;
static size_t refusals;
static size_t largest;
static size_t kept;                     /* bytes that the last realloc carried over */
static const struct entry *in_question; /* marked in the picture; NULL for none */
static size_t refuse_at;                /* 0: none; otherwise the number of the request to refuse */
static bool refuse_after;               /* and all that follow */
static bool reuse;                      /* see heap_reuse */
static unsigned frees;                  /* so far: orders the freed blocks */

/* --- reading the books --- */

/* The books are in order of address, since no memory is handed out twice. */
static struct entry *entry_of(const void *address)
{
    unsigned low = 0;
    unsigned high = entries;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if ((uintptr_t)books[middle].start <= (uintptr_t)address)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return NULL;
    struct entry *entry = &books[low - 1];
    size_t span = entry->size > 0 ? entry->size : 1;
    return (uintptr_t)address - (uintptr_t)entry->start < span ? entry : NULL;
}

/* The entry for an address that lies in no block: just after a block, or just before the next one. */
static struct entry *entry_about(const void *address)
{
    unsigned i = entries;
    while (i > 0 && (uintptr_t)books[i - 1].start > (uintptr_t)address)
        i--;
    if (i < entries && (uintptr_t)books[i].start - (uintptr_t)address <= ZONE_BYTES)
        return &books[i];
    return i > 0 ? &books[i - 1] : NULL;
}

static struct heap_block block_of(const struct entry *entry)
{
    return (struct heap_block){
        .start = entry->start, .size = entry->size, .live = entry->live, .serial = (unsigned)(entry - books) + 1};
}

bool heap_find(const void *address, struct heap_block *block)
{
    const struct entry *entry = entry_of(address);
    if (entry)
        *block = block_of(entry);
    return entry != NULL;
}

bool heap_about(const void *address, struct heap_history *history)
{
    const struct entry *entry = entry_about(address);
    if (!entry || (uintptr_t)address >= HEAP_ADDRESS + used)
        return false;
    *history = (struct heap_history){.block = block_of(entry), .maker = entry->maker, .freer = entry->freer};
    in_question = entry;
    return true;
}

bool heap_block_at(unsigned serial, struct heap_block *block)
{
    if (serial == 0 || serial > entries)
        return false;
    *block = block_of(&books[serial - 1]);
    return true;
}

size_t heap_extent(void)
{
    return used;
}

unsigned heap_blocks(void)
{
    return entries;
}

size_t heap_live_blocks(void)
{
    size_t live = 0;
    for (unsigned i = 0; i < entries; i++)
        live += books[i].live;
    return live;
}

size_t heap_live_bytes(void)
{
    size_t bytes = 0;
    for (unsigned i = 0; i < entries; i++)
        bytes += books[i].live ? books[i].size : 0;
    return bytes;
}

size_t heap_requests(void)
{
    return requests;
}

size_t heap_refusals(void)
{
    return refusals;
}

size_t heap_largest_request(void)
{
    return largest;
}

void heap_refuse(size_t k)
{
    refuse_at = k == 0 ? 0 : requests + k;
    refuse_after = false;
}

void heap_refuse_from(size_t k)
{
    heap_refuse(k);
    refuse_after = k != 0;
}

void heap_reuse(void)
{
    reuse = true;
}

/* --- zones --- */

size_t heap_round_up(size_t n)
{
    return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

static size_t zone_after(size_t size)
{
    return heap_round_up(size) - size + ZONE_BYTES;
}

static const unsigned char *first_other(const unsigned char *bytes, size_t n, unsigned char expected)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != expected)
            return bytes + i;
    return NULL;
}

/* In static memory; the last two results stay. */
const char *bytes_text(size_t n)
{
    static char text[2][32];
    static unsigned next;
    char *room = text[next++ % 2];
    snprintf(room, sizeof text[0], "%zu byte%s", n, n == 1 ? "" : "s");
    return room;
}

/* Ends the test if something wrote outside ENTRY's block, or to the block after its free. */
static void check_entry(const struct entry *entry)
{
    const struct entry *before = in_question;
    in_question = entry;
    const unsigned char *hit = first_other(entry->start + entry->size, zone_after(entry->size), HEAP_ZONE_BYTE);
    if (hit && !entry->live)
        end_test(STATUS_MISUSED, "no use of a block after its free", "a write past where it ended",
                 "your code wrote past the end of a block that had been freed: the block from %s, at offset %zu",
                 entry->maker, (size_t)(hit - entry->start));
    if (hit)
        end_test(STATUS_MISUSED, "writes inside the block only",
                 hit == entry->start + entry->size ? "a write directly after it" : "a write after its end",
                 "your code wrote past the end of a block: the block from %s has %s, and the byte at offset %zu "
                 "was changed",
                 entry->maker, bytes_text(entry->size), (size_t)(hit - entry->start));
    hit = first_other(entry->start - ZONE_BYTES, ZONE_BYTES, HEAP_ZONE_BYTE);
    if (hit)
        end_test(STATUS_MISUSED, "writes inside the block only", "a write in front of it",
                 "your code wrote in front of the block from %s (%s), %s before its start", entry->maker,
                 bytes_text(entry->size), bytes_text((size_t)(entry->start - hit)));
    if (!entry->live && (hit = first_other(entry->start, entry->size, HEAP_FREED_BYTE)) != NULL)
        end_test(STATUS_MISUSED, "no use of a block after its free", "a write to it",
                 "your code wrote to a block after freeing it: the block from %s, freed in %s, at offset %zu",
                 entry->maker, entry->freer, (size_t)(hit - entry->start));
    in_question = before;
}

void heap_verify(void)
{
    if (RUNNING_ON_VALGRIND) /* valgrind saw it happen and has reported it with more detail */
        return;
    for (unsigned i = 0; i < entries; i++)
        check_entry(&books[i]);
}

/* --- handing out --- */

static bool refused(size_t size)
{
    requests++;
    largest = size > largest ? size : largest;
    bool injected = refuse_at != 0 && (requests == refuse_at || (refuse_after && requests > refuse_at));
    return injected || entries == MOST_BLOCKS || size > HEAP_BYTES ||
           used + heap_round_up(size) + 3 * ZONE_BYTES > HEAP_BYTES;
}

static struct entry *enter_block(unsigned char *start, size_t size)
{
    if (!books)
        books = calloc(MOST_BLOCKS, sizeof *books);
    if (!books)
        fault("no memory for the books");
    struct entry *entry = &books[entries++];
    *entry = (struct entry){.start = start, .size = size, .live = true};
    snprintf(entry->maker, sizeof entry->maker, "%s", story_last_call());
    return entry;
}

/* The block that was freed last among those of SIZE bytes; NULL if there is none, or none is to be reused. */
static struct entry *freed_of(size_t size)
{
    struct entry *latest = NULL;
    for (unsigned i = 0; reuse && i < entries; i++)
        if (!books[i].live && books[i].size == size && (!latest || books[i].freed_as > latest->freed_as))
            latest = &books[i];
    return latest;
}

/* ENTRY's zones are those of its first life. */
static void *hand_out_again(struct entry *entry, unsigned char content)
{
    check_entry(entry);
    entry->live = true;
    snprintf(entry->maker, sizeof entry->maker, "%s", story_last_call());
    asan_allow(entry->start, entry->size);
    VALGRIND_MALLOCLIKE_BLOCK(entry->start, entry->size, ZONE_BYTES, content == 0);
    watch_give(entry->start, entry->size, MAY_USE);
    memset(entry->start, content, entry->size);
    return entry->start;
}

static void *hand_out(size_t size, size_t alignment, unsigned char content)
{
    if (refused(size)) {
        refusals++;
        errno = ENOMEM;
        return NULL;
    }
    struct entry *freed = freed_of(size);
    if (freed && (uintptr_t)freed->start % alignment == 0)
        return hand_out_again(freed, content);
    uintptr_t first = HEAP_ADDRESS + used + ZONE_BYTES;
    size_t skip = (alignment - first % alignment) % alignment;
    if (used + skip + heap_round_up(size) + 3 * ZONE_BYTES > HEAP_BYTES) {
        errno = ENOMEM;
        return NULL;
    }
    unsigned char *start = (unsigned char *)HEAP_ADDRESS + used + ZONE_BYTES + skip;
    memset(start - ZONE_BYTES, HEAP_ZONE_BYTE, ZONE_BYTES);
    memset(start, content, size);
    memset(start + size, HEAP_ZONE_BYTE, zone_after(size));
    used += ZONE_BYTES + skip + size + zone_after(size);
    enter_block(start, size);
    VALGRIND_MALLOCLIKE_BLOCK(start, size, ZONE_BYTES, content == 0);
    asan_forbid(start - ZONE_BYTES, ZONE_BYTES);
    asan_forbid(start + size, zone_after(size));
    watch_give(start, size, MAY_USE);
    return start;
}

void heap_fill_with(unsigned char byte)
{
    junk = byte;
}

void *heap_malloc(size_t size)
{
    return hand_out(size, ALIGNMENT, junk);
}

void *heap_calloc(size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        requests++;
        errno = ENOMEM;
        return NULL;
    }
    return hand_out(count * size, ALIGNMENT, 0);
}

void *heap_aligned(size_t alignment, size_t size)
{
    bool power = alignment != 0 && (alignment & (alignment - 1)) == 0;
    if (!power || alignment > HEAP_BYTES) {
        errno = EINVAL;
        return NULL;
    }
    return hand_out(size, alignment > ALIGNMENT ? alignment : ALIGNMENT, junk);
}

/* --- taking back --- */

/* All bytes of OLD are BYTE: the pointer was read from memory that the books have filled. */
static bool is_made_of(const void *old, unsigned char byte)
{
    uintptr_t word;
    memset(&word, byte, sizeof word);
    return (uintptr_t)old == word;
}

/* Says in words what OLD, which points into no block, is. In static memory. */
static const char *stranger(const void *old)
{
    static char text[VALUE_BYTES];
    const struct entry *before = entry_of((const unsigned char *)old - 1);
    if (is_made_of(old, HEAP_JUNK_BYTE) || is_made_of(old, HEAP_OTHER_JUNK_BYTE))
        return "a pointer that was never given a value: it was read from fresh memory";
    if (is_made_of(old, HEAP_FREED_BYTE))
        return "a pointer that was read from a block after that block was freed";
    if (before) {
        snprintf(text, sizeof text, "the address just after the block from %s", before->maker);
        return text;
    }
    if (arena_holds(old, 1) && (uintptr_t)old < HEAP_ADDRESS)
        return "the memory that was passed in, which belongs to the caller";
    return name_of(old);
}

/* The live entry that starts at OLD; ends the test if there is none. VERB: "free" or "realloc". */
static struct entry *claimed(const void *old, const char *verb)
{
    struct entry *entry = entry_of(old);
    in_question = entry;
    if (!entry)
        end_test(STATUS_MISUSED, "a pointer that malloc, calloc or realloc returned", stranger(old),
                 "your code called %s on a pointer that did not come from malloc", verb);
    if ((const unsigned char *)old != entry->start)
        end_test(STATUS_MISUSED, "the address of the first byte of the block", "an address inside",
                 "your code called %s on a pointer into the middle of a block: %s past the start of the block from %s",
                 verb, bytes_text((size_t)((const unsigned char *)old - entry->start)), entry->maker);
    if (!entry->live)
        end_test(STATUS_MISUSED, "one free for one malloc", "a second one",
                 "your code called %s on a block that had been freed already: the block from %s, freed in %s", verb,
                 entry->maker, entry->freer);
    if (!RUNNING_ON_VALGRIND)
        check_entry(entry);
    in_question = NULL;
    return entry;
}

static void retire(struct entry *entry)
{
    entry->live = false;
    entry->freed_as = ++frees;
    snprintf(entry->freer, sizeof entry->freer, "%s", story_last_call());
    memset(entry->start, HEAP_FREED_BYTE, entry->size);
    VALGRIND_FREELIKE_BLOCK(entry->start, ZONE_BYTES);
    asan_forbid(entry->start, entry->size);
    watch_give(entry->start, entry->size, 0);
}

void heap_free(void *old)
{
    if (old)
        retire(claimed(old, "free"));
}

size_t heap_kept(void)
{
    return kept;
}

void *heap_realloc(void *old, size_t size)
{
    kept = 0;
    if (!old)
        return heap_malloc(size);
    struct entry *entry = claimed(old, "realloc");
    void *moved = heap_malloc(size);
    if (!moved)
        return NULL;
    kept = size < entry->size ? size : entry->size;
    memcpy(moved, entry->start, kept);
    retire(entry);
    return moved;
}

/* --- expectations --- */

/* What is wrong with FOUND as a block of AT_LEAST to AT_MOST bytes; NULL if nothing is. In static memory. */
static const char *block_problem(const void *found, size_t at_least, size_t at_most)
{
    static char text[VALUE_BYTES];
    const struct entry *entry = entry_of(found);
    if (!found && heap_requests() == 0)
        return "NULL, and malloc was never called (where a function returns the address of its local variable, gcc "
               "warns, "
               "and makes it NULL)";
    if (!found)
        return "NULL";
    if (!entry && arena_holds(found, 1) && (uintptr_t)found < HEAP_ADDRESS)
        return "a pointer to the memory that was passed in";
    if (!entry)
        return "a pointer to memory that did not come from malloc (a local variable, a static one, or a constant)";
    if ((const unsigned char *)found != entry->start)
        snprintf(text, sizeof text, "a pointer %s into a block",
                 bytes_text((size_t)((const unsigned char *)found - entry->start)));
    else if (!entry->live)
        snprintf(text, sizeof text, "a block that has been freed already");
    else if (entry->size < at_least || entry->size > at_most)
        snprintf(text, sizeof text, "a block of %s", bytes_text(entry->size));
    else
        return NULL;
    return text;
}

/* In static memory. */
static const char *size_text(size_t at_least, size_t at_most)
{
    static char text[VALUE_BYTES];
    if (at_least == at_most)
        snprintf(text, sizeof text, "a live heap block of %s", bytes_text(at_least));
    else if (at_most >= HEAP_BYTES)
        snprintf(text, sizeof text, "a live heap block of %s or more", bytes_text(at_least));
    else
        snprintf(text, sizeof text, "a live heap block of %zu to %zu bytes", at_least, at_most);
    return text;
}

static void demand_block(const void *found, size_t at_least, size_t at_most, const char *format, va_list arguments)
{
    const char *problem = block_problem(found, at_least, at_most);
    in_question = problem ? entry_of(found) : NULL;
    if (problem)
        end_test_va(STATUS_FAILED, size_text(at_least, at_most), problem, format, arguments);
}

void expect_block(const void *found, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    demand_block(found, size, size, format, arguments);
    va_end(arguments);
}

void expect_block_between(const void *found, size_t at_least, size_t at_most, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    demand_block(found, at_least, at_most, format, arguments);
    va_end(arguments);
}

/* "2 blocks: 24 bytes from counter_new(5), 8 bytes from counter_new(6)" */
static void list_leaks(char *room, size_t size)
{
    size_t live = heap_live_blocks();
    size_t named = 0;
    size_t length = (size_t)snprintf(room, size, "%zu block%s never freed: ", live, live == 1 ? "" : "s");
    for (unsigned i = 0; i < entries && named < LEAKS_NAMED && length < size; i++)
        if (books[i].live)
            length += (size_t)snprintf(room + length, size - length, "%s%s from %s", named++ ? ", " : "",
                                       bytes_text(books[i].size), books[i].maker);
    if (named < live && length < size)
        snprintf(room + length, size - length, ", and more");
}

void expect_no_leak(const char *format, ...)
{
    if (heap_live_blocks() == 0)
        return;
    char found[VALUE_BYTES];
    list_leaks(found, sizeof found);
    va_list arguments;
    va_start(arguments, format);
    end_test_va(STATUS_FAILED, "every block freed", found, format, arguments);
}

void heap_draw(struct picture *picture)
{
    for (unsigned i = 0; i < entries; i++)
        picture_add(picture, books[i].live ? CELL_USED : CELL_FREE, books[i].start, books[i].size,
                    find_exact_name(books[i].start));
    if (in_question)
        picture_mark(picture, in_question->start);
}
