// SPDX-License-Identifier: MIT
/*
 * newlab_stem.c - a right version of another design: from the last byte to the first.
 */
#include "newlab_stem.h"

#include <stdlib.h>
#include <string.h>

char *twice(const char *text)
{
    size_t length = strlen(text);
    char *both = calloc(2 * length + 1, 1);
    for (size_t i = 2 * length; both != NULL && i > 0; i--)
        both[i - 1] = text[(i - 1) % length];
    return both;
}
