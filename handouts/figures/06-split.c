// SPDX-License-Identifier: MIT
// 06-split.c - a free block of 256 bytes is allocated for 72 bytes, and split.
//
// draw: memory
// run: lab=06
#include "06-heap.h"

int main(void)
{
    if (!mm_init())
        return 1;
    void *hole = mm_malloc(232);
    void *guard = mm_malloc(24);
    struct header *first = mm_header(hole);
    mm_free(hole);
    draw_blocks("a free block of 256 bytes, before a block in use", first,
                mm_next(mm_header(guard)));
    mm_malloc(72);
    draw_blocks("after mm_malloc(72), which needs a block of 96", first, mm_next(mm_header(guard)));
    return 0;
}
