// SPDX-License-Identifier: MIT
// 06-list.c - the list of free blocks in a heap of lab 06: each arrow is a link that was followed.
//
// draw: memory
// run: lab=06
#include "06-heap.h"
#include "memlib.h"

#include <stdio.h>

enum { BLOCKS = 7 };

static size_t offset(const struct header *block)
{
    return (size_t)((const char *)block - (const char *)mm_first());
}

int main(void)
{
    static const size_t sizes[BLOCKS] = {40, 88, 24, 40, 56, 72, 24};
    void *block[BLOCKS];
    if (!mm_init())
        return 1;
    for (int i = 0; i < BLOCKS; i++)
        block[i] = mm_malloc(sizes[i]);
    void *rest = mm_malloc(3400); /* so that the chunk's rest is in use as well */
    mm_free(block[3]);
    mm_free(block[1]);
    mm_free(block[5]);
    draw_blocks("the list leads from block to block; the block that was freed last comes first",
                mm_first(), mm_header(rest));
    printf("below %zu first\n", offset(mm_list()->first));
    for (struct header *at = mm_list()->first; mm_links(at)->next != NULL; at = mm_links(at)->next)
        if (offset(mm_links(at)->next) < offset(mm_header(rest)))
            printf("arrow %zu %zu\n", offset(at), offset(mm_links(at)->next));
    return 0;
}
