// SPDX-License-Identifier: MIT
// as another course wrote it
#include <stdio.h>

enum { OURS = 3 };

extern int mm_init(void);
extern void *mm_malloc(size_t size);
extern void mm_free(void *ptr);
extern void *mm_realloc(void *ptr, size_t size);

typedef struct {
    char *teamname, *name1, *id1, *name2, *id2;
} team_t;

extern team_t team;
