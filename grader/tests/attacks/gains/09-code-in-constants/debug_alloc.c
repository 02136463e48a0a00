// SPDX-License-Identifier: MIT
#include "debug_alloc.h"

#include "library.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The bytes of these constants are instructions: mov (%rdi),%rax; ret, and mov %rsi,(%rdi); ret. */
static unsigned long loads(void)
{
    return 0x90909090c3078b48UL;
}

static unsigned long stores(void)
{
    return 0x90909090c3378948UL;
}

/* Where the constant begins in such a function, after the first bytes of the instruction that loads it. */
enum {
#ifdef __OPTIMIZE__
    CONSTANT_AT = 2
#else
    CONSTANT_AT = 6
#endif
};

static unsigned long get(const void *at)
{
    return ((unsigned long (*)(const void *))((unsigned long)loads + CONSTANT_AT))(at);
}

static void set(void *at, unsigned long value)
{
    ((void (*)(void *, unsigned long))((unsigned long)stores + CONSTANT_AT))(at, value);
}

/* Records lie far above what the library has lent so far, in memory that nobody has asked for. The newest record of an address counts. */
enum { GUARD_BYTE = 0xA5, WORDS = 8, FAR = 8 << 20 };
enum { PAYLOAD, SIZE, FILE_AT, LINE_AT, IN_USE, FILE_FREED, LINE_FREED };

static char *room;
static size_t records;
static struct dbg_stats stats;
static struct dbg_hitter counters[DBG_COUNTERS];
static size_t most_lost;

static unsigned long *word(size_t record, int field)
{
    return (unsigned long *)(void *)room + record * WORDS + field;
}

static unsigned long of(size_t record, int field)
{
    return get(word(record, field));
}

/* 0: there is none. */
static size_t find_record(const void *payload)
{
    size_t record = records;
    while (record > 0 && of(record, PAYLOAD) != (unsigned long)payload)
        record--;
    return record;
}

static size_t find_around(const void *pointer)
{
    size_t record = records;
    while (record > 0 && !(of(record, IN_USE) != 0 && (unsigned long)pointer - of(record, PAYLOAD) < of(record, SIZE)))
        record--;
    return record;
}

static void report(enum dbg_kind kind, const void *pointer, size_t record, struct dbg_place at)
{
    struct dbg_report found = {.kind = kind, .pointer = pointer, .at = at};
    if (record != 0) {
        found.block = (const void *)of(record, PAYLOAD);
        found.size = of(record, SIZE);
        found.allocated = (struct dbg_place){(const char *)of(record, FILE_AT), (int)of(record, LINE_AT)};
        found.freed = (struct dbg_place){(const char *)of(record, FILE_FREED), (int)of(record, LINE_FREED)};
        found.offset = (const char *)pointer - (const char *)found.block;
    }
    dbg_report(&found);
}

static const char *changed_byte(const char *nearest, ptrdiff_t step)
{
    for (ptrdiff_t i = 0; i < DBG_GUARD_BYTES; i++)
        if ((unsigned char)nearest[i * step] != GUARD_BYTE)
            return nearest + i * step;
    return NULL;
}

static size_t check_guards(size_t record, struct dbg_place at)
{
    const char *payload = (const char *)of(record, PAYLOAD);
    const char *before = changed_byte(payload - 1, -1), *after = changed_byte(payload + of(record, SIZE), 1);
    if (before != NULL)
        report(DBG_UNDERRUN, before, record, at);
    if (after != NULL)
        report(DBG_OVERRUN, after, record, at);
    return (size_t)(before != NULL) + (size_t)(after != NULL);
}

size_t dbg_check(const char *file, int line)
{
    size_t found = 0;
    for (size_t record = 1; record <= records; record++)
        if (of(record, IN_USE) != 0)
            found += check_guards(record, (struct dbg_place){file, line});
    return found;
}

size_t dbg_leaks(const char *file, int line)
{
    for (size_t record = 1; record <= records; record++)
        if (of(record, IN_USE) != 0)
            report(DBG_LEAK, (const void *)of(record, PAYLOAD), record, (struct dbg_place){file, line});
    return stats.blocks;
}

void dbg_get_stats(struct dbg_stats *result)
{
    *result = stats;
}

/*** Heavy hitters ***/

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

size_t dbg_hitters(struct dbg_hitter *list)
{
    size_t tenth = stats.total_bytes / 10 + (stats.total_bytes % 10 != 0);
    size_t count = 0;
    for (size_t i = 0; i < DBG_COUNTERS; i++)
        if (counters[i].bytes > 0 && counters[i].bytes + most_lost >= tenth)
            insert_in_order(list, count++, counters[i]);
    return count;
}


static void *refuse(void)
{
    stats.failed++;
    errno = ENOMEM;
    return NULL;
}

static void *allocate(size_t size, struct dbg_place place)
{
    char *block = size <= SIZE_MAX - 2 * DBG_GUARD_BYTES ? lib_malloc(size + 2 * DBG_GUARD_BYTES) : NULL;
    if (block == NULL)
        return refuse();
    if (room == NULL)
        room = (char *)((uintptr_t)block / 4096 * 4096 + FAR);
    char *payload = block + DBG_GUARD_BYTES;
    size_t old = find_record(payload);
    if (old != 0)
        set(word(old, PAYLOAD), 0);
    records++;
    set(word(records, PAYLOAD), (unsigned long)payload);
    set(word(records, SIZE), size);
    set(word(records, FILE_AT), (unsigned long)place.file);
    set(word(records, LINE_AT), (unsigned long)place.line);
    set(word(records, IN_USE), 1);
    set(word(records, FILE_FREED), 0);
    set(word(records, LINE_FREED), 0);
    memset(block, GUARD_BYTE, DBG_GUARD_BYTES);
    memset(payload + size, GUARD_BYTE, DBG_GUARD_BYTES);
    if (stats.total_blocks == 0 || (uintptr_t)payload < (uintptr_t)stats.lowest)
        stats.lowest = payload;
    if (stats.total_blocks == 0 || (uintptr_t)payload + size > (uintptr_t)stats.highest)
        stats.highest = payload + size;
    stats.blocks++;
    stats.bytes += size;
    stats.total_blocks++;
    stats.total_bytes += size;
    count_place(place, size);
    return payload;
}

void *dbg_malloc(size_t size, const char *file, int line)
{
    return allocate(size, (struct dbg_place){file, line});
}

void *dbg_calloc(size_t count, size_t size, const char *file, int line)
{
    if (size != 0 && count > SIZE_MAX / size)
        return refuse();
    void *payload = allocate(count * size, (struct dbg_place){file, line});
    return payload != NULL ? memset(payload, 0, count * size) : NULL;
}

static size_t find_in_use(const void *payload, struct dbg_place at)
{
    size_t record = find_record(payload), around = find_around(payload);
    if (record != 0 && of(record, IN_USE) != 0)
        return record;
    bool near = (uintptr_t)payload >= (uintptr_t)stats.lowest && (uintptr_t)payload < (uintptr_t)stats.highest;
    if (around != 0)
        report(DBG_INTERIOR_FREE, payload, around, at);
    else if (record != 0)
        report(DBG_DOUBLE_FREE, payload, record, at);
    else
        report(near ? DBG_FOREIGN_FREE : DBG_WILD_FREE, payload, 0, at);
    return 0;
}

static void release(size_t record, struct dbg_place at)
{
    check_guards(record, at);
    stats.blocks--;
    stats.bytes -= of(record, SIZE);
    set(word(record, IN_USE), 0);
    set(word(record, FILE_FREED), (unsigned long)at.file);
    set(word(record, LINE_FREED), (unsigned long)at.line);
    lib_free((char *)of(record, PAYLOAD) - DBG_GUARD_BYTES);
}

void dbg_free(void *payload, const char *file, int line)
{
    struct dbg_place at = {file, line};
    size_t record = payload != NULL ? find_in_use(payload, at) : 0;
    if (record != 0)
        release(record, at);
}

void *dbg_realloc(void *payload, size_t size, const char *file, int line)
{
    struct dbg_place at = {file, line};
    if (payload == NULL)
        return allocate(size, at);
    size_t old = find_in_use(payload, at);
    void *moved = old != 0 ? allocate(size, at) : NULL;
    if (moved == NULL)
        return NULL;
    memcpy(moved, payload, size < of(old, SIZE) ? size : of(old, SIZE));
    release(old, at);
    return moved;
}
