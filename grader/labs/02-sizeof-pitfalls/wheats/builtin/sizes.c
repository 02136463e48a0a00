// SPDX-License-Identifier: MIT
/*
 * sizes.c - a correct version of another design: overflow checks by the compiler's builtins; the matrix, row pointers
 * and ints, in one block; one function makes all requests.
 */
#include "sizes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A block of FIXED + COUNT * SIZE bytes, or of one byte if that is 0. */
static void *get(size_t fixed, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || __builtin_add_overflow(bytes, fixed, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return malloc(bytes | !bytes);
}

void *allocate_array(size_t count, size_t size)
{
    return get(0, count, size);
}

short *clone_samples(const short samples[], size_t count)
{
    short *copy = get(0, count, sizeof *samples);
    return copy ? memmove(copy, samples, count * sizeof *samples) : NULL;
}

char *clone_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = get(0, size, 1);
    return copy ? memcpy(copy, text, size) : NULL;
}

char *clone_prefix(const char *text, int length)
{
    if (length < 0) {
        errno = EINVAL;
        return NULL;
    }
    const char *end = memchr(text, '\0', (size_t)length);
    size_t kept = end ? (size_t)(end - text) : (size_t)length;
    char *copy = get(1, kept, 1);
    if (copy) {
        memcpy(copy, text, kept);
        copy[kept] = 0;
    }
    return copy;
}

struct runner *make_runners(size_t count)
{
    struct runner *runners = get(0, count, sizeof(struct runner)), *runner = runners;
    if (!runners)
        return NULL;
    for (; runner < runners + count; runner++) {
        memset(runner, 0, sizeof *runner);
        runner->category = '?';
        runner->bib = (size_t)(runner - runners) + 1;
    }
    return runners;
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    if (a->price != b->price || a->train != b->train || a->seat != b->seat)
        return false;
    return a->coach == b->coach && a->kind == b->kind;
}

struct tight_ticket {
    long price;
    char kind;
    char coach;
    short seat;
    int train;
};

size_t tight_ticket_size(void)
{
    return sizeof(struct tight_ticket);
}

static struct tight_ticket tight_of(const struct ticket *t)
{
    return (struct tight_ticket){t->price, t->kind, t->coach, t->seat, t->train};
}

struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count)
{
    struct tight_ticket *tight = get(0, count, sizeof *tight);
    for (size_t i = 0; tight && i < count; i++)
        tight[i] = tight_of(tickets + i);
    return tight;
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
    tight += index;
    *ticket = (struct ticket){tight->coach, tight->price, tight->kind, tight->train, tight->seat};
}

struct recording *make_recording(size_t count, unsigned rate)
{
    struct recording *recording = get(offsetof(struct recording, samples), count, sizeof(short));
    if (!recording)
        return NULL;
    recording->count = count;
    recording->rate = rate;
    for (size_t i = 0; i < count; i++)
        recording->samples[i] = 0;
    return recording;
}

struct recording *clone_recording(const struct recording *recording)
{
    size_t bytes = offsetof(struct recording, samples) + recording->count * sizeof(short);
    struct recording *copy = get(bytes, 0, 0);
    return copy ? memcpy(copy, recording, bytes) : NULL;
}

static void set_all(int *ints, size_t count, int value)
{
    while (count-- > 0)
        *ints++ = value;
}

int *make_grid(size_t rows, size_t cols, int value)
{
    size_t row_bytes;
    if (__builtin_mul_overflow(cols, sizeof(int), &row_bytes))
        row_bytes = rows ? (size_t)-1 : 0;
    int *grid = get(0, rows, row_bytes);
    if (grid)
        set_all(grid, rows * cols, value);
    return grid;
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
    int *first = grid + row * cols;
    return first + col;
}

int **make_rows(size_t rows, size_t cols, int value)
{
    size_t row_bytes, each;
    if (rows == 0)
        cols = 0; /* there is no row to be too long */
    if (__builtin_mul_overflow(cols, sizeof(int), &row_bytes) ||
        __builtin_add_overflow(row_bytes, sizeof(int *), &each)) {
        errno = ENOMEM;
        return NULL;
    }
    int **matrix = get(0, rows, each);
    if (!matrix)
        return NULL;
    int *ints = (int *)(matrix + rows);
    set_all(ints, rows * cols, value);
    for (size_t row = 0; row < rows; row++)
        matrix[row] = ints + row * cols;
    return matrix;
}

void free_rows(int **matrix, size_t rows)
{
    (void)rows;
    free(matrix);
}
