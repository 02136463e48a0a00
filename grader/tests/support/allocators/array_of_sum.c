// SPDX-License-Identifier: MIT
// the size of an array is computed from constant variables
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

team_t team = {"ours", "Ada", "ada@example.org", "", ""};

static const unsigned int LEAST = 4, UNUSED = 3;
static const size_t MOST = 20;
static const size_t CLASSES = MOST - 4;
static unsigned char *lists[CLASSES + 1];

int mm_init(void)
{
    lists[CLASSES] = NULL;
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
