// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 08: what the C library's malloc does with its heap. Yours will meet the same
 * problems.
 *
 *   1. What a block costs: the distance between blocks allocated one after the other.
 *   2. Holes: most of the heap is free, and still no hole is large enough.
 *   3. The same requests in another order: blocks of one size lie together, and the holes merge.
 *
 * Each part runs in a process of its own, with a fresh heap. The size of the heap is how far the
 * program break has moved.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PAIRS = 2000, SMALL = 64, LARGE = 448, LARGER = 512, BLOCKS_A_SIZE = 8 };

static const char *break_at_start;

static size_t heap_bytes(void)
{
    const char *now = sbrk(0);
    return (size_t)(now - break_at_start);
}

static void *must_malloc(size_t size)
{
    void *block = malloc(size);
    if (!block) {
        perror("demo");
        exit(EXIT_FAILURE);
    }
    return block;
}

/*** What a block costs ***/

/* The distance between neighbouring blocks of SIZE bytes: the smallest of several, because a few
 * blocks may lie elsewhere. */
static size_t distance(size_t size)
{
    size_t least = SIZE_MAX;
    uintptr_t before = (uintptr_t)must_malloc(size);
    for (int i = 1; i < BLOCKS_A_SIZE; i++) {
        uintptr_t now = (uintptr_t)must_malloc(size);
        size_t apart = now > before ? now - before : before - now;
        least = apart < least ? apart : least;
        before = now;
    }
    return least;
}

static void cost_of_blocks(void)
{
    static const size_t sizes[] = {1, 8, 16, 24, 25, 40, 41, 64, 100, 128, 500, 1000};
    printf("    requested   a block every   of which is used\n");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t apart = distance(sizes[i]);
        printf("    %9zu   %13zu   %14zu %%\n", sizes[i], apart, 100 * sizes[i] / apart);
    }
}

/*** Holes ***/

static void print_heap(const char *what, size_t payload)
{
    printf("    %-44s %4zu KiB live, heap %4zu KiB\n", what, payload / 1024, heap_bytes() / 1024);
}

static void *small[PAIRS], *large[PAIRS];

static void free_and_allocate(void)
{
    print_heap("2000 blocks of 64 bytes, 2000 of 448", PAIRS * (SMALL + LARGE));
    for (int i = 0; i < PAIRS; i++)
        free(large[i]);
    print_heap("the large ones are freed", PAIRS * SMALL);
    for (int i = 0; i < PAIRS; i++)
        large[i] = must_malloc(LARGER);
    print_heap("2000 of 512 are allocated", PAIRS * (SMALL + LARGER));
}

static void holes(void)
{
    for (int i = 0; i < PAIRS; i++) {
        small[i] = must_malloc(SMALL);
        large[i] = must_malloc(LARGE);
    }
    free_and_allocate();
}

static void sorted_by_size(void)
{
    for (int i = 0; i < PAIRS; i++)
        small[i] = must_malloc(SMALL);
    for (int i = 0; i < PAIRS; i++)
        large[i] = must_malloc(LARGE);
    free_and_allocate();
}

/*** All of it ***/

static const struct part {
    const char *title;
    void (*run)(void);
} parts[] = {
    {"What a block costs", cost_of_blocks},
    {"Small and large blocks in turn", holes},
    {"First the small blocks, then the large ones", sorted_by_size},
};

int main(void)
{
    static char buffer[BUFSIZ];
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer); /* so that printf allocates nothing */
    break_at_start = sbrk(0);
    for (const struct part *part = parts; part < parts + sizeof parts / sizeof *parts; part++) {
        printf("\n%s:\n\n", part->title);
        fflush(stdout);
        pid_t child = fork();
        if (child == 0) {
            part->run();
            exit(EXIT_SUCCESS);
        }
        if (child < 0 || waitpid(child, NULL, 0) < 0)
            perror("demo");
    }
    return 0;
}
