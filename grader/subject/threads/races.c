// SPDX-License-Identifier: MIT
/*
 * races.c - the last accesses of each thread to each byte, and the data races among them (threads.h).
 *
 * Bytes are kept apart, so that threads may use neighbouring ones: a cell stands for those of a granule that were
 * always used together, and is split when some of them are used alone.
 */
#include "subject/threads/threads.h"

enum { CELL_BYTES = 8 };

static _Noreturn void tell_race(uintptr_t address, size_t bytes, enum access_kind kind, uint32_t place,
                                const struct cell *cell, enum access_kind other, unsigned thread)
{
    struct thread_site now = site_at(ROOM->current, place);
    struct thread_site before = site_at(thread, cell->place[other][thread]);
    now.address = (uint32_t)address;
    now.bytes = (uint32_t)bytes;
    now.writes = kind == PLAIN_WRITE || kind == ATOMIC_WRITE;
    now.atomic = kind == ATOMIC_READ || kind == ATOMIC_WRITE;
    before.address = now.address;
    before.bytes = now.bytes;
    before.writes = other == PLAIN_WRITE || other == ATOMIC_WRITE;
    before.atomic = other == ATOMIC_READ || other == ATOMIC_WRITE;
    tell_flaw(FLAW_RACE, &now, &before);
}

/* Do two accesses of these kinds race, if nothing puts them in order? */
static bool conflict(enum access_kind a, enum access_kind b)
{
    bool writes = a == PLAIN_WRITE || a == ATOMIC_WRITE || b == PLAIN_WRITE || b == ATOMIC_WRITE;
    bool plain = a <= PLAIN_WRITE || b <= PLAIN_WRITE;
    return writes && plain;
}

static void use_cell(struct cell *cell, uintptr_t address, size_t bytes, enum access_kind kind, uint32_t place)
{
    const struct clock *known = &self()->clock;
    uint32_t now = known->of[ROOM->current];
    if (cell->at[kind][ROOM->current] == now)
        return; /* nothing can have come between, but what comes after that one as well */
    for (unsigned other = 0; other < ACCESS_KINDS; other++)
        for (unsigned i = 0; i < ROOM->count && conflict(kind, other); i++)
            if (i != ROOM->current && cell->at[other][i] > known->of[i])
                tell_race(address, bytes, kind, place, cell, other, i);
    cell->at[kind][ROOM->current] = now;
    cell->place[kind][ROOM->current] = (uint16_t)place;
}

/* --- cells --- */

/* The first cell of GRANULE, a new one for all its bytes if there is none; NULL if the table is full. */
static struct cell *first_cell(uint32_t granule)
{
    const uint32_t factor = 2654435761U;
    uint32_t slot = granule * factor >> 8;
    for (unsigned i = 0; i < MOST_CELLS / 2; i++, slot++) {
        struct cell *cell = &ROOM->cell[slot % (MOST_CELLS / 2)];
        if (cell->run == ROOM->run && cell->granule == granule)
            return cell;
        if (cell->run != ROOM->run) {
            *cell = (struct cell){.granule = granule, .run = ROOM->run, .mask = UINT8_MAX};
            return cell;
        }
    }
    return NULL;
}

/* Bytes of CELL that are not in MASK get a cell of their own, in the second half of the table. False if it is full. */
static bool split(struct cell *cell, uint8_t mask)
{
    if (ROOM->cells == MOST_CELLS / 2)
        return false;
    uint32_t number = MOST_CELLS / 2 + ROOM->cells++;
    struct cell *rest = &ROOM->cell[number];
    *rest = *cell;
    rest->mask = (uint8_t)(cell->mask & ~mask);
    cell->mask &= mask;
    cell->next = (uint16_t)(number + 1);
    return true;
}

static void use_granule(uintptr_t address, size_t bytes, enum access_kind kind, uint32_t place)
{
    unsigned first = (unsigned)(address % CELL_BYTES);
    uint8_t mask = (uint8_t)(((1U << bytes) - 1) << first);
    struct cell *cell = first_cell((uint32_t)(address / CELL_BYTES));
    while (cell) {
        if ((cell->mask & mask) != 0 && (cell->mask & ~mask) != 0 && !split(cell, mask))
            return;
        if ((cell->mask & mask) != 0)
            use_cell(cell, address, bytes, kind, place);
        cell = cell->next ? &ROOM->cell[cell->next - 1] : NULL;
    }
}

void races_access(uintptr_t address, size_t bytes, enum access_kind kind, uint32_t place)
{
    while (bytes > 0) {
        size_t room = CELL_BYTES - address % CELL_BYTES;
        size_t part = bytes < room ? bytes : room;
        use_granule(address, part, kind, place);
        address += part;
        bytes -= part;
    }
}

void races_touch(uintptr_t address, size_t bytes)
{
    races_access(address, bytes, PLAIN_WRITE, PLACE_PROGRAM);
}
