// SPDX-License-Identifier: MIT
/*
 * ring.c - patient 4, cured in another way: no spare slot. The number of items distinguishes a full ring from an empty
 * one.
 */
#include "clinic.h"

#include <stdlib.h>

struct ring {
    int *slot;
    size_t capacity;
    size_t first;
    size_t items;
};

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring);
    if (ring == NULL)
        return NULL;
    *ring = (struct ring){.slot = calloc(capacity, sizeof *ring->slot), .capacity = capacity};
    if (ring->slot == NULL) {
        free(ring);
        return NULL;
    }
    return ring;
}

bool ring_push(struct ring *ring, int item)
{
    if (ring->items == ring->capacity)
        return false;
    ring->slot[(ring->first + ring->items) % ring->capacity] = item;
    ring->items++;
    return true;
}

bool ring_pop(struct ring *ring, int *item)
{
    if (ring->items == 0)
        return false;
    *item = ring->slot[ring->first];
    ring->first = (ring->first + 1) % ring->capacity;
    ring->items--;
    return true;
}

void ring_free(struct ring *ring)
{
    if (ring == NULL)
        return;
    free(ring->slot);
    free(ring);
}
