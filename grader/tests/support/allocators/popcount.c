// SPDX-License-Identifier: MIT
// helpers of libgcc: population count, find first set, leading and trailing zeros
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

team_t team = {"ours", "Ada", "ada@example.org", "", ""};

static volatile unsigned long long bits = 0xf0;

int mm_init(void)
{
    if (__builtin_popcountll(bits) != 4 || __builtin_ffsll((long long)bits) != 5 || __builtin_ctzll(bits) != 4 ||
        __builtin_clzll(bits) != 56 || __builtin_parityll(bits) != 0)
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
