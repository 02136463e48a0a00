// SPDX-License-Identifier: MIT
// 05-after-free.c - a heap of lab 05 after three mm_malloc and one mm_free, read from its headers.
//
// draw: memory
// run: lab=05
#include "header_alloc.h"
#include "memlib.h"

#include <stdio.h>

static void draw(const char *when, const char *const names[])
{
    printf("row %s\n", when);
    int i = 0;
    for (struct header *block = mm_first(); block != NULL; block = mm_next(block), i++) {
        size_t offset = (size_t)((char *)block - (char *)mem_heap_lo());
        printf("part books %zu %zu %zu\n", offset, sizeof *block, block->size);
        printf("part %s %zu %zu %s: %zu\n", block->state == MM_USED ? "used" : "free",
               offset + sizeof *block, block->size - sizeof *block,
               block->state == MM_USED ? names[i] : "free", block->size - sizeof *block);
        printf("below %zu heap + %zu\n", offset, offset);
    }
    printf("below %zu break\n", mem_heapsize());
}

int main(void)
{
    static const char *const names[] = {"a", "b", "c"};
    mm_malloc(64);
    void *b = mm_malloc(16);
    mm_malloc(40);
    draw("after a = mm_malloc(64), b = mm_malloc(16), c = mm_malloc(40)", names);
    mm_free(b);
    draw("after mm_free(b)", names);
    return 0;
}
