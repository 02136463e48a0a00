// SPDX-License-Identifier: MIT
/*
 * sizes.c - a correct version of another design: calloc for everything, which checks its product itself; sizes by
 * offsetof; loops instead of memcpy; on failure, free_rows frees all rows, some of which are still NULL.
 */
#include "sizes.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static size_t at_least_one(size_t n)
{
    return n > 0 ? n : 1;
}

void *allocate_array(size_t count, size_t size)
{
    return count != 0 && size != 0 ? calloc(count, size) : calloc(1, 1);
}

short *clone_samples(const short samples[], size_t count)
{
    short *copy = calloc(at_least_one(count), sizeof(short));
    if (!copy)
        return NULL;
    for (size_t i = 0; i < count; i++)
        copy[i] = samples[i];
    return copy;
}

char *clone_text(const char *text)
{
    char *copy = calloc(strlen(text) + 1, 1);
    return copy ? strcpy(copy, text) : NULL;
}

char *clone_prefix(const char *text, int length)
{
    int available = 0;
    if (length < 0) {
        errno = EINVAL;
        return NULL;
    }
    while (available < length && text[available])
        available++;
    char *copy = calloc((size_t)available + 1, sizeof *copy);
    return copy ? strncpy(copy, text, (size_t)available) : NULL;
}

struct runner *make_runners(size_t count)
{
    struct runner *runners = calloc(at_least_one(count), sizeof *runners);
    if (!runners)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        runners[i].category = '?';
        runners[i].bib = i + 1;
    }
    return runners;
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    return !memcmp(&a->coach, &b->coach, sizeof a->coach) && !memcmp(&a->price, &b->price, sizeof a->price) &&
           !memcmp(&a->kind, &b->kind, sizeof a->kind) && !memcmp(&a->train, &b->train, sizeof a->train) &&
           !memcmp(&a->seat, &b->seat, sizeof a->seat);
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
    struct tight_ticket *tight = calloc(at_least_one(count), sizeof *tight);
    if (!tight)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        tight[i].coach = tickets[i].coach;
        tight[i].kind = tickets[i].kind;
        tight[i].seat = tickets[i].seat;
        tight[i].train = tickets[i].train;
        tight[i].price = tickets[i].price;
    }
    return tight;
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
    ticket->coach = tight[index].coach;
    ticket->kind = tight[index].kind;
    ticket->seat = tight[index].seat;
    ticket->train = tight[index].train;
    ticket->price = tight[index].price;
}

struct recording *make_recording(size_t count, unsigned rate)
{
    const size_t fixed = offsetof(struct recording, samples);
    if (count >= (SIZE_MAX - sizeof(struct recording)) / sizeof(short)) {
        errno = ENOMEM;
        return NULL;
    }
    size_t bytes = fixed + count * sizeof(short);
    struct recording *recording = calloc(1, bytes < sizeof *recording ? sizeof *recording : bytes);
    if (!recording)
        return NULL;
    recording->count = count;
    recording->rate = rate;
    return recording;
}

struct recording *clone_recording(const struct recording *recording)
{
    struct recording *copy = make_recording(recording->count, recording->rate);
    if (!copy)
        return NULL;
    for (size_t i = 0; i < copy->count; i++)
        copy->samples[i] = recording->samples[i];
    return copy;
}

int *make_grid(size_t rows, size_t cols, int value)
{
    if (rows && cols > SIZE_MAX / sizeof(int) / rows) {
        errno = ENOMEM;
        return NULL;
    }
    int *grid = calloc(at_least_one(rows * cols), sizeof(int));
    if (!grid)
        return NULL;
    for (size_t row = 0; row < rows; row++)
        for (size_t col = 0; col < cols; col++)
            *grid_cell(grid, cols, row, col) = value;
    return grid;
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
    return grid + row * cols + col;
}

int **make_rows(size_t rows, size_t cols, int value)
{
    int **matrix = calloc(at_least_one(rows), sizeof(int *));
    if (!matrix)
        return NULL;
    for (size_t row = 0; row < rows; row++) {
        matrix[row] = calloc(at_least_one(cols), sizeof(int));
        if (!matrix[row]) {
            free_rows(matrix, rows); /* those that are still missing are NULL */
            return NULL;
        }
        for (size_t col = 0; col < cols; col++)
            matrix[row][col] = value;
    }
    return matrix;
}

void free_rows(int **matrix, size_t rows)
{
    for (size_t row = 0; matrix && row < rows; row++)
        free(matrix[row]);
    free(matrix);
}
