// SPDX-License-Identifier: MIT
// functions that take the allocator as their first argument, made in memory that is handed over
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct pool {
    char *next, *end;
} pool_t;

pool_t *pool_create(void *memory, size_t bytes)
{
    pool_t *pool = memory;
    pool->next = (char *)memory + 64;
    pool->end = (char *)memory + bytes;
    return pool;
}

void *pool_malloc(pool_t *pool, size_t size)
{
    size_t needed = ((size + 15) & ~(size_t)15) + 16;
    if ((size_t)(pool->end - pool->next) < needed)
        return NULL;
    size_t *header = (size_t *)(void *)pool->next;
    pool->next += needed;
    header[0] = size;
    return (char *)header + 16;
}

void pool_free(pool_t *pool, void *payload)
{
    (void)pool;
    (void)payload;
}

void *pool_realloc(pool_t *pool, void *payload, size_t size)
{
    size_t old = payload ? *(size_t *)((char *)payload - 16) : 0;
    void *moved = size > 0 ? pool_malloc(pool, size) : NULL;
    if (moved && payload)
        memcpy(moved, payload, old < size ? old : size);
    return moved;
}
