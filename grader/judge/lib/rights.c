// SPDX-License-Identifier: MIT
/*
 * rights.c - the judge's map of who may use each byte of the arena (rights.h).
 */
#include "judge/lib/rights.h"
#include "judge/judge.h"

static unsigned char *const map = (unsigned char *)RIGHTS_ADDRESS;
static bool is_open; /* in this test */

size_t granule_of(uintptr_t address)
{
    return (address - ARENA_ADDRESS) / GRANULE;
}

void rights_set(const void *start, size_t n, unsigned rights, unsigned of_rest)
{
    unsigned char *granule = map + granule_of((uintptr_t)start);
    memset(granule, RIGHTS(GRANULE, rights, 0), n / GRANULE);
    if (n % GRANULE)
        granule[n / GRANULE] = RIGHTS(n % GRANULE, rights, of_rest);
}

void watch_give(const void *start, size_t n, unsigned rights)
{
    if (is_open)
        rights_set(start, n, rights, 0);
}

/* New memory belongs to the allocator. */
static void give_growth(const void *start, size_t n)
{
    size_t before = (uintptr_t)start % GRANULE; /* the part of that granule that already belongs to the allocator */
    watch_give((const unsigned char *)start - before, before + n, MAY_USE);
}

void rights_open(bool all)
{
    is_open = true;
    break_watch(give_growth);
    if (all)
        memset(map, RIGHTS(GRANULE, MAY_USE, 0), RIGHTS_BYTES);
}

bool rights_hold(uintptr_t address, unsigned wanted)
{
    size_t offset = address - ARENA_ADDRESS;
    unsigned at = (unsigned)(offset % GRANULE);
    return offset < WATCHED_BYTES && rights_allow(map[offset / GRANULE], at, at + 1, wanted);
}
