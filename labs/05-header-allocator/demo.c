// SPDX-License-Identifier: MIT
/*
 * demo.c - the bookkeeping that the C library's own malloc keeps, seen from outside.
 *
 * Run it with `make demo`. It asks malloc for pairs of blocks of the same size and looks at how far apart they lie, at
 * the word right below each, and at what malloc_usable_size says. What it shows is the C library's own
 * affair: the numbers in the handout are from glibc on a 64-bit machine, and another library may differ.
 *
 * Rules of this file:
 *   - Blocks are freed only at the end, so each new one comes from fresh memory, next to the one before.
 *   - Measuring comes before printing, because printf allocates, too.
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
    size_t apart;  /* from the first block to the second; 0 if they are not neighbours */
    size_t usable; /* bytes that the library lets the program use */
    size_t word;   /* what stands right below the second block */
};

/* The memory below a block is the library's and not ours, so the C language has no way to look at it. Every machine
 * has: take the address as a number, and copy what is there. Never do this in earnest. */
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

/* Draws COUNT bytes, to scale. A part of a character counts as a whole one. */
static void draw(char what, size_t count)
{
    for (size_t drawn = 0; drawn < count; drawn += BYTES_PER_CHARACTER)
        putchar(what);
}

/* One line for each run of sizes that give the same distance. */
static void print_distances(const struct measure *sizes)
{
    printf("Two blocks of the same size, one after the other. How far apart do they lie?\n\n");
    for (size_t low = 0, high; low < LARGEST; low = high) {
        for (high = low + 1; high < LARGEST && sizes[high].apart == sizes[low].apart; high++)
            continue;
        printf("    malloc(%2zu) to malloc(%2zu): %3zu bytes\n", sizes[low].asked, sizes[high - 1].asked,
               sizes[low].apart);
    }
}

static void print_block(const struct measure *block)
{
    printf("  %2zu %6zu %7zu    0x%02zx = %2zu + %zu   ", block->asked, block->apart, block->usable, block->word,
           block->word & ~(size_t)FLAG_BITS, block->word & FLAG_BITS);
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
    printf("\nAnd what fills the distance? To scale, one character for %d bytes:\n\n", BYTES_PER_CHARACTER);
    printf("    H bookkeeping   # asked for   . yours as well, by rounding\n\n");
    printf("   n  apart  usable    word below\n");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        print_block(&sizes[shown[i] - 1]);
}

/* What a block costs: the bytes asked for, and the bytes spent. */
static void print_price(const struct measure *block)
{
    if (block->apart > 0)
        printf("    %2zu byte%s asked for, %2zu spent: %2zu of 100 bytes carry your data\n", block->asked,
               block->asked == 1 ? " " : "s", block->apart, 100 * block->asked / block->apart);
}

/* Frees a block and asks for one of that size again. The first address is kept as a number: once a block is freed, its
 * pointer may not even be compared any more. */
static void print_reuse(size_t size)
{
    printf("\nAnd what becomes of a block that is freed?\n\n");
    void *block = malloc(size);
    uintptr_t before = (uintptr_t)block;
    printf("    malloc(%zu) gives %p, and it is freed\n", size, block);
    free(block);
    block = malloc(size);
    printf("    malloc(%zu) gives %p: %s\n", size, block,
           (uintptr_t)block == before ? "the same again. Somebody took a note" : "another place this time");
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
