// SPDX-License-Identifier: MIT
/*
 * debug_alloc.c - a correct version of another design: a table of all addresses in order, searched by halving, which
 * moves to twice the room when it is full; the order of allocation is a serial number; space-saving finds the heavy
 * hitters; guards hold a pattern that depends on the address.
 */
#include "debug_alloc.h"

#include "library.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct entry {
    uintptr_t payload;
    size_t size;
    size_t serial; /* 0: freed */
    struct dbg_place allocated, freed;
};

static struct entry *table;
static size_t entries, room;
static struct dbg_stats now;
static struct dbg_hitter slots[DBG_COUNTERS];

static unsigned char guard_byte(const unsigned char *at)
{
    return (unsigned char)(0x5B ^ ((uintptr_t)at & 0xFF));
}

/* The index of the first entry at ADDRESS or above. */
static size_t lower_bound(uintptr_t address)
{
    size_t low = 0, high = entries;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (table[middle].payload < address)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct entry *exactly(uintptr_t address)
{
    size_t i = lower_bound(address);
    return i < entries && table[i].payload == address ? &table[i] : NULL;
}

/* Freed entries may lie inside a block in use, so the search goes down past them. */
static struct entry *around(uintptr_t address)
{
    for (size_t i = lower_bound(address + 1); i > 0; i--)
        if (table[i - 1].serial != 0)
            return address - table[i - 1].payload < table[i - 1].size ? &table[i - 1] : NULL;
    return NULL;
}

static bool make_room(void)
{
    if (entries < room)
        return true;
    size_t larger = room == 0 ? 16 : 2 * room;
    struct entry *moved = lib_malloc(larger * sizeof *moved);
    if (moved == NULL)
        return false;
    if (entries > 0)
        memcpy(moved, table, entries * sizeof *moved);
    lib_free(table);
    table = moved;
    room = larger;
    return true;
}

static struct entry *entry_for(uintptr_t payload)
{
    size_t i = lower_bound(payload);
    if (i == entries || table[i].payload != payload) {
        memmove(table + i + 1, table + i, (entries - i) * sizeof *table);
        table[i] = (struct entry){.payload = payload};
        entries++;
    }
    return &table[i];
}

static void send(enum dbg_kind kind, const void *pointer, const struct entry *entry, const char *file, int line)
{
    struct dbg_report report;
    memset(&report, 0, sizeof report);
    report.kind = kind;
    report.pointer = pointer;
    report.at.file = file;
    report.at.line = line;
    if (entry) {
        report.block = (const void *)entry->payload;
        report.size = entry->size;
        report.allocated = entry->allocated;
        if (entry->serial == 0)
            report.freed = entry->freed;
        report.offset = (const char *)pointer - (const char *)entry->payload;
    }
    dbg_report(&report);
}

static size_t check_entry(const struct entry *entry, const char *file, int line)
{
    const unsigned char *start = (const unsigned char *)entry->payload, *end = start + entry->size;
    size_t found = 0;
    for (const unsigned char *at = start - 1; at >= start - DBG_GUARD_BYTES; at--)
        if (*at != guard_byte(at)) {
            send(DBG_UNDERRUN, at, entry, file, line);
            found++;
            break;
        }
    for (const unsigned char *at = end; at < end + DBG_GUARD_BYTES; at++)
        if (*at != guard_byte(at)) {
            send(DBG_OVERRUN, at, entry, file, line);
            found++;
            break;
        }
    return found;
}

/* The entry in use with the least serial number above AFTER. */
static const struct entry *next_oldest(size_t after)
{
    const struct entry *best = NULL;
    for (size_t i = 0; i < entries; i++)
        if (table[i].serial > after && (best == NULL || table[i].serial < best->serial))
            best = &table[i];
    return best;
}

/* What is reported is copied into an array in order, if there is memory for that; otherwise each step searches. */
static size_t for_each(bool leaks, const char *file, int line)
{
    const struct entry **sorted = lib_malloc((now.blocks + 1) * sizeof *sorted);
    size_t count = 0, found = 0;
    for (size_t i = 0; sorted != NULL && i < entries; i++) {
        if (table[i].serial == 0)
            continue;
        size_t k = count++;
        for (; k > 0 && sorted[k - 1]->serial > table[i].serial; k--)
            sorted[k] = sorted[k - 1];
        sorted[k] = &table[i];
    }
    const struct entry *entry = sorted != NULL ? (count > 0 ? sorted[0] : NULL) : next_oldest(0);
    for (size_t i = 1; entry != NULL; i++) {
        if (leaks)
            send(DBG_LEAK, (const void *)entry->payload, entry, file, line);
        found += leaks ? 1 : check_entry(entry, file, line);
        entry = sorted != NULL ? (i < count ? sorted[i] : NULL) : next_oldest(entry->serial);
    }
    lib_free(sorted);
    return found;
}

size_t dbg_check(const char *file, int line)
{
    return for_each(false, file, line);
}

size_t dbg_leaks(const char *file, int line)
{
    return for_each(true, file, line);
}

void dbg_get_stats(struct dbg_stats *stats)
{
    *stats = now;
}

static void tally(size_t size, const char *file, int line)
{
    if (size == 0)
        return;
    struct dbg_hitter *least = slots;
    for (size_t i = 0; i < DBG_COUNTERS; i++) {
        if (slots[i].bytes > 0 && slots[i].place.line == line && strcmp(slots[i].place.file, file) == 0) {
            slots[i].bytes += size;
            return;
        }
        if (slots[i].bytes < least->bytes)
            least = &slots[i];
    }
    least->place = (struct dbg_place){file, line};
    least->bytes += size;
}

size_t dbg_hitters(struct dbg_hitter *list)
{
    struct dbg_hitter copy[DBG_COUNTERS];
    size_t count = 0;
    memcpy(copy, slots, sizeof copy);
    for (;;) {
        struct dbg_hitter *most = copy;
        for (size_t i = 1; i < DBG_COUNTERS; i++)
            if (copy[i].bytes > most->bytes)
                most = &copy[i];
        if (most->bytes == 0 || most->bytes < now.total_bytes / 10 + (now.total_bytes % 10 != 0))
            return count;
        list[count++] = *most;
        most->bytes = 0;
    }
}

static void *failed(void)
{
    now.failed++;
    errno = ENOMEM;
    return NULL;
}

void *dbg_malloc(size_t size, const char *file, int line)
{
    unsigned char *memory;
    if (size > SIZE_MAX / 2 || !make_room() || (memory = lib_malloc(size + 2 * DBG_GUARD_BYTES)) == NULL)
        return failed();
    unsigned char *payload = memory + DBG_GUARD_BYTES;
    struct entry *entry = entry_for((uintptr_t)payload);
    entry->size = size;
    entry->serial = now.total_blocks + 1;
    entry->allocated = (struct dbg_place){file, line};
    for (size_t i = 0; i < DBG_GUARD_BYTES; i++) {
        memory[i] = guard_byte(memory + i);
        payload[size + i] = guard_byte(payload + size + i);
    }
    if (now.lowest == NULL || (uintptr_t)now.lowest > (uintptr_t)payload)
        now.lowest = (char *)payload;
    if ((uintptr_t)now.highest < (uintptr_t)payload + size)
        now.highest = (char *)payload + size;
    now.blocks++;
    now.total_blocks++;
    now.bytes += size;
    now.total_bytes += size;
    tally(size, file, line);
    return payload;
}

void *dbg_calloc(size_t count, size_t size, const char *file, int line)
{
    size_t bytes = count * size;
    if (count != 0 && bytes / count != size)
        return failed();
    void *payload = dbg_malloc(bytes, file, line);
    return payload ? memset(payload, 0, bytes) : NULL;
}

/* Is PAYLOAD a block in use? Otherwise that is reported. */
static bool is_good(const void *payload, const char *file, int line)
{
    uintptr_t address = (uintptr_t)payload;
    const struct entry *at = exactly(address), *holder = around(address);
    if (at && at->serial != 0)
        return true;
    if (holder)
        send(DBG_INTERIOR_FREE, payload, holder, file, line);
    else if (at)
        send(DBG_DOUBLE_FREE, payload, at, file, line);
    else if (address < (uintptr_t)now.lowest || address >= (uintptr_t)now.highest)
        send(DBG_WILD_FREE, payload, NULL, file, line);
    else
        send(DBG_FOREIGN_FREE, payload, NULL, file, line);
    return false;
}

static void retire(void *payload, const char *file, int line)
{
    struct entry *entry = exactly((uintptr_t)payload);
    check_entry(entry, file, line);
    entry->serial = 0;
    entry->freed = (struct dbg_place){file, line};
    now.blocks--;
    now.bytes -= entry->size;
    lib_free((char *)payload - DBG_GUARD_BYTES);
}

void dbg_free(void *payload, const char *file, int line)
{
    if (payload != NULL && is_good(payload, file, line))
        retire(payload, file, line);
}

void *dbg_realloc(void *payload, size_t size, const char *file, int line)
{
    if (payload != NULL && !is_good(payload, file, line))
        return NULL;
    void *moved = dbg_malloc(size, file, line);
    if (payload != NULL && moved != NULL) {
        size_t old = exactly((uintptr_t)payload)->size;
        memcpy(moved, payload, old < size ? old : size);
        retire(payload, file, line);
    }
    return moved;
}
