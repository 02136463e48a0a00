// SPDX-License-Identifier: MIT
/*
 * 06-heap.h - draws a part of a heap of labs 06 and 07 for memory.py. It is a header with a body,
 * since a figure is one file and two or three of them need it.
 */
#ifndef FIGURE_HEAP_H
#define FIGURE_HEAP_H

#include "free_list.h"

#include <stdio.h>

/* The blocks from FROM up to TO (not included; NULL for the heap's end), as a row called CAPTION,
 * with their sizes. */
static void draw_blocks(const char *caption, struct header *from, const struct header *to)
{
    printf("row %s\n", caption);
    for (struct header *block = from; block != NULL && block != to; block = mm_next(block)) {
        size_t offset = (size_t)((char *)block - (char *)from);
        size_t footer = block->size - sizeof(size_t);
        printf("part books %zu %zu\n", offset, sizeof *block);
        printf("part %s %zu %zu %s%zu\n", block->state == MM_USED ? "used" : "free",
               offset + sizeof *block, footer - sizeof *block,
               block->state == MM_USED ? "" : "free ", block->size);
        printf("part books %zu %zu\n", offset + footer, sizeof(size_t));
    }
}

#endif
