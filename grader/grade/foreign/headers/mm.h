// SPDX-License-Identifier: MIT
/*
 * mm.h - for heaplab replay: stands in for the header that a course handed out with mm.c. heaplab_mm.h has the
 * functions with the types that the code gives them.
 */
#ifndef MM_H
#define MM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifndef HEAPLAB_OWN_ALIGNMENT
enum { MM_ALIGNMENT = 16 }; /* as lab 08 has it */
#endif

#ifndef HEAPLAB_OWN_TEAM
typedef struct {
    const char *teamname;
    const char *name1, *id1;
    const char *name2, *id2;
} team_t;

extern team_t team;
#endif

#include "heaplab_mm.h"

#endif
