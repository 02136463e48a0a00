// SPDX-License-Identifier: MIT
/*
 * payloads.h - the heap as the program sees it: its blocks, and what lies between them (payloads.c).
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

/* Sorts the N PAYLOADS by address and draws those near IN_QUESTION, which is marked (NULL: those near the end). A
 * payload that shares bytes with another one, or reaches past the heap's end, is drawn as damaged, with a note. */
void payloads_draw(struct picture *picture, struct payload *payloads, size_t n, const void *in_question);

#endif
