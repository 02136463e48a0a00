/* The base of attacks on lab 08: an allocator that keeps nothing in the heap. Units of 16 bytes, first fit. For each unit
 * that begins a block or a gap, TABLE, which the attack defines, says how many units it has and whether it is in use. So
 * payloads are packed without headers, and the allocator works only if TABLE survives between calls. */
#include "mm.h"
#include "memlib.h"
#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "table"};

enum { UNIT = 16, ENTRIES = 16000 };
static unsigned *table(void);
static unsigned units, first_gap;

static unsigned of(size_t size) { return size == 0 ? 1 : (unsigned)((size + UNIT - 1) / UNIT); }
static void *at(unsigned unit) { return (char *)mem_heap_lo() + (size_t)unit * UNIT; }
static unsigned unit_of(const void *payload) { return (unsigned)(((const char *)payload - (const char *)mem_heap_lo()) / UNIT); }
static void set(unsigned unit, unsigned n, unsigned used) { table()[unit] = n << 1 | used; }
bool mm_init(void)
{
    units = first_gap = 0;
    return true;
}
static void join(unsigned unit)
{
    unsigned n = table()[unit] >> 1;
    while (unit + n < units && n > 0 && !(table()[unit + n] & 1) && table()[unit + n] != 0)
        n += table()[unit + n] >> 1;
    set(unit, n, 0);
}
void *mm_malloc(size_t size)
{
    if (size == 0 || size > (size_t)ENTRIES * UNIT)
        return NULL;
    unsigned n = of(size);
    unsigned unit = first_gap;
    for (unsigned have; unit < units; unit += have) {
        have = table()[unit] >> 1;
        if (have == 0)
            return NULL; /* the table is gone */
        if (table()[unit] & 1)
            continue;
        join(unit);
        have = table()[unit] >> 1;
        if (have < n)
            continue;
        if (have > n)
            set(unit + n, have - n, 0);
        set(unit, n, 1);
        return at(unit);
    }
    if (units + n > ENTRIES || mem_sbrk((intptr_t)n * UNIT) == MEM_SBRK_FAILED)
        return NULL;
    set(units, n, 1);
    units += n;
    return at(units - n);
}
void mm_free(void *payload)
{
    if (!payload)
        return;
    unsigned unit = unit_of(payload);
    set(unit, table()[unit] >> 1, 0);
    if (unit < first_gap)
        first_gap = unit;
    join(unit);
}
void *mm_realloc(void *payload, size_t size)
{
    if (!payload)
        return mm_malloc(size);
    if (size == 0) {
        mm_free(payload);
        return NULL;
    }
    size_t have = (size_t)(table()[unit_of(payload)] >> 1) * UNIT;
    if (size <= have)
        return payload;
    void *moved = mm_malloc(size);
    if (!moved)
        return NULL;
    memcpy(moved, payload, have);
    mm_free(payload);
    return moved;
}
bool mm_checkheap(int line)
{
    (void)line;
    return true;
}
