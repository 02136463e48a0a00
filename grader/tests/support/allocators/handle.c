// SPDX-License-Identifier: MIT
// a handle whose type is a pointer by another name, made in a pool that is handed over
#include <stddef.h>
#include <string.h>

typedef void *heap_t;

typedef struct control {
    size_t used, most;
} control;

heap_t fit_create(void *mem)
{
    ((control *)mem)->used = sizeof(control);
    return mem;
}

heap_t fit_create_with_pool(void *mem, size_t bytes)
{
    heap_t heap = fit_create(mem);
    ((control *)heap)->most = bytes;
    return heap;
}

void *fit_malloc(heap_t heap, size_t bytes)
{
    control *control = heap;
    size_t needed = ((bytes + 15) & ~(size_t)15) + 16;
    if (control->most - control->used < needed)
        return NULL;
    size_t *header = (size_t *)(void *)((char *)heap + ((control->used + 15) & ~(size_t)15));
    control->used = (size_t)((char *)header - (char *)heap) + needed;
    *header = bytes;
    return (char *)header + 16;
}

void fit_free(heap_t heap, void *ptr)
{
    (void)heap;
    (void)ptr;
}

void *fit_realloc(heap_t heap, void *ptr, size_t size)
{
    size_t old = ptr ? *(size_t *)((char *)ptr - 16) : 0;
    void *moved = size > 0 ? fit_malloc(heap, size) : NULL;
    if (moved && ptr)
        memcpy(moved, ptr, old < size ? old : size);
    return moved;
}
