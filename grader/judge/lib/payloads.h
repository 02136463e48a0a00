// SPDX-License-Identifier: MIT
/*
 * payloads.h - the heap as the program sees it: the blocks that it has, and what lies between them (payloads.c).
 *
 * For labs whose blocks may look like anything. Nothing is read from the heap.
 */
#ifndef HEAPLAB_PAYLOADS_H
#define HEAPLAB_PAYLOADS_H

#include "judge/judge.h"

struct payload {
    uintptr_t address;
    size_t size;           /* bytes asked for */
    char name[NOTE_BYTES]; /* may be empty */
};

/* Draws those of the N PAYLOADS that are near IN_QUESTION (NULL: near the end), which is marked, and sorts them by
 * address. One that shares bytes with another, or reaches past the heap's end, is drawn as damaged and says so. */
void payloads_draw(struct picture *picture, struct payload *payloads, size_t n, const void *in_question);

#endif
