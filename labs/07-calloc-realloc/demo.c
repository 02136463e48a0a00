// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 07: what the C library's realloc and calloc do, observed from outside.
 *
 * Answer predictions.txt first. Then run the demo with `make demo`. It has four parts:
 *
 *   1. A block shrinks. What happens to the bytes that it no longer needs?
 *   2. A block grows step by step: first with free memory after it, then with other blocks in the
 *      way. Each line shows its size and how far it has moved.
 *   3. Recycled memory: what malloc returns, and what calloc returns.
 *   4. A product that does not fit in a size_t.
 *
 * The demo keeps addresses as numbers: once realloc has moved a block, C does not even allow you to
 * compare the old pointer. (They are volatile so that the compiler does not optimise them away.)
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST_SIZE = 2000, STEP = 1000, STEPS = 8, LARGE = 400000 };

static void *checked(void *block)
{
    if (block == NULL) {
        fputs("demo: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return block;
}

/*** A block shrinks ***/

static void shrink_once(void)
{
    const size_t from = 9 * STEP, to = 2 * STEP, next_size = 6 * STEP;
    char *block = checked(malloc(from)), *guard = checked(malloc(STEP));
    volatile uintptr_t before = (uintptr_t)block;
    block = checked(realloc(block, to));
    printf("    from %zu to %zu bytes: %s\n", from, to,
           (uintptr_t)block == before ? "in place" : "moved, which is legal, too");
    char *next = checked(malloc(next_size));
    uintptr_t distance = (uintptr_t)next - (uintptr_t)block;
    if (distance < from)
        printf("    malloc(%zu) lands %ju bytes after its start: in the part that was cut off\n",
               next_size, (uintmax_t)distance);
    else
        printf("    malloc(%zu) lands somewhere else\n", next_size);
    free(block);
    free(guard);
    free(next);
}

/*** A block grows ***/

/* Draws SIZE bytes, to scale, and says how far they have moved. */
static void draw(size_t size, uintptr_t before, uintptr_t now)
{
    enum { BYTES_A_CELL = 250 };
    printf("    %6zu  ", size);
    for (size_t drawn = 0; drawn < size; drawn += BYTES_A_CELL)
        putchar('#');
    if (before == 0)
        printf("\n");
    else if (now == before)
        printf("  in place\n");
    else
        printf("  moved by %+jd\n", (intmax_t)(intptr_t)(now - before));
}

/* With NEIGHBOURS, every second step allocates another block first. It takes the space after the
 * growing one. */
static void grow(bool neighbours)
{
    char *block = checked(malloc(FIRST_SIZE));
    void *others[STEPS] = {NULL};
    volatile uintptr_t before = (uintptr_t)block;
    draw(FIRST_SIZE, 0, before);
    for (size_t i = 0; i < STEPS; i++) {
        if (neighbours && i % 2 == 0)
            others[i] = checked(malloc(STEP));
        size_t size = FIRST_SIZE + (i + 1) * STEP;
        block = checked(realloc(block, size));
        draw(size, before, (uintptr_t)block);
        before = (uintptr_t)block;
    }
    free(block);
    for (size_t i = 0; i < STEPS; i++)
        free(others[i]);
}

/*** Recycled memory ***/

/* Reading memory from malloc before writing to it is a bug in any program but this one, which wants
 * to show why. The pointer is volatile so that the compiler cannot assume anything about it. */
static size_t count_dirty(const volatile unsigned char *bytes, size_t n)
{
    size_t dirty = 0;
    for (size_t i = 0; i < n; i++)
        dirty += bytes[i] != 0;
    return dirty;
}

static void leave_dirt(size_t size)
{
    volatile unsigned char *block = checked(malloc(size));
    for (size_t i = 0; i < size; i++)
        block[i] = 'x';
    free((void *)block);
}

static void recycle(size_t size)
{
    leave_dirt(size);
    unsigned char *block = checked(malloc(size));
    printf("    malloc(%6zu)     %6zu bytes are not zero\n", size, count_dirty(block, size));
    free(block);
    leave_dirt(size);
    block = checked(calloc(1, size));
    printf("    calloc(1, %6zu)  %6zu bytes are not zero\n", size, count_dirty(block, size));
    free(block);
}

/*** Overflow ***/

static void overflow(void)
{
    volatile size_t half = SIZE_MAX / 2 + 9;
    size_t product = half * 2;
    printf("    n = %zu elements of 2 bytes; n * 2 is %zu\n", half, product);
    void *volatile small = malloc(product);
    printf("    malloc(n * 2)  %s\n",
           small != NULL ? "returns a block, of 16 bytes!" : "returns NULL");
    void *volatile none = calloc(half, 2);
    printf("    calloc(n, 2)   %s\n", none == NULL ? "returns NULL" : "returns a block");
    free(small);
    free(none);
}

/*** All of it ***/

static void grow_alone(void)
{
    grow(false);
}

static void grow_among_others(void)
{
    grow(true);
}

static void recycle_both(void)
{
    recycle(1000);
    recycle(LARGE);
}

/* Runs PART in a process of its own, with a fresh heap. */
static void show(const char *title, void (*part)(void))
{
    printf("\n%s:\n\n", title);
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        part();
        exit(EXIT_SUCCESS);
    }
    if (child < 0 || waitpid(child, NULL, 0) != child)
        perror("demo");
}

int main(void)
{
    static char buffer[BUFSIZ];
    setvbuf(stdout, buffer, _IOFBF,
            sizeof buffer); /* otherwise the first printf would allocate one */
    show("A block shrinks", shrink_once);
    show("A block grows by realloc, with free memory after it", grow_alone);
    show("The same, but now and then another block takes the space after it", grow_among_others);
    show("Recycled memory", recycle_both);
    show("A product that does not fit in a size_t", overflow);
    return 0;
}
