// SPDX-License-Identifier: MIT
/*
 * mm.h - for heaplab replay: the interface of the classic handout, where mm_init returns 0 or -1. Put beside an mm.c
 * that was written for it, in place of the lab's mm.h. That file is the only one, so this header may hold a definition.
 */
#ifndef MM_H
#define MM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct {
    char *teamname;
    char *name1, *id1;
    char *name2, *id2;
} team_t;

extern team_t team;

extern int classic_mm_init(void);
bool mm_init(void);

/* What the judge calls. */
bool mm_init(void)
{
    return classic_mm_init() == 0;
}

#define mm_init classic_mm_init

extern void *mm_malloc(size_t size);
extern void mm_free(void *payload);
extern void *mm_realloc(void *payload, size_t size);

#endif
