// SPDX-License-Identifier: MIT
// 03-neighbours.c - two blocks of 20 bytes as the C library lays them out, and where a write past
// the first one goes.
//
// draw: memory
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { ASKED = 20 };

static void draw_blocks(const char *caption, size_t usable, size_t apart)
{
    printf("row %s\n", caption);
    printf("part used 0 %d first block: %d bytes\n", ASKED, ASKED);
    printf("part lost %d %zu\n", ASKED,
           usable - ASKED < apart - sizeof(size_t) - ASKED ? usable - ASKED
                                                           : apart - sizeof(size_t) - ASKED);
    printf("part books %zu %zu books\n", apart - sizeof(size_t), sizeof(size_t));
    printf("part used %zu %d second block: %d bytes\n", apart, ASKED, ASKED);
}

static void draw_write(int bytes, const char *what)
{
    printf("row write of %d bytes: %s\n", bytes, what);
    printf("part wrong 0 %d\n", bytes);
}

int main(void)
{
    char *first = malloc(ASKED);
    char *second = malloc(ASKED);
    if (first == NULL || second == NULL)
        return 1;
    size_t apart = (size_t)((uintptr_t)second - (uintptr_t)first);
    draw_blocks("two calls of malloc(20)", malloc_usable_size(first), apart);
    draw_write(ASKED + 1, "only the rounding is overwritten; nobody notices");
    draw_write((int)apart - 4, "the neighbour's books are overwritten; free(second) may abort");
    free(first);
    free(second);
    return 0;
}
