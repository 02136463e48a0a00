// SPDX-License-Identifier: MIT
/*
 * ring.c - patient 4: a ring buffer.
 *
 * Interface: clinic.h. The items lie in the slots from `first` up to `end`; after the last slot
 * comes slot 0. The ring is empty if first == end. So there is one slot more than there can be
 * items: with all slots in use, a full ring would look like an empty one.
 *
 * Complaint: "Ran for years with five chairs. Now we have six, and it is aborted at the end."
 */
#include "clinic.h"

#include <stdlib.h>

struct ring {
    int *slot;
    size_t slots;
    size_t first; /* the slot of the item that has waited longest */
    size_t end;   /* the slot for the next item */
};

static size_t next_slot(const struct ring *ring, size_t slot)
{
    return (slot + 1) % ring->slots;
}

struct ring *ring_new(size_t capacity)
{
    struct ring *ring = malloc(sizeof *ring);
    if (ring == NULL)
        return NULL;
    *ring = (struct ring){.slots = capacity + 1};
    ring->slot = malloc(capacity * sizeof *ring->slot);
    if (ring->slot == NULL) {
        free(ring);
        return NULL;
    }
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
    if (ring == NULL)
        return;
    free(ring->slot);
    free(ring);
}
