// SPDX-License-Identifier: MIT
/*
 * ring.c - patient 4, cured in another way: the slots lie in the ring's own block.
 */
#include "clinic.h"

#include <stdlib.h>

struct ring {
    size_t slots;
    size_t first;
    size_t end;
    int slot[];
};

static size_t next_slot(const struct ring *ring, size_t slot)
{
    return slot + 1 < ring->slots ? slot + 1 : 0;
}

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring + (capacity + 1) * sizeof ring->slot[0]);
    if (ring == NULL)
        return NULL;
    ring->slots = capacity + 1;
    ring->first = 0;
    ring->end = 0;
    return ring;
}

bool ring_push(struct ring *ring, int item)
{
    size_t end = next_slot(ring, ring->end);
    if (end == ring->first)
        return false;
    ring->slot[ring->end] = item;
    ring->end = end;
    return true;
}

bool ring_pop(struct ring *ring, int *item)
{
    if (ring->first == ring->end)
        return false;
    *item = ring->slot[ring->first];
    ring->first = next_slot(ring, ring->first);
    return true;
}

void ring_free(struct ring *ring)
{
    free(ring);
}
