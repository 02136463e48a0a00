// SPDX-License-Identifier: MIT
/*
 * defaults.c - linked into the subject with the student's object: defaults for the optional parts of mm.h, and a way
 * for the judge to learn the team's name. All of it is weak: the student's own functions win.
 */
#include "contest.h"
#include "mm.h"

#include <stdint.h>

#pragma weak team

__attribute__((weak)) void *mm_calloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    unsigned char volatile *payload = mm_malloc(bytes);
    for (size_t i = 0; payload && i < bytes; i++)
        payload[i] = 0;
    return (void *)(uintptr_t)payload;
}

/* Checks nothing, so it finds nothing wrong. */
__attribute__((weak)) bool mm_checkheap(int line)
{
    (void)line;
    return true;
}

const char *contest_alias(void)
{
    return &team ? team.teamname : NULL;
}
