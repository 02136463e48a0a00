// SPDX-License-Identifier: MIT
/*
 * books.c - the live blocks of the heap (shim.h).
 *
 * The heap is divided into granules of SHIM_ALIGNMENT bytes. Two tables, indexed by granule, lie beside it:
 *
 *   starts  where a block starts: its size + 1, with ALIGNED_FLAG if the allocator's own block starts lower;
 *           the word before it then holds that start, with RAW_FLAG. 0 elsewhere.
 *   bits    set in every granule that a live block touches. As blocks start at granules, two blocks that do not
 *           overlap never touch the same one.
 *
 * Like the heap, they are reserved at the start and get memory as it grows.
 */
#include "shim.h"

#include <sys/mman.h>

enum { WORD_BITS = 64 };
#define ALIGNED_FLAG ((uint64_t)1 << 63)
#define RAW_FLAG ((uint64_t)1 << 62)

struct table {
    uint64_t *words;
    size_t committed; /* bytes */
};

static struct table starts;
static struct table bits;
static size_t covered; /* bytes of the heap */

static bool reserve(struct table *table, size_t bytes)
{
    table->words = (void *)region_reserve(bytes);
    return table->words != NULL;
}

static size_t granules(size_t bytes)
{
    return (bytes + SHIM_ALIGNMENT - 1) / SHIM_ALIGNMENT;
}

static size_t starts_bytes(size_t heap_bytes)
{
    return granules(heap_bytes) * sizeof *starts.words;
}

static size_t bits_bytes(size_t heap_bytes)
{
    return (granules(heap_bytes) / WORD_BITS + 1) * sizeof *bits.words;
}

bool books_reserve(size_t bytes)
{
    enum { SPARE = 1 << 20 }; /* memory is committed in steps */
    if (!reserve(&starts, starts_bytes(bytes) + SPARE))
        return false;
    if (reserve(&bits, bits_bytes(bytes) + SPARE))
        return true;
    munmap(starts.words, starts_bytes(bytes) + SPARE);
    return false;
}

bool books_grow(size_t bytes)
{
    if (!region_commit((unsigned char *)starts.words, &starts.committed, starts_bytes(bytes)) ||
        !region_commit((unsigned char *)bits.words, &bits.committed, bits_bytes(bytes)))
        return false;
    covered = bytes;
    return true;
}

/* --- blocks --------------------------------------------------------------------------------------------------------
 */

static bool is_start(uint64_t word)
{
    return word != 0 && (word & RAW_FLAG) == 0;
}

bool books_find(uint64_t offset, struct book_entry *entry)
{
    uint64_t at = offset / SHIM_ALIGNMENT;
    if (offset >= covered || offset % SHIM_ALIGNMENT != 0 || !is_start(starts.words[at]))
        return false;
    bool aligned = (starts.words[at] & ALIGNED_FLAG) != 0;
    entry->size = (starts.words[at] & ~ALIGNED_FLAG) - 1;
    entry->raw = aligned ? starts.words[at - 1] & ~RAW_FLAG : offset;
    return true;
}

/* The bits of word AT that belong to granules FIRST to END, END not included. */
static uint64_t mask(uint64_t at, uint64_t first, uint64_t end)
{
    uint64_t low = at * WORD_BITS;
    uint64_t whole = UINT64_MAX;
    if (first > low)
        whole &= UINT64_MAX << (first - low);
    if (end < low + WORD_BITS)
        whole &= UINT64_MAX >> (low + WORD_BITS - end);
    return whole;
}

/* The start of the live block that touches granule AT. */
static uint64_t start_of(uint64_t at)
{
    while (at > 0 && !is_start(starts.words[at]))
        at--;
    return at * SHIM_ALIGNMENT;
}

bool books_are_free(uint64_t offset, uint64_t size, uint64_t *other)
{
    uint64_t first = offset / SHIM_ALIGNMENT;
    uint64_t end = granules(offset + size);
    for (uint64_t at = first / WORD_BITS; at * WORD_BITS < end; at++) {
        uint64_t hit = bits.words[at] & mask(at, first, end);
        if (hit) {
            *other = start_of(at * WORD_BITS + (uint64_t)__builtin_ctzll(hit));
            return false;
        }
    }
    return true;
}

static void mark(uint64_t offset, const struct book_entry *entry, bool live)
{
    uint64_t first = entry->raw / SHIM_ALIGNMENT;
    uint64_t end = granules(offset + entry->size);
    for (uint64_t at = first / WORD_BITS; at * WORD_BITS < end; at++)
        if (live)
            bits.words[at] |= mask(at, first, end);
        else
            bits.words[at] &= ~mask(at, first, end);
}

void books_enter(uint64_t offset, struct book_entry entry)
{
    uint64_t at = offset / SHIM_ALIGNMENT;
    starts.words[at] = entry.size + 1;
    if (entry.raw != offset) {
        starts.words[at] |= ALIGNED_FLAG;
        starts.words[at - 1] = entry.raw | RAW_FLAG;
    }
    mark(offset, &entry, true);
}

void books_strike(uint64_t offset, struct book_entry entry)
{
    uint64_t at = offset / SHIM_ALIGNMENT;
    starts.words[at] = 0;
    if (entry.raw != offset)
        starts.words[at - 1] = 0;
    mark(offset, &entry, false);
}
