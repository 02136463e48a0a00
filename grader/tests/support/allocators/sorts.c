// SPDX-License-Identifier: MIT
// qsort and bsearch, of more than a page
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

team_t team = {"ours", "Ada", "ada@example.org", "", ""};

static int numbers[2000];
static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

int mm_init(void)
{
    for (int i = 0; i < 2000; i++)
        numbers[i] = 1999 - i;
    qsort(numbers, 2000, sizeof numbers[0], compare);
    int wanted = 77;
    int *found = bsearch(&wanted, numbers, 2000, sizeof numbers[0], compare);
    if (!found || found - numbers != 77)
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
