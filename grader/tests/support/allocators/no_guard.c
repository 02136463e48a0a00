// SPDX-License-Identifier: MIT
// defines malloc itself, without any #ifdef
#include "memlib.h"

#include <stdlib.h>
#include <string.h>

void *malloc(size_t size)
{
    char *start = mem_sbrk((size + 31) & ~(size_t)15);
    if (start == MEM_SBRK_FAILED)
        return NULL;
    memcpy(start, &size, sizeof size);
    return start + 16;
}

void free(void *payload)
{
    (void)payload;
}

void *calloc(size_t count, size_t size)
{
    void *payload = malloc(count * size);
    return payload ? memset(payload, 0, count * size) : NULL;
}

void *realloc(void *payload, size_t size)
{
    size_t old = 0;
    if (payload)
        memcpy(&old, (char *)payload - 16, sizeof old);
    void *moved = size > 0 ? malloc(size) : NULL;
    if (moved && payload)
        memcpy(moved, payload, old < size ? old : size);
    return moved;
}
