// SPDX-License-Identifier: MIT
// several files: an own header in a folder, a list in another source, one that is included
#include "include/alloc.h"
#include "list.h"

#include <string.h>

#include "sizes.c"

void *heap_alloc(size_t size)
{
    struct node *node = list_take(sized(size));
    if (!node && (node = mem_sbrk((intptr_t)(sized(size) + HEADER))) == (void *)-1)
        return NULL;
    node->size = node->size > sized(size) && node->listed == LISTED ? node->size : sized(size);
    node->listed = 0;
    return (char *)node + HEADER;
}

void heap_free(void *payload)
{
    if (payload)
        list_put((struct node *)((char *)payload - HEADER));
}

void *heap_realloc(void *payload, size_t size)
{
    void *moved = size > 0 ? heap_alloc(size) : NULL;
    size_t old = payload ? ((struct node *)((char *)payload - HEADER))->size : 0;
    if (moved && payload)
        memcpy(moved, payload, old < size ? old : size);
    if (moved || size == 0)
        heap_free(payload);
    return moved;
}

void heap_init(void)
{
    list_clear();
}
