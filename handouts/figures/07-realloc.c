// SPDX-License-Identifier: MIT
// 07-realloc.c - the ends of mm_realloc: smaller, larger in place, and moved.
//
// draw: memory
// run: lab=07
#include "06-heap.h"
#include "realloc.h"

enum { BLOCK = 72, SMALL = 40, MIDDLE = 200, LARGE = 400, HOLE = 232, GUARD = 24 };

int main(void)
{
    if (!mm_init())
        return 1;
    char *block = mm_malloc(BLOCK);
    void *hole = mm_malloc(HOLE);
    void *guard = mm_malloc(GUARD);
    struct header *first = mm_header(block);
    mm_free(hole);
    draw_blocks("a block of 96 bytes, a free one of 256, one in use", first,
                mm_next(mm_header(guard)));
    block = mm_realloc(block, MIDDLE);
    draw_blocks("mm_realloc(p, 200): larger, in place", first, mm_next(mm_header(guard)));
    block = mm_realloc(block, SMALL);
    draw_blocks("mm_realloc(p, 40): smaller; what is cut off merges with the next block", first,
                mm_next(mm_header(guard)));
    block = mm_realloc(block, LARGE);
    draw_blocks("mm_realloc(p, 400): there is no room here, so it moves to after the guard", first,
                mm_next(mm_header(block)));
    return 0;
}
