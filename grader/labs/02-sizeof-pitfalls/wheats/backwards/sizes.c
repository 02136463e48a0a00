// SPDX-License-Identifier: MIT
/*
 * sizes.c - a correct version of another design: the smallest members first; a matrix whose ints come before its row
 * pointers; a recording of a size between the two that are named; loops from the end to the start.
 */
#include "sizes.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SPARE_BYTES = 64 };

/* A block of BYTES, or of SPARE_BYTES for none; NULL with ENOMEM if FITS is false. */
static void *block_of(bool fits, size_t bytes)
{
    if (fits)
        return malloc(bytes ? bytes : SPARE_BYTES);
    errno = ENOMEM;
    return NULL;
}

static bool product_fits(size_t a, size_t b)
{
    return a == 0 || b <= SIZE_MAX / a;
}

void *allocate_array(size_t count, size_t size)
{
    return block_of(product_fits(count, size), count * size);
}

short *clone_samples(const short samples[], size_t count)
{
    short *copy = allocate_array(count, sizeof(short));
    for (size_t i = count; copy && i-- > 0;)
        copy[i] = samples[i];
    return copy;
}

char *clone_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

char *clone_prefix(const char *text, int length)
{
    size_t kept = 0;
    if (length < 0) {
        errno = EINVAL;
        return NULL;
    }
    while (length-- > 0 && text[kept] != '\0') /* never beyond LENGTH, nor beyond the end */
        kept++;
    char *copy = calloc(kept + 1, 1);
    return copy ? memcpy(copy, text, kept) : NULL;
}

struct runner *make_runners(size_t count)
{
    struct runner *runners = allocate_array(count, sizeof *runners);
    for (size_t bib = count; runners && bib > 0; bib--) {
        memset(&runners[bib - 1], 0, sizeof *runners);
        runners[bib - 1].category = '?';
        runners[bib - 1].bib = bib;
    }
    return runners;
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    unsigned long differences = 0;
    differences |= (unsigned long)a->price ^ (unsigned long)b->price;
    differences |= (unsigned long)(a->coach != b->coach) | (unsigned long)(a->kind != b->kind);
    differences |= (unsigned long)(a->train != b->train) | (unsigned long)(a->seat != b->seat);
    return differences == 0;
}

struct tight_ticket {
    char coach;
    char kind;
    short seat;
    int train;
    long price;
};

size_t tight_ticket_size(void)
{
    return sizeof(struct tight_ticket);
}

struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count)
{
    struct tight_ticket *tight = allocate_array(count, sizeof *tight);
    for (size_t i = count; tight && i-- > 0;)
        tight[i] = (struct tight_ticket){tickets[i].coach, tickets[i].kind, tickets[i].seat, tickets[i].train,
                                         tickets[i].price};
    return tight;
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
    tight += index;
    ticket->price = tight->price;
    ticket->train = tight->train;
    ticket->seat = tight->seat;
    ticket->kind = tight->kind;
    ticket->coach = tight->coach;
}

/* The fixed part, and half of the padding after it. */
static const size_t fixed = (sizeof(struct recording) + offsetof(struct recording, samples)) / 2;

struct recording *make_recording(size_t count, unsigned rate)
{
    bool fits = count <= SIZE_MAX / sizeof(short) && count * sizeof(short) <= SIZE_MAX - fixed;
    struct recording *recording = block_of(fits, fixed + count * sizeof(short));
    if (!recording)
        return NULL;
    recording->count = count;
    recording->rate = rate;
    while (count-- > 0)
        recording->samples[count] = 0;
    return recording;
}

struct recording *clone_recording(const struct recording *recording)
{
    struct recording *copy = make_recording(recording->count, recording->rate);
    for (size_t i = recording->count; copy && i-- > 0;)
        copy->samples[i] = recording->samples[i];
    return copy;
}

int *make_grid(size_t rows, size_t cols, int value)
{
    int *grid = block_of(product_fits(rows, cols) && product_fits(rows * cols, sizeof(int)), rows * cols * sizeof(int));
    for (size_t i = rows * cols; grid && i-- > 0;)
        grid[i] = value;
    return grid;
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
    int *start = grid + cols * row;
    return start + col;
}

/* | ints | perhaps a gap | row pointers | in one block. */
int **make_rows(size_t rows, size_t cols, int value)
{
    size_t ints = rows * cols * sizeof(int);
    bool fits = product_fits(rows, cols) && product_fits(rows * cols, sizeof(int)) &&
                product_fits(rows, sizeof(int *)) && ints <= SIZE_MAX - 8 - rows * sizeof(int *);
    size_t before = (ints + 7) / 8 * 8;
    char *block = block_of(fits, before + rows * sizeof(int *));
    if (!block)
        return NULL;
    int **matrix = (int **)(void *)(block + before);
    for (size_t row = rows; row-- > 0;) {
        matrix[row] = (int *)(void *)block + row * cols;
        for (size_t col = cols; col-- > 0;)
            matrix[row][col] = value;
    }
    return matrix;
}

void free_rows(int **matrix, size_t rows)
{
    if (matrix)
        free(rows > 0 ? (void *)matrix[0] : matrix); /* the ints begin the block */
}
