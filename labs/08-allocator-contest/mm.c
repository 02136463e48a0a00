// SPDX-License-Identifier: MIT
/*
 * mm.c - your allocator. The contract is in mm.h. The design is yours; describe it here, before the
 * code: what a block looks like, how a free one is found, and which rules always hold.
 */
#include "mm.h"
#include "memlib.h"

#include <errno.h>
#include <stdint.h>
#include <string.h>

team_t team = {.teamname = "nameless"}; /* the name on the leaderboard */

bool mm_checkheap(int line)
{
    (void)line;
    return false;
}

/*** The interface ***/

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

void *mm_calloc(size_t count, size_t size)
{
    (void)count;
    (void)size;
    return NULL;
}
