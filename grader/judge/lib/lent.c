// SPDX-License-Identifier: MIT
/*
 * lent.c - books of the blocks that calls of an allocator have handed out to a test (lent.h).
 */
#include "judge/lib/lent.h"
#include "judge/lib/payloads.h"
#include "judge/lib/timeline.h"

#include <stdio.h>
#include <stdlib.h>

/* Of the running test. Each test runs in a process of its own, so nothing has to be reset. */
static struct payload *lent; /* owned; never freed */
static size_t count, room;
static unsigned heap;                                  /* the blocks are of the heap after this many resets */
static void (*draws_instead)(struct picture *picture); /* NULL: these books are drawn */

/* The call in flight, or the last one. */
static const struct known_function *function;
static size_t size;
static uint64_t block; /* the block passed to it; 0 for none */
static uint64_t last;  /* the block that it was about */

void lent_rest(void (*draw)(struct picture *picture))
{
    draws_instead = draw;
}

static bool keeps_books(void)
{
    return the_suite.draw == lent_draw && !draws_instead;
}

/* Forgets the blocks of a heap that was taken back. */
static void keep_to_heap(void)
{
    if (heap != break_resets())
        count = 0;
    heap = break_resets();
}

static void lend(uint64_t address, size_t bytes)
{
    if (count == room) {
        room = room ? 2 * room : MOST_CELLS;
        lent = reallocarray(lent, room, sizeof *lent);
        if (!lent)
            fault("no memory for the books of %zu blocks", room);
    }
    lent[count++] = (struct payload){.address = address, .size = bytes};
}

static void take_back(uint64_t address)
{
    for (size_t i = count; i > 0; i--)
        if (lent[i - 1].address == address) {
            lent[i - 1] = lent[--count];
            return;
        }
}

void lent_call(const struct call *call, const uint64_t *arguments)
{
    if (!keeps_books())
        return;
    keep_to_heap();
    function = known_function(call->name);
    size = known_size(function, call, arguments);
    block = function->block >= 0 ? arguments[function->block] : 0;
    if (function->kind != TIMELINE_OTHER)
        last = block;
}

void lent_return(uint64_t result)
{
    if (!keeps_books() || function->kind == TIMELINE_OTHER)
        return;
    bool refused = function->kind != TIMELINE_FREE && result == 0 && size > 0;
    if (block != 0 && !refused)
        take_back(block);
    if (result == 0 || function->kind == TIMELINE_FREE)
        return;
    lend(result, size);
    last = result;
}

static bool share_bytes(const struct payload *a, const struct payload *b)
{
    return b->address - a->address < a->size || a->address - b->address < b->size;
}

void expect_alone(const void *payload)
{
    const struct payload *of = NULL, *other = NULL;
    for (size_t i = 0; i < count; i++)
        if (lent[i].address == (uintptr_t)payload)
            of = &lent[i]; /* the last one, if a block was handed out twice */
    for (size_t i = 0; i < count && of; i++)
        if (&lent[i] != of && share_bytes(&lent[i], of))
            other = &lent[i];
    if (other)
        fail("the new block of %zu bytes lies on top of %s, which is in use", of->size,
             name_of((const void *)other->address));
}

/* A block outside the heap has no place in the picture. */
static size_t name_those_inside(struct payload *inside)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (lent[i].address - HEAP_ADDRESS >= break_bytes())
            continue;
        const char *name = find_exact_name((const void *)lent[i].address);
        inside[n] = lent[i];
        snprintf(inside[n++].name, sizeof inside->name, "%s", name ? name : "");
    }
    return n;
}

void lent_draw(struct picture *picture)
{
    if (picture->told) /* heaplab explore's page knows them from the calls */
        return;
    if (draws_instead) {
        draws_instead(picture);
        return;
    }
    keep_to_heap();
    struct payload *inside = calloc(count + 1, sizeof *inside);
    if (!inside)
        fault("no memory for a picture of %zu blocks", count);
    size_t n = name_those_inside(inside);
    payloads_draw(picture, inside, n, in_doubt ? in_doubt : (const void *)last);
    free(inside);
}

void suite_draw_payloads(struct suite *suite)
{
    suite_draw(suite, lent_draw);
}
