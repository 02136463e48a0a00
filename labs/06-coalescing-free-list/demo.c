// SPDX-License-Identifier: MIT
/*
 * demo.c - lab 06: what happens to free memory when blocks are split but never merged, and when
 * they are merged, too.
 *
 * Answer predictions.txt first. Then run it with `make demo`.
 *
 *   1. A model of a heap, 64 cells long, serves the same requests twice. The first time it only
 *      splits free pieces, the second time it merges them, too. It is drawn at intervals.
 *   2. The C library's own malloc, seen through the addresses it returns: does it split, does it
 *      merge, and when?
 *
 * C promises nothing of what part 2 shows: the handout's numbers are from glibc on a 64-bit
 * machine. Addresses are kept as numbers there, because C does not even allow comparing a pointer
 * to a freed block.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/*** A model of a heap ***/

enum { CELLS = 64, LARGEST_REQUEST = 8, STEPS = 90, STEPS_A_ROW = 15 };

struct piece {
    int start, length;
    bool used;
};

/* The pieces fill the heap, in address order. */
struct model {
    struct piece piece[CELLS];
    int count;
    bool merges;
    int refused; /* requests for which no piece was large enough */
};

static void insert_piece(struct model *model, int index, struct piece piece)
{
    for (int i = model->count++; i > index; i--)
        model->piece[i] = model->piece[i - 1];
    model->piece[index] = piece;
}

static void delete_piece(struct model *model, int index)
{
    model->count--;
    for (int i = index; i < model->count; i++)
        model->piece[i] = model->piece[i + 1];
}

/* First fit. The remainder becomes a free piece of its own. */
static void allocate(struct model *model, int length)
{
    for (int i = 0; i < model->count; i++) {
        struct piece *piece = &model->piece[i];
        if (piece->used || piece->length < length)
            continue;
        struct piece remainder = {.start = piece->start + length, .length = piece->length - length};
        *piece = (struct piece){.start = piece->start, .length = length, .used = true};
        if (remainder.length > 0)
            insert_piece(model, i + 1, remainder);
        return;
    }
    model->refused++;
}

/* Merges the pieces at INDEX and INDEX + 1, if both exist and are free. */
static void merge(struct model *model, int index)
{
    if (index < 0 || index + 1 >= model->count || model->piece[index].used ||
        model->piece[index + 1].used)
        return;
    model->piece[index].length += model->piece[index + 1].length;
    delete_piece(model, index + 1);
}

static void release(struct model *model, int index)
{
    model->piece[index].used = false;
    if (model->merges) {
        merge(model, index);
        merge(model, index - 1);
    }
}

/* Frees the block that holds CELL, or else the first one after it. */
static void release_near(struct model *model, int cell)
{
    for (int i = 0; i < model->count; i++)
        if (model->piece[i].used && model->piece[i].start + model->piece[i].length > cell) {
            release(model, i);
            return;
        }
}

static void draw(const struct model *model)
{
    char row[CELLS + 1] = "";
    int largest = 0;
    for (int i = 0; i < model->count; i++) {
        const struct piece *piece = &model->piece[i];
        for (int cell = 0; cell < piece->length; cell++)
            row[piece->start + cell] =
                piece->used ? (cell == 0 ? '[' : '#') : (cell == 0 ? '|' : '.');
        if (!piece->used && piece->length > largest)
            largest = piece->length;
    }
    printf("  %s  %2d\n", row, largest);
}

/* Always the same sequence. */
static int random_below(unsigned *seed, int limit)
{
    *seed = *seed * 1664525U + 1013904223U;
    return (int)((*seed >> 16) % (unsigned)limit);
}

static void run_model(bool merges)
{
    struct model model = {.piece = {{.length = CELLS}}, .count = 1, .merges = merges};
    unsigned seed = 5;
    printf("\n  %-64s  largest\n", merges ? "Split and merged:" : "Split, but never merged:");
    for (int step = 1; step <= STEPS; step++) {
        int what = random_below(&seed, 5), cell = random_below(&seed, CELLS);
        if (what < 3)
            allocate(&model, 1 + random_below(&seed, LARGEST_REQUEST));
        else
            release_near(&model, cell);
        if (step % STEPS_A_ROW == 0)
            draw(&model);
    }
    release_near(&model, 0);
    for (int cell = 0; cell < CELLS; cell++)
        release_near(&model, cell);
    printf("  and when everything is freed (%d requests were refused):\n", model.refused);
    draw(&model);
}

/*** The C library ***/

static void *block(size_t size)
{
    void *made = malloc(size);
    if (made == NULL) {
        fputs("demo: out of memory\n", stderr);
        exit(EXIT_FAILURE);
    }
    return made;
}

static const char *place(uintptr_t found, uintptr_t a, uintptr_t b)
{
    return found == a ? "where a was" : found == b ? "where b was" : "somewhere else";
}

/* Frees neighbours a and b of SIZE bytes, then requests WANTED. A third block separates them from
 * the free memory after them. */
static void free_two(size_t size, size_t wanted)
{
    void *a = block(size), *b = block(size), *guard = block(size);
    volatile uintptr_t a_was = (uintptr_t)a, b_was = (uintptr_t)b;
    free(b);
    free(a);
    void *found = block(wanted);
    printf("    a and b, neighbours of %zu bytes, are freed: malloc(%zu) lands\n        %s\n", size,
           wanted, place((uintptr_t)found, a_was, b_was));
    free(found);
    free(guard);
}

/* Frees a, of SIZE bytes, then requests WANTED twice. */
static void free_one(size_t size, size_t wanted)
{
    void *a = block(size), *guard = block(size);
    volatile uintptr_t a_was = (uintptr_t)a;
    free(a);
    void *first = block(wanted), *second = block(wanted);
    printf("    a, of %zu bytes, is freed: malloc(%zu) lands %s,\n", size, wanted,
           place((uintptr_t)first, a_was, a_was));
    printf("        and the next malloc(%zu) %jd bytes after it\n", wanted,
           (intmax_t)(intptr_t)((uintptr_t)second - (uintptr_t)first));
    free(first);
    free(second);
    free(guard);
}

int main(void)
{
    /* Printed first, so that the C library allocates its output buffer before we measure. */
    printf("A model of a heap serves the same requests twice.\n\n");
    printf("    [### a block in use, 4 cells long     |... a free piece, 4 cells long\n");
    run_model(false);
    run_model(true);

    printf("\nAnd malloc? Does it split?\n\n");
    free_one(4000, 1000);
    printf("\nDoes it merge?\n\n");
    free_two(2000, 4000);
    free_two(100, 200);
    printf("\nIt splits and merges large blocks. It keeps small ones as they are for a while:\n"
           "programs that free a small block often want another of that size soon.\n");
    return 0;
}
