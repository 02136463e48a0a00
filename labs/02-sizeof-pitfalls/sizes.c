// SPDX-License-Identifier: MIT
/*
 * sizes.c - lab 02: asking malloc for the right number of bytes.
 *
 * Interface: sizes.h. Read its rules first; they hold for every function here.
 *
 * malloc knows nothing about types. It takes a number of bytes and believes it: only you can get
 * that number right. Ask three questions about each request:
 *   - How many elements, and how large is each? `sizeof *p` is the size of what p points to,
 *     whatever its type is today.
 *   - What else must fit in? A string has a terminator, a struct has padding.
 *   - Can the arithmetic go wrong? Sizes are of type size_t: they are never negative, and after
 *     SIZE_MAX they start again at 0.
 *
 * You may write the sections in any order. When section 7 is done, come back and see where
 * allocate_array helps.
 */
#include "sizes.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- 1. Arrays ---- */

short *clone_samples(const short samples[], size_t count)
{
    (void)samples;
    (void)count;
    return NULL;
}

/* ---- 2. Strings ---- */

char *clone_text(const char *text)
{
    (void)text;
    return NULL;
}

char *clone_prefix(const char *text, int length)
{
    (void)text;
    (void)length;
    return NULL;
}

/* ---- 3. Structs ---- */

struct runner *make_runners(size_t count)
{
    (void)count;
    return NULL;
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
    (void)a;
    (void)b;
    return false;
}

struct tight_ticket {
    char coach;
    long price;
    char kind;
    int train;
    short seat;
};

size_t tight_ticket_size(void)
{
    return 0;
}

struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count)
{
    (void)tickets;
    (void)count;
    return NULL;
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
    (void)tight;
    (void)index;
    (void)ticket;
}

/* ---- 4. A struct with a flexible array member ---- */

struct recording *make_recording(size_t count, unsigned rate)
{
    (void)count;
    (void)rate;
    return NULL;
}

struct recording *clone_recording(const struct recording *recording)
{
    (void)recording;
    return NULL;
}

/* ---- 5. A matrix in one block ---- */

int *make_grid(size_t rows, size_t cols, int value)
{
    (void)rows;
    (void)cols;
    (void)value;
    return NULL;
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
    (void)grid;
    (void)cols;
    (void)row;
    (void)col;
    return NULL;
}

/* ---- 6. A matrix with row pointers ---- */

int **make_rows(size_t rows, size_t cols, int value)
{
    (void)rows;
    (void)cols;
    (void)value;
    return NULL;
}

void free_rows(int **matrix, size_t rows)
{
    (void)matrix;
    (void)rows;
}

/* ---- 7. Any array, safely ---- */

void *allocate_array(size_t count, size_t size)
{
    (void)count;
    (void)size;
    return NULL;
}
