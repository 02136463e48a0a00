// SPDX-License-Identifier: MIT
// its own mm.h, and its own memlib.h, which stays where it is
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
team_t team = {"ours", "Ada", "ada@example.org", "", ""};

int mm_init(void)
{
    if (OURS != 3)
        return -1;
    return 0;
}

void *mm_malloc(size_t size)
{
    size_t *header = mem_sbrk((int)((size + 31) & ~(size_t)15));
    if (header == (void *)-1)
        return NULL;
    *header = size;
    return header + 16 / sizeof *header;
}

void mm_free(void *ptr)
{
    (void)ptr;
}

void *mm_realloc(void *ptr, size_t size)
{
    if (size == 0 || ptr == NULL)
        return size == 0 ? NULL : mm_malloc(size);
    size_t old = ((size_t *)ptr)[-(int)(16 / sizeof(size_t))];
    char *moved = mm_malloc(size);
    if (moved)
        memcpy(moved, ptr, old < size ? old : size);
    return moved;
}
