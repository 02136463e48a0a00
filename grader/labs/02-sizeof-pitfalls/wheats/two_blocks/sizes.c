// SPDX-License-Identifier: MIT
/*
 * sizes.c - a correct version of another design: the matrix in two blocks, one of row pointers and one of ints; an
 * overflow check by halves before it divides; empty arrays of one whole element; tickets copied by a macro.
 */
#include "sizes.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Two factors below this have a product that fits for certain. */
#define HALF_RANGE ((size_t)1 << (CHAR_BIT * sizeof(size_t) / 2))

static bool too_many(size_t count, size_t size)
{
    if (count < HALF_RANGE && size < HALF_RANGE)
        return false;
    return count > 0 && size > SIZE_MAX / count;
}

static void *no_memory(void)
{
    errno = ENOMEM;
    return NULL;
}

void *allocate_array(size_t count, size_t size)
{
    if (too_many(count, size))
        return no_memory();
    if (count == 0 || size == 0)
        return realloc(NULL, 16);
    return realloc(NULL, count * size);
}

short *clone_samples(const short samples[], size_t count)
{
    short *copy = malloc(sizeof(short[count ? count : 1]));
    if (copy == NULL)
        return NULL;
    return memcpy(copy, samples, sizeof(short) * count);
}

char *clone_text(const char *text)
{
    return clone_prefix(text, INT_MAX);
}

char *clone_prefix(const char *text, int length)
{
    if (length < 0) {
        errno = EINVAL;
        return NULL;
    }
    long rest = length;
    size_t size = 1;
    for (const char *p = text; *p != '\0' && rest > 0; p++, rest--)
        size++;
    char *copy = malloc(size);
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, size - 1);
    copy[size - 1] = '\0';
    return copy;
}

struct runner *make_runners(size_t count)
{
    struct runner *runners = count > 0 ? allocate_array(count, sizeof *runners) : malloc(sizeof *runners);
    if (runners == NULL)
        return NULL;
    for (size_t i = count; i > 0; i--)
        runners[i - 1] = (struct runner){'?', i, 0};
    return runners;
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    const struct ticket *both[] = {a, b};
    long numbers[2][5];
    for (int i = 0; i < 2; i++) {
        const long members[] = {both[i]->coach, both[i]->price, both[i]->kind, both[i]->train, both[i]->seat};
        memcpy(numbers[i], members, sizeof members);
    }
    return memcmp(numbers[0], numbers[1], sizeof numbers[0]) == 0; /* longs have no padding */
}

struct tight_ticket {
    int train;
    short seat;
    char kind;
    char coach;
    long price;
};

#define MOVE_TICKET(to, from)                                                                                          \
    ((to)->coach = (from)->coach, (to)->price = (from)->price, (to)->kind = (from)->kind, (to)->train = (from)->train, \
     (to)->seat = (from)->seat)

size_t tight_ticket_size(void)
{
    return sizeof(struct tight_ticket);
}

struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count)
{
    struct tight_ticket *tight = malloc(count > 0 ? count * sizeof *tight : sizeof *tight);
    if (tight == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        MOVE_TICKET(&tight[i], &tickets[i]);
    return tight;
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
    MOVE_TICKET(ticket, tight + index);
}

struct recording *make_recording(size_t count, unsigned rate)
{
    size_t samples = count * sizeof(short);
    if (too_many(count, sizeof(short)) || sizeof(struct recording) + samples < samples)
        return no_memory();
    struct recording *recording = malloc(sizeof(struct recording) + samples);
    if (recording == NULL)
        return NULL;
    memset(recording, 0, sizeof(struct recording) + samples);
    recording->count = count;
    recording->rate = rate;
    return recording;
}

struct recording *clone_recording(const struct recording *recording)
{
    size_t samples = recording->count * sizeof recording->samples[0];
    struct recording *copy = malloc(sizeof *copy + samples);
    if (copy == NULL)
        return NULL;
    copy->count = recording->count;
    copy->rate = recording->rate;
    memcpy(copy->samples, recording->samples, samples);
    return copy;
}

int *make_grid(size_t rows, size_t cols, int value)
{
    if (too_many(rows, cols))
        return no_memory();
    int *grid = allocate_array(rows * cols, sizeof(int));
    if (grid == NULL)
        return NULL;
    for (int *cell = grid; cell < grid + rows * cols; cell++)
        *cell = value;
    return grid;
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
    return (int *)(void *)((char *)grid + (row * cols + col) * sizeof(int));
}

int **make_rows(size_t rows, size_t cols, int value)
{
    int **matrix = allocate_array(rows, sizeof(int *));
    if (matrix == NULL || rows == 0)
        return matrix;
    matrix[0] = make_grid(rows, cols, value);
    if (matrix[0] == NULL) {
        free(matrix);
        return NULL;
    }
    for (size_t row = 1; row < rows; row++)
        matrix[row] = matrix[row - 1] + cols;
    return matrix;
}

void free_rows(int **matrix, size_t rows)
{
    if (matrix != NULL && rows > 0)
        free(matrix[0]);
    free(matrix);
}
