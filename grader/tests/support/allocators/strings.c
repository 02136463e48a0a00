// SPDX-License-Identifier: MIT
// <strings.h> and <ctype.h>
#include "memlib.h"
#include "mm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

team_t team = {"ours", "Ada", "ada@example.org", "", ""};

#include <ctype.h>
#include <strings.h>
static char room[40];
static volatile int seven = 8;

int mm_init(void)
{
    bzero(room, sizeof room);
    bcopy("abc", room, 3);
    if (ffs(seven) != 4 || strcasecmp(room, "ABC") != 0 || !isalpha(room[0]) || toupper(room[0]) != 65 || atoi("12") != 12)
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
