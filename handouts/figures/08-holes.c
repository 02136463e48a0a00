// SPDX-License-Identifier: MIT
// 08-holes.c - the same requests in two orders, answered by the C library: where holes are, and
// what fits into them.
//
// draw: memory
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Large enough that the library merges them as soon as they are freed. */
enum { PAIRS = 4, SMALL = 2048, LARGE = 7 * SMALL, WANTED = 8 * SMALL, BLOCKS = 3 * PAIRS };

static struct block {
    void *payload; /* NULL once it is free */
    uintptr_t start;
    size_t size;
} blocks[BLOCKS];
static size_t count;

static void ask(size_t size)
{
    struct block *block = &blocks[count++];
    block->payload = malloc(size);
    block->start = (uintptr_t)block->payload;
    block->size = size;
    if (block->payload == NULL)
        exit(1);
}

static void give_back(size_t size)
{
    for (size_t i = 0; i < count; i++) {
        if (blocks[i].size == size) {
            free(blocks[i].payload);
            blocks[i].payload = NULL;
        }
    }
}

/* Whether block I is free and no other block has taken its place. */
static bool is_hole(size_t i)
{
    if (i >= count || blocks[i].payload != NULL)
        return false;
    for (size_t other = 0; other < count; other++) {
        if (blocks[other].payload != NULL &&
            blocks[other].start < blocks[i].start + blocks[i].size &&
            blocks[i].start < blocks[other].start + blocks[other].size)
            return false;
    }
    return true;
}

/* Blocks lie in the order in which they were allocated. Holes that touch are drawn as one. */
static void draw(const char *caption)
{
    printf("row %s\n", caption);
    for (size_t i = 0; i < count; i++) {
        const struct block *first = &blocks[i];
        while (is_hole(i) && is_hole(i + 1))
            i++;
        size_t size = blocks[i].start + blocks[i].size - first->start;
        if (first->payload != NULL || is_hole(i))
            printf("part %s %zu %zu %s%zu\n", first->payload != NULL ? "used" : "free",
                   first->start - blocks[0].start, size, first->payload != NULL ? "" : "free ",
                   size / SMALL);
    }
}

static void show(const char *holes, const char *after)
{
    give_back(LARGE);
    draw(holes);
    for (size_t i = 0; i < PAIRS; i++)
        ask(WANTED);
    draw(after);
    give_back(SMALL);
    give_back(WANTED);
    count = 0;
}

int main(void)
{
    static char output[BUFSIZ]; /* not on the heap that is drawn */
    setvbuf(stdout, output, _IOFBF, sizeof output);
    for (size_t i = 0; i < PAIRS; i++) {
        ask(SMALL);
        ask(LARGE);
    }
    show("allocated in turn: 1 and 7, 1 and 7, ...; then the 7s are freed",
         "four of 8 are allocated, and fit into no hole but the last");
    for (size_t i = 0; i < PAIRS; i++)
        ask(SMALL);
    for (size_t i = 0; i < PAIRS; i++)
        ask(LARGE);
    show("first the 1s, then the 7s; then the 7s are freed", "four of 8 are allocated");
    return 0;
}
