// SPDX-License-Identifier: MIT
// 05-first-fit.c - the worked example of first fit: a heap with three free blocks, before and after
// mm_malloc(48).
//
// draw: memory
// run: lab=05
#include "header_alloc.h"
#include "memlib.h"

#include <stdio.h>

enum { BLOCKS = 6, ASKED = 48 };

static void draw(const char *caption, const void *chosen)
{
    printf("row %s\n", caption);
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block)) {
        size_t offset = (size_t)((char *)block - (char *)mem_heap_lo());
        size_t room = block->size - sizeof *block;
        printf("part books %zu %zu\n", offset, sizeof *block);
        printf("part %s %zu %zu %s%zu\n", block->state == MM_USED ? "used" : "free",
               offset + sizeof *block, room,
               block->state == MM_FREE       ? "free "
               : mm_payload(block) == chosen ? "taken "
                                             : "",
               room);
    }
}

int main(void)
{
    static const size_t sizes[BLOCKS] = {64, 32, 16, 80, 48, 16};
    void *block[BLOCKS];
    for (int i = 0; i < BLOCKS; i++)
        block[i] = mm_malloc(sizes[i]);
    mm_free(block[1]);
    mm_free(block[3]);
    mm_free(block[4]);
    draw("before: three free blocks", NULL);
    draw("after mm_malloc(48)", mm_malloc(ASKED));
    return 0;
}
