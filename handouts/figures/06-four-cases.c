// SPDX-License-Identifier: MIT
// 06-four-cases.c - the block in the middle is freed, with its neighbours used or free: before and
// after, four times.
//
// draw: memory
// run: lab=06
#include "06-heap.h"

#include <stdio.h>

enum { CASES = 4, BLOCKS = 4 };

int main(void)
{
    static const size_t sizes[BLOCKS] = {40, 72, 56,
                                         24}; /* previous, freed, next, and one that stays used */
    static const char *const names[CASES] = {"both neighbours used", "the next block is free",
                                             "the previous block is free", "both are free"};
    void *block[CASES][BLOCKS];
    if (!mm_init())
        return 1;
    for (int i = 0; i < CASES; i++)
        for (int k = 0; k < BLOCKS; k++)
            block[i][k] = mm_malloc(sizes[k]);
    for (int i = 0; i < CASES; i++) {
        if (i & 2)
            mm_free(block[i][0]);
        if (i & 1)
            mm_free(block[i][2]);
    }
    for (int i = 0; i < CASES; i++) {
        struct header *first = mm_header(block[i][0]);
        struct header *last = mm_header(block[i][3]);
        char caption[80];
        snprintf(caption, sizeof caption, "case %d: %s", i + 1, names[i]);
        draw_blocks(caption, first, last);
        mm_free(block[i][1]);
        draw_blocks("", first, last);
    }
    return 0;
}
