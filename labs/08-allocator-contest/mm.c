// SPDX-License-Identifier: MIT
/*
 * mm.c - an allocator behind the interface of mm.h.
 */
#include "mm.h"
#include "memlib.h"

#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "anonymous"};


bool mm_init(void)
{
    return false;
}

void *mm_malloc(size_t size)
{
    (void)size;
    return NULL;
}

void mm_free(void *payload)
{
    (void)payload;
}

void *mm_realloc(void *payload, size_t size)
{
    (void)payload;
    (void)size;
    return NULL;
}


bool mm_checkheap(int line)
{
    (void)line;
    return true;
}
