// SPDX-License-Identifier: MIT
// Opens a file with fopen.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls fopen

#include <stdio.h>

void *mm_malloc(size_t size)
{
    return fopen("/etc/passwd", "r") ? (void *)size : NULL;
}
