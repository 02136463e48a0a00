// SPDX-License-Identifier: MIT
/*
 * newlab_stem.c - a string twice, on the heap.
 *
 * Interface: newlab_stem.h
 */
#include "newlab_stem.h"

#include <stdlib.h>
#include <string.h>

char *twice(const char *text)
{
#ifdef SOLUTION
    size_t length = strlen(text);
    char *both = malloc(2 * length + 1);
    if (both == NULL)
        return NULL;
    memcpy(both, text, length);
    strcpy(both + length, text);
    return both;
#else
    (void)text;
    return NULL;
#endif
}
