// SPDX-License-Identifier: MIT
/*
 * demo.c - the records that the C library's own malloc keeps, seen from outside.
 *
 * Run it with `make demo`. It asks malloc for pairs of blocks of the same size. For each pair it
 * shows how far apart the blocks lie, the word just below a block, and the result of
 * malloc_usable_size. None of this is promised by C: the numbers in the handout are from glibc on a
 * 64-bit machine, and another library may differ.
 *
 * Rules of this file:
 *   - Blocks are freed only at the end, so each new one comes from fresh memory, next to the
 *     previous one.
 *   - Measure first and print later, because printf allocates, too.
 */
#include <malloc.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST = 64, BYTES_PER_CHARACTER = 2, FLAG_BITS = 7 };

struct measure {
    void *blocks[2];
    size_t asked;
    size_t apart;  /* distance from the first block to the second; 0 if they are not neighbours */
    size_t usable; /* bytes that the library lets the program use */
    size_t word;   /* the word just below the second block */
};

/* The memory below a block belongs to the library, and C has no legal way to look at it. This works
 * on real machines all the same: treat the address as a number and copy the bytes there. Never do
 * it in a real program. */
static size_t word_below(const void *block)
{
    size_t word;
    memcpy(&word, (const void *)((uintptr_t)block - sizeof word), sizeof word);
    return word;
}

static struct measure measure(size_t asked)
{
    struct measure result = {.blocks = {malloc(asked), malloc(asked)}, .asked = asked};
    if (result.blocks[0] == NULL || result.blocks[1] == NULL) {
        fputs("demo: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    uintptr_t first = (uintptr_t)result.blocks[0], second = (uintptr_t)result.blocks[1];
    result.usable = malloc_usable_size(result.blocks[1]);
    if (first < second && second - first < 2 * (result.usable + LARGEST))
        result.apart = second - first;
    result.word = word_below(result.blocks[1]);
    return result;
}

/* Draws COUNT bytes to scale. The last character may stand for fewer bytes than the others. */
static void draw(char what, size_t count)
{
    for (size_t drawn = 0; drawn < count; drawn += BYTES_PER_CHARACTER)
        putchar(what);
}

/* Prints one line for each range of sizes with the same distance. */
static void print_distances(const struct measure *sizes)
{
    printf("Two blocks of the same size, one after the other. How far apart are they?\n\n");
    for (size_t low = 0, high; low < LARGEST; low = high) {
        for (high = low + 1; high < LARGEST && sizes[high].apart == sizes[low].apart; high++)
            continue;
        printf("    malloc(%2zu) to malloc(%2zu): %3zu bytes\n", sizes[low].asked,
               sizes[high - 1].asked, sizes[low].apart);
    }
}

static void print_block(const struct measure *block)
{
    printf("  %2zu %6zu %7zu    0x%02zx = %2zu + %zu   ", block->asked, block->apart, block->usable,
           block->word, block->word & ~(size_t)FLAG_BITS, block->word & FLAG_BITS);
    if (block->apart > block->usable)
        draw('H', block->apart - block->usable);
    draw('#', block->asked);
    if (block->usable > block->asked + 1)
        draw('.', block->usable - block->asked - 1);
    putchar('\n');
}

static void print_blocks(const struct measure *sizes)
{
    static const size_t shown[] = {1, 8, 16, 24, 25, 32, 40, 41, 56, 57, 64};
    printf("\nAnd what fills that distance? Drawn to scale, %d bytes a character:\n\n",
           BYTES_PER_CHARACTER);
    printf("    H bookkeeping   # requested   . rounding, also yours to use\n\n");
    printf("   n  apart  usable    word below\n");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        print_block(&sizes[shown[i] - 1]);
}

/* The cost of a block: the bytes requested and the bytes spent. */
static void print_price(const struct measure *block)
{
    if (block->apart > 0)
        printf("    %2zu byte%s requested, %2zu spent: %2zu of 100 bytes hold your data\n",
               block->asked, block->asked == 1 ? " " : "s", block->apart,
               100 * block->asked / block->apart);
}

/* Frees a block and requests another of the same size. The first address is kept as a number,
 * because C does not even allow comparing a pointer to a freed block. */
static void print_reuse(size_t size)
{
    printf("\nAnd what happens to a block that is freed?\n\n");
    void *block = malloc(size);
    uintptr_t before = (uintptr_t)block;
    printf("    malloc(%zu) returns %p; we free it\n", size, block);
    free(block);
    block = malloc(size);
    printf("    malloc(%zu) returns %p: %s\n", size, block,
           (uintptr_t)block == before ? "the same block, reused" : "a different place this time");
    free(block);
}

int main(void)
{
    static struct measure sizes[LARGEST];
    for (size_t i = 0; i < LARGEST; i++)
        sizes[i] = measure(i + 1);

    print_distances(sizes);
    print_blocks(sizes);
    printf("\nWhat do small blocks cost?\n\n");
    print_price(&sizes[0]);
    print_price(&sizes[7]);
    print_price(&sizes[23]);
    print_price(&sizes[63]);
    print_reuse(100);

    for (size_t i = 0; i < LARGEST; i++) {
        free(sizes[i].blocks[0]);
        free(sizes[i].blocks[1]);
    }
    return 0;
}
