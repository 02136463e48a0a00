// SPDX-License-Identifier: MIT
// an older handout of the same course: no segment at the start, pages on demand
#include "allocator.h"
#include "segment.h"

#include <string.h>

enum { HEADER = 16 };

static char *at, *end;

bool myinit()
{
    at = init_heap_segment(1);
    end = at ? at + heap_segment_size() : NULL;
    return at != NULL && heap_segment_start() == at;
}

void *mymalloc(size_t requested)
{
    size_t bytes = (requested + HEADER - 1) / HEADER * HEADER + HEADER;
    while ((size_t)(end - at) < bytes) {
        if (extend_heap_segment(1) == NULL)
            return NULL;
        end += PAGE_SIZE;
    }
    memcpy(at, &requested, sizeof requested);
    at += bytes;
    return at - bytes + HEADER;
}

void myfree(void *block)
{
    (void)block;
}

void *myrealloc(void *old, size_t bytes)
{
    size_t before = 0;
    char *moved = mymalloc(bytes);
    if (old != NULL && moved != NULL) {
        memcpy(&before, (char *)old - HEADER, sizeof before);
        memcpy(moved, old, before < bytes ? before : bytes);
    }
    return moved;
}
