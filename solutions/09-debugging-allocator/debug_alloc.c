// SPDX-License-Identifier: MIT
/*
 * debug_alloc.c - a layer over malloc that knows where each block comes from.
 *
 * Interface: debug_alloc.h, which also draws a block and its guards.
 *
 * For each address that the layer has returned there is one record, in memory of its own. It says
 * whether a block is in use there, and which lines allocated it and freed it. Nothing is ever
 * looked up in the memory around a pointer: that memory may not exist, and a program that overruns
 * its blocks writes there.
 *
 *   - A record is found by its address, through a hash table. It stays there for ever. When the
 *     library lends the same address again, the record is used again.
 *   - The records of blocks in use are also on a list, in the order of allocation.
 *
 * Rules of this file:
 *   - First get everything that a request needs from the library; only then change anything. After
 *     a failure, all there is to undo is to give back what the library lent.
 *   - Addresses are compared as numbers: C defines < only for pointers into one object.
 *   - Check a size before adding to it, never afterwards: a sum that has wrapped around looks
 *     harmless.
 */
#include "debug_alloc.h"

#include "library.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef SOLUTION
enum { BUCKETS = 1024, GUARD_BYTE = 0xA5 };

struct record {
    struct record *next; /* in the same bucket */
    char *payload;
    size_t size;
    struct dbg_place allocated;
    bool in_use;
    struct dbg_place freed;         /* if it is not in use */
    struct record *older, *younger; /* if it is: its neighbours on the list */
};

static struct record *buckets[BUCKETS];
static struct record *oldest, *youngest;
static struct dbg_stats stats;

/* The counters of Misra and Gries, and how many bytes each of them may have lost. */
static struct dbg_hitter counters[DBG_COUNTERS];
static size_t most_lost;

/*** Records ***/

static uintptr_t address_of(const void *pointer)
{
    return (uintptr_t)pointer;
}

static struct record **bucket_of(const void *payload)
{
    return &buckets[address_of(payload) / DBG_ALIGNMENT % BUCKETS];
}

/* The record of PAYLOAD, in use or freed; NULL if the layer has never returned that address. */
static struct record *find_record(const void *payload)
{
    struct record *record = *bucket_of(payload);
    while (record != NULL && record->payload != payload)
        record = record->next;
    return record;
}

/* The record of PAYLOAD, a new one if there is none. NULL if there is no memory for it. */
static struct record *record_for(char *payload)
{
    struct record *record = find_record(payload);
    if (record != NULL)
        return record;
    record = lib_malloc(sizeof *record);
    if (record == NULL)
        return NULL;
    struct record **bucket = bucket_of(payload);
    *record = (struct record){.next = *bucket, .payload = payload};
    *bucket = record;
    return record;
}

static bool holds(const struct record *record, const void *pointer)
{
    return address_of(pointer) - address_of(record->payload) < record->size;
}

/* The block in use whose payload POINTER lies in, or NULL. */
static struct record *find_around(const void *pointer)
{
    struct record *record = oldest;
    while (record != NULL && !holds(record, pointer))
        record = record->younger;
    return record;
}

static void append(struct record *record)
{
    record->older = youngest;
    record->younger = NULL;
    *(youngest != NULL ? &youngest->younger : &oldest) = record;
    youngest = record;
}

static void unlink_record(struct record *record)
{
    *(record->older != NULL ? &record->older->younger : &oldest) = record->younger;
    *(record->younger != NULL ? &record->younger->older : &youngest) = record->older;
}

/*** Reports ***/

/* RECORD is that of the block concerned, or NULL. */
static void report(enum dbg_kind kind, const void *pointer, const struct record *record,
                   struct dbg_place at)
{
    struct dbg_report found = {.kind = kind, .pointer = pointer, .at = at};
    if (record != NULL) {
        found.block = record->payload;
        found.size = record->size;
        found.allocated = record->allocated;
        found.freed = record->freed;
        found.offset = (ptrdiff_t)(address_of(pointer) - address_of(record->payload));
    }
    dbg_report(&found);
}

/*** Guards ***/

static void set_guards(const struct record *record)
{
    memset(record->payload - DBG_GUARD_BYTES, GUARD_BYTE, DBG_GUARD_BYTES);
    memset(record->payload + record->size, GUARD_BYTE, DBG_GUARD_BYTES);
}

/* The first changed byte of a guard, seen from the payload; NULL if there is none. NEAREST is the
 * guard's byte next to the payload, and STEP leads away from it. */
static const char *changed_byte(const char *nearest, ptrdiff_t step)
{
    for (ptrdiff_t i = 0; i < DBG_GUARD_BYTES; i++)
        if ((unsigned char)nearest[i * step] != GUARD_BYTE)
            return nearest + i * step;
    return NULL;
}

/* Reports the guards of RECORD's block that have changed, and returns their number. */
static size_t check_guards(const struct record *record, struct dbg_place at)
{
    const char *before = changed_byte(record->payload - 1, -1);
    const char *after = changed_byte(record->payload + record->size, 1);
    if (before != NULL)
        report(DBG_UNDERRUN, before, record, at);
    if (after != NULL)
        report(DBG_OVERRUN, after, record, at);
    return (size_t)(before != NULL) + (size_t)(after != NULL);
}

#endif
size_t dbg_check(const char *file, int line)
{
#ifdef SOLUTION
    size_t found = 0;
    for (const struct record *record = oldest; record != NULL; record = record->younger)
        found += check_guards(record, (struct dbg_place){file, line});
    return found;
#else
    (void)file;
    (void)line;
    return 0;
#endif
}

size_t dbg_leaks(const char *file, int line)
{
#ifdef SOLUTION
    for (const struct record *record = oldest; record != NULL; record = record->younger)
        report(DBG_LEAK, record->payload, record, (struct dbg_place){file, line});
    return stats.blocks;
#else
    (void)file;
    (void)line;
    return 0;
#endif
}

/*** Statistics ***/

#ifdef SOLUTION
static void count_block(const struct record *record)
{
    const char *end = record->payload + record->size;
    if (stats.total_blocks == 0 || address_of(record->payload) < address_of(stats.lowest))
        stats.lowest = record->payload;
    if (stats.total_blocks == 0 || address_of(end) > address_of(stats.highest))
        stats.highest = end;
    stats.blocks++;
    stats.bytes += record->size;
    stats.total_blocks++;
    stats.total_bytes += record->size;
}

static void discount_block(const struct record *record)
{
    stats.blocks--;
    stats.bytes -= record->size;
}

static bool was_ever_near(const void *pointer)
{
    return address_of(pointer) >= address_of(stats.lowest) &&
           address_of(pointer) < address_of(stats.highest);
}

#endif
void dbg_get_stats(struct dbg_stats *result)
{
#ifdef SOLUTION
    *result = stats;
#else
    (void)result;
#endif
}

/*** Heavy hitters ***/

#ifdef SOLUTION
static bool is_same_place(struct dbg_place a, struct dbg_place b)
{
    return a.line == b.line && strcmp(a.file, b.file) == 0;
}

/* The counter of PLACE; otherwise one with the least bytes, so a free one if there is any. */
static struct dbg_hitter *counter_for(struct dbg_place place)
{
    struct dbg_hitter *least = counters;
    for (struct dbg_hitter *counter = counters; counter < counters + DBG_COUNTERS; counter++) {
        if (counter->bytes > 0 && is_same_place(counter->place, place))
            return counter;
        if (counter->bytes < least->bytes)
            least = counter;
    }
    return least;
}

/*
 * Misra and Gries: if PLACE has no counter and all are taken, each counter and the new bytes lose
 * the same amount, until one of them is empty. So every byte lost takes a byte from each of the
 * counters with it: they lose at most a (DBG_COUNTERS + 1)th of all bytes.
 */
static void count_place(struct dbg_place place, size_t bytes)
{
    struct dbg_hitter *counter = counter_for(place);
    if (counter->bytes == 0 || !is_same_place(counter->place, place)) {
        size_t lost = bytes < counter->bytes ? bytes : counter->bytes;
        for (size_t i = 0; i < DBG_COUNTERS; i++)
            counters[i].bytes -= lost;
        most_lost += lost;
        bytes -= lost;
        if (bytes > 0)
            counter->place = place;
    }
    counter->bytes += bytes;
}

/* Adds HITTER to LIST, which has COUNT entries in order. */
static void insert_in_order(struct dbg_hitter *list, size_t count, struct dbg_hitter hitter)
{
    for (; count > 0 && list[count - 1].bytes < hitter.bytes; count--)
        list[count] = list[count - 1];
    list[count] = hitter;
}

#endif
size_t dbg_hitters(struct dbg_hitter *list)
{
#ifdef SOLUTION
    size_t tenth = stats.total_bytes / 10 + (stats.total_bytes % 10 != 0);
    size_t count = 0;
    for (size_t i = 0; i < DBG_COUNTERS; i++)
        if (counters[i].bytes > 0 && counters[i].bytes + most_lost >= tenth)
            insert_in_order(list, count++, counters[i]);
    return count;
#else
    (void)list;
    return 0;
#endif
}

/*** Allocating ***/

#ifdef SOLUTION
static const size_t largest_size = SIZE_MAX - 2 * DBG_GUARD_BYTES;

static void *refuse(void)
{
    stats.failed++;
    errno = ENOMEM;
    return NULL;
}

/* RECORD's block starts to be in use. */
static void begin(struct record *record, size_t size, struct dbg_place place)
{
    record->size = size;
    record->allocated = place;
    record->freed = (struct dbg_place){NULL, 0};
    record->in_use = true;
    append(record);
    set_guards(record);
    count_block(record);
    count_place(place, size);
}

static void *allocate(size_t size, struct dbg_place place)
{
    char *block = size <= largest_size ? lib_malloc(size + 2 * DBG_GUARD_BYTES) : NULL;
    struct record *record = block != NULL ? record_for(block + DBG_GUARD_BYTES) : NULL;
    if (record == NULL) {
        lib_free(block);
        return refuse();
    }
    begin(record, size, place);
    return record->payload;
}

#endif
void *dbg_malloc(size_t size, const char *file, int line)
{
#ifdef SOLUTION
    return allocate(size, (struct dbg_place){file, line});
#else
    (void)size;
    (void)file;
    (void)line;
    return NULL;
#endif
}

void *dbg_calloc(size_t count, size_t size, const char *file, int line)
{
#ifdef SOLUTION
    if (size != 0 && count > SIZE_MAX / size)
        return refuse();
    void *payload = allocate(count * size, (struct dbg_place){file, line});
    if (payload != NULL)
        memset(payload, 0, count * size);
    return payload;
#else
    (void)count;
    (void)size;
    (void)file;
    (void)line;
    return NULL;
#endif
}

/*** Freeing ***/

#ifdef SOLUTION
/* Reports POINTER, where no block in use starts. */
static void report_bad_pointer(const void *pointer, struct dbg_place at)
{
    const struct record *around = find_around(pointer);
    const struct record *freed = find_record(pointer);
    if (around != NULL)
        report(DBG_INTERIOR_FREE, pointer, around, at);
    else if (freed != NULL)
        report(DBG_DOUBLE_FREE, pointer, freed, at);
    else
        report(was_ever_near(pointer) ? DBG_FOREIGN_FREE : DBG_WILD_FREE, pointer, NULL, at);
}

/* The block in use whose payload is PAYLOAD. If there is none, reports that and returns NULL. */
static struct record *find_in_use(const void *payload, struct dbg_place at)
{
    struct record *record = find_record(payload);
    if (record != NULL && record->in_use)
        return record;
    report_bad_pointer(payload, at);
    return NULL;
}

static void release(struct record *record, struct dbg_place at)
{
    check_guards(record, at);
    unlink_record(record);
    discount_block(record);
    record->in_use = false;
    record->freed = at;
    lib_free(record->payload - DBG_GUARD_BYTES);
}

#endif
void dbg_free(void *payload, const char *file, int line)
{
#ifdef SOLUTION
    struct dbg_place at = {file, line};
    struct record *record = payload != NULL ? find_in_use(payload, at) : NULL;
    if (record != NULL)
        release(record, at);
#else
    (void)payload;
    (void)file;
    (void)line;
#endif
}

void *dbg_realloc(void *payload, size_t size, const char *file, int line)
{
#ifdef SOLUTION
    struct dbg_place at = {file, line};
    if (payload == NULL)
        return allocate(size, at);
    struct record *old = find_in_use(payload, at);
    void *moved = old != NULL ? allocate(size, at) : NULL;
    if (moved == NULL)
        return NULL;
    memcpy(moved, payload, size < old->size ? size : old->size);
    release(old, at);
    return moved;
#else
    (void)payload;
    (void)size;
    (void)file;
    (void)line;
    return NULL;
#endif
}
