// SPDX-License-Identifier: MIT
/*
 * sites.c - where in the code something happened, and with which locks (threads.h).
 */
#include "subject/threads/threads.h"

#include <string.h>

/* The frames of graded code, from its call of a hook outwards, that lie on the fibre's stack. */
static void note_frames(struct place *place, struct caller by)
{
    uintptr_t low = (uintptr_t)ROOM->stack[ROOM->current];
    uintptr_t top = low + STACK_BYTES;
    uintptr_t frame = *(const uintptr_t *)by.frame; /* of the function that called the hook */
    place->frames[place->depth++] = (uint32_t)by.code;
    while (place->depth < SITE_FRAMES && frame >= low && frame < top - 2 * sizeof frame && frame % sizeof frame == 0) {
        const uintptr_t *words = (const uintptr_t *)frame;
        place->frames[place->depth++] = (uint32_t)words[1];
        if (words[0] <= frame)
            return;
        frame = words[0];
    }
}

static bool is_same(const struct place *a, const struct place *b)
{
    return a->depth == b->depth && a->held == b->held && memcmp(a->frames, b->frames, sizeof a->frames) == 0 &&
           memcmp(a->taken, b->taken, sizeof a->taken) == 0;
}

static uint32_t hash(const struct place *place)
{
    const uint32_t factor = 2654435761U; /* Knuth's */
    uint32_t sum = place->held;
    for (unsigned i = 0; i < SITE_FRAMES; i++)
        sum = (sum ^ place->frames[i]) * factor;
    for (unsigned i = 0; i < MOST_HELD; i++)
        sum = (sum ^ place->taken[i]) * factor;
    return sum ^ sum >> 16;
}

/* The number of PLACE in the table, where it is put if it is new; 0 if the table is full. Slot 0 stays empty. */
static uint32_t number_of(struct place *place)
{
    enum { TRIES = 64 };
    uint32_t slot = hash(place);
    place->used = 1;
    for (unsigned i = 0; i < TRIES; i++, slot++) {
        uint32_t number = slot % MOST_PLACES;
        struct place *there = &ROOM->place[number];
        if (number == PLACE_PROGRAM)
            continue;
        if (!there->used)
            *there = *place;
        if (is_same(there, place))
            return number;
    }
    return PLACE_PROGRAM;
}

uint32_t place_of(struct caller by)
{
    struct place place = {.held = (uint8_t)self()->held_count};
    note_frames(&place, by);
    for (unsigned i = 0; i < self()->held_count && i < MOST_HELD; i++)
        place.taken[i] = ROOM->place[self()->held[i]->place].frames[0];
    return number_of(&place);
}

struct thread_site site_at(unsigned thread, uint32_t number)
{
    const struct place *place = &ROOM->place[number];
    struct thread_site site = {.thread = thread, .depth = place->depth, .held = place->held};
    site.programs = number == PLACE_PROGRAM;
    memcpy(site.frames, place->frames, sizeof site.frames);
    memcpy(site.taken, place->taken, sizeof site.taken);
    return site;
}

void tell_flaw(enum thread_flaw flaw, const struct thread_site *first, const struct thread_site *second)
{
    struct thread_report report = {.flaw = flaw, .sites = second ? 2 : 1, .site = {*first}};
    if (second)
        report.site[1] = *second;
    tell_threads_report(&report);
}
