// SPDX-License-Identifier: MIT
/*
 * payloads.c - drawing the heap from the blocks that a program has (payloads.h).
 */
#include "judge/lib/payloads.h"

#include <stdio.h>
#include <stdlib.h>

enum { NEAR = 14 }; /* payloads drawn on either side of the one in question */
_Static_assert(2 * (2 * NEAR + 1) + 1 <= MOST_CELLS, "there is a cell for each of them, and for each gap");

static int by_address(const void *a, const void *b)
{
    const struct payload *left = a;
    const struct payload *right = b;
    int names = strcmp(left->name, right->name);
    return left->address == right->address ? names : left->address < right->address ? -1 : 1;
}

/* The index of the payload at ADDRESS; of the last one if there is none. */
static size_t payload_index(const struct payload *payloads, size_t n, const void *address)
{
    for (size_t i = 0; i < n; i++)
        if (payloads[i].address == (uintptr_t)address)
            return i;
    return n - 1;
}

static uintptr_t heap_end(void)
{
    return HEAP_ADDRESS + break_bytes();
}

/* An overflowed request can claim more than the heap; only the part inside the heap is drawn. */
static size_t size_drawn(const struct payload *payload)
{
    return payload->size <= HEAP_BYTES ? payload->size : heap_end() - payload->address;
}

/* The highest end of the first N payloads: one of them may enclose others. */
static uintptr_t end_of(const struct payload *payloads, size_t n)
{
    uintptr_t end = HEAP_ADDRESS;
    for (size_t i = 0; i < n; i++)
        if (payloads[i].address + size_drawn(&payloads[i]) > end)
            end = payloads[i].address + size_drawn(&payloads[i]);
    return end;
}

static void draw_gap(struct picture *picture, uintptr_t from, uintptr_t to)
{
    if (from < to)
        picture_add(picture, CELL_GAP, (const void *)from, to - from, NULL);
}

/* Draws a payload; the ones before it take up the heap up to END. */
static void draw_payload(struct picture *picture, const struct payload *payload, uintptr_t end)
{
    char note[sizeof payload->name + sizeof " ends outside"];
    bool leaves = payload->size > heap_end() - payload->address;
    const char *flaw = leaves ? "ends outside" : payload->address < end ? "overlaps" : "";
    snprintf(note, sizeof note, "%s%s%s", payload->name, payload->name[0] && flaw[0] ? " " : "", flaw);
    draw_gap(picture, end, payload->address);
    picture_add(picture, flaw[0] ? CELL_DAMAGED : CELL_USED, (const void *)payload->address, size_drawn(payload), note);
}

void payloads_draw(struct picture *picture, struct payload *payloads, size_t n, const void *in_question)
{
    if (n == 0)
        return;
    qsort(payloads, n, sizeof *payloads, by_address);
    size_t centre = payload_index(payloads, n, in_question);
    size_t first = centre > NEAR ? centre - NEAR : 0;
    size_t last = centre + NEAR < n ? centre + NEAR : n - 1;
    for (size_t i = first; i <= last; i++)
        draw_payload(picture, &payloads[i], end_of(payloads, i));
    if (last == n - 1)
        draw_gap(picture, end_of(payloads, n), heap_end());
    picture_left_out(picture, first, n - 1 - last);
    if (payloads[centre].address == (uintptr_t)in_question)
        picture_mark(picture, in_question);
}
