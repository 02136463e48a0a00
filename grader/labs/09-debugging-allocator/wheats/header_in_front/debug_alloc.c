// SPDX-License-Identifier: MIT
/*
 * debug_alloc.c - a correct version of another design: what is known of a block lies in front of it, in the memory that
 * lib_malloc has lent for it, and these headers are a ring. When a block is freed, its header goes, and a small note
 * stays. Everything is found by walking. Heavy hitters: Misra and Gries.
 */
#include "debug_alloc.h"

#include "library.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct header {
    struct header *prev, *next;
    size_t size;
    struct dbg_place allocated;
    unsigned char guard[DBG_GUARD_BYTES]; /* the payload follows */
};
_Static_assert(sizeof(struct header) % DBG_ALIGNMENT == 8, "padded below");

enum { PAD = 8, BEFORE = sizeof(struct header) + PAD };

struct note {
    struct note *next;
    uintptr_t payload;
    size_t size;
    struct dbg_place allocated, freed;
};

static struct header *first, *last;
static struct note *notes;
static struct note *spare; /* for the next free, which may not fail */
static struct dbg_stats now;
static struct dbg_hitter counters[DBG_COUNTERS];
static size_t lost_by_each;

static unsigned char *payload_of(struct header *header)
{
    return (unsigned char *)(header + 1);
}

/* The memory that was lent: the header does not start there, so that the payload is aligned. */
static void *memory_of(struct header *header)
{
    return (unsigned char *)header - PAD;
}

static struct header *find_header(const void *payload)
{
    struct header *header = first;
    while (header && payload_of(header) != payload)
        header = header->next;
    return header;
}

static struct header *find_holder(const void *pointer)
{
    for (struct header *header = first; header; header = header->next)
        if ((uintptr_t)pointer >= (uintptr_t)payload_of(header) &&
            (uintptr_t)pointer < (uintptr_t)payload_of(header) + header->size)
            return header;
    return NULL;
}

static struct note **find_note(const void *payload)
{
    struct note **link = &notes;
    while (*link && (*link)->payload != (uintptr_t)payload)
        link = &(*link)->next;
    return link;
}

static void tell_of(enum dbg_kind kind, const void *pointer, struct header *header, struct dbg_place at)
{
    struct dbg_report report = {.kind = kind, .pointer = pointer, .at = at};
    if (header) {
        report.block = payload_of(header);
        report.size = header->size;
        report.allocated = header->allocated;
        report.offset = (const unsigned char *)pointer - payload_of(header);
    }
    dbg_report(&report);
}

static size_t check_one(struct header *header, struct dbg_place at)
{
    unsigned char *payload = payload_of(header), *end = payload + header->size;
    int low = -1, high = 0;
    while (low >= -DBG_GUARD_BYTES && payload[low] == 0xFD)
        low--;
    while (high < DBG_GUARD_BYTES && end[high] == 0xBD)
        high++;
    if (low >= -DBG_GUARD_BYTES)
        tell_of(DBG_UNDERRUN, payload + low, header, at);
    if (high < DBG_GUARD_BYTES)
        tell_of(DBG_OVERRUN, end + high, header, at);
    return (low >= -DBG_GUARD_BYTES) + (high < DBG_GUARD_BYTES ? 1U : 0U);
}

size_t dbg_check(const char *file, int line)
{
    size_t found = 0;
    for (struct header *header = first; header; header = header->next)
        found += check_one(header, (struct dbg_place){file, line});
    return found;
}

size_t dbg_leaks(const char *file, int line)
{
    size_t found = 0;
    for (struct header *header = first; header; header = header->next, found++)
        tell_of(DBG_LEAK, payload_of(header), header, (struct dbg_place){file, line});
    return found;
}

void dbg_get_stats(struct dbg_stats *stats)
{
    *stats = now;
}

static void count(struct dbg_place place, size_t bytes)
{
    struct dbg_hitter *least = &counters[0];
    for (int i = 0; i < DBG_COUNTERS; i++) {
        struct dbg_hitter *counter = &counters[i];
        if (counter->bytes && counter->place.line == place.line && !strcmp(counter->place.file, place.file)) {
            counter->bytes += bytes;
            return;
        }
        least = counter->bytes < least->bytes ? counter : least;
    }
    size_t all_lose = least->bytes < bytes ? least->bytes : bytes;
    for (int i = 0; i < DBG_COUNTERS; i++)
        counters[i].bytes -= all_lose;
    lost_by_each += all_lose;
    if (bytes > all_lose)
        *least = (struct dbg_hitter){place, bytes - all_lose};
}

/* The middle between what a place had at least and what it had at most. */
size_t dbg_hitters(struct dbg_hitter *list)
{
    size_t n = 0;
    for (int i = 0; i < DBG_COUNTERS; i++) {
        if (counters[i].bytes == 0 ||
            counters[i].bytes + lost_by_each < now.total_bytes / 10 + (now.total_bytes % 10 != 0))
            continue;
        size_t k = n++;
        for (; k > 0 && list[k - 1].bytes < counters[i].bytes + lost_by_each / 2; k--)
            list[k] = list[k - 1];
        list[k] = (struct dbg_hitter){counters[i].place, counters[i].bytes + lost_by_each / 2};
    }
    return n;
}

static void *no_memory(void)
{
    now.failed += 1;
    errno = ENOMEM;
    return NULL;
}

static void enter(struct header *header, size_t size, struct dbg_place place)
{
    unsigned char *payload = payload_of(header);
    *header = (struct header){.prev = last, .size = size, .allocated = place};
    if (last)
        last->next = header;
    else
        first = header;
    last = header;
    memset(header->guard, 0xFD, DBG_GUARD_BYTES);
    memset(payload + size, 0xBD, DBG_GUARD_BYTES);
    if (now.total_blocks++ == 0 || (uintptr_t)payload < (uintptr_t)now.lowest)
        now.lowest = (char *)payload;
    if ((uintptr_t)payload + size > (uintptr_t)now.highest)
        now.highest = (char *)payload + size;
    now.blocks += 1;
    now.bytes += size;
    now.total_bytes += size;
    count(place, size);
}

void *dbg_malloc(size_t size, const char *file, int line)
{
    if (size > SIZE_MAX - BEFORE - DBG_GUARD_BYTES)
        return no_memory();
    struct note *note = lib_malloc(sizeof *note); /* for the day when the block is freed */
    unsigned char *memory = note ? lib_malloc(BEFORE + size + DBG_GUARD_BYTES) : NULL;
    if (!memory) {
        lib_free(note);
        return no_memory();
    }
    note->next = spare;
    spare = note;
    struct header *header = (struct header *)(void *)(memory + PAD);
    enter(header, size, (struct dbg_place){file, line});
    struct note **old = find_note(payload_of(header));
    if (*old) {
        struct note *forgotten = *old;
        *old = forgotten->next;
        lib_free(forgotten);
    }
    return payload_of(header);
}

void *dbg_calloc(size_t n, size_t size, const char *file, int line)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return no_memory();
    void *payload = dbg_malloc(bytes, file, line);
    if (payload)
        memset(payload, 0, bytes);
    return payload;
}

static void bad_pointer(const void *pointer, struct dbg_place at)
{
    struct header *holder = find_holder(pointer);
    const struct note *note = *find_note(pointer);
    if (holder) {
        tell_of(DBG_INTERIOR_FREE, pointer, holder, at);
    } else if (note) {
        struct dbg_report report = {DBG_DOUBLE_FREE, pointer, at, pointer, note->size, note->allocated, note->freed, 0};
        dbg_report(&report);
    } else {
        bool among = (uintptr_t)pointer >= (uintptr_t)now.lowest && (uintptr_t)pointer < (uintptr_t)now.highest;
        tell_of(among ? DBG_FOREIGN_FREE : DBG_WILD_FREE, pointer, NULL, at);
    }
}

static void leave(struct header *header, struct dbg_place at)
{
    check_one(header, at);
    *(header->prev ? &header->prev->next : &first) = header->next;
    *(header->next ? &header->next->prev : &last) = header->prev;
    struct note *note = spare;
    spare = note->next;
    *note = (struct note){notes, (uintptr_t)payload_of(header), header->size, header->allocated, at};
    notes = note;
    now.blocks -= 1;
    now.bytes -= header->size;
    lib_free(memory_of(header));
}

void dbg_free(void *payload, const char *file, int line)
{
    struct dbg_place at = {file, line};
    struct header *header = find_header(payload);
    if (header)
        leave(header, at);
    else if (payload)
        bad_pointer(payload, at);
}

void *dbg_realloc(void *payload, size_t size, const char *file, int line)
{
    struct header *header = find_header(payload);
    if (payload && !header) {
        bad_pointer(payload, (struct dbg_place){file, line});
        return NULL;
    }
    void *moved = dbg_malloc(size, file, line);
    if (!moved || !payload)
        return moved;
    memcpy(moved, payload, header->size < size ? header->size : size);
    leave(header, (struct dbg_place){file, line});
    return moved;
}
