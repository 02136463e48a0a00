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
#ifdef SOLUTION
    short *copy = allocate_array(count, sizeof *copy);
    if (copy == NULL)
        return NULL;
    memcpy(copy, samples, count * sizeof *copy);
    return copy;
#else
    (void)samples;
    (void)count;
    return NULL;
#endif
}

/* ---- 2. Strings ---- */

#ifdef SOLUTION
/* Returns the LENGTH characters at TEXT as a string, in a block of its own. */
static char *clone_characters(const char *text, size_t length)
{
    char *copy = malloc(length + 1); /* + 1 for the '\0', which takes a byte, too */
    if (copy == NULL)
        return NULL;
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

#endif
char *clone_text(const char *text)
{
#ifdef SOLUTION
    return clone_characters(text, strlen(text));
#else
    (void)text;
    return NULL;
#endif
}

char *clone_prefix(const char *text, int length)
{
#ifdef SOLUTION
    if (length < 0) {
        errno = EINVAL;
        return NULL;
    }
    size_t wanted = (size_t)length; /* only after the check: -1 would become SIZE_MAX */
    size_t available = strlen(text);
    return clone_characters(text, wanted < available ? wanted : available);
#else
    (void)text;
    (void)length;
    return NULL;
#endif
}

/* ---- 3. Structs ---- */

struct runner *make_runners(size_t count)
{
#ifdef SOLUTION
    struct runner *runners = allocate_array(count, sizeof *runners);
    if (runners == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        runners[i] = (struct runner){.category = '?', .bib = i + 1, .seconds = 0};
    return runners;
#else
    (void)count;
    return NULL;
#endif
}

bool same_ticket(const struct ticket *a, const struct ticket *b)
{
#ifdef SOLUTION
    /* Not memcmp: it would compare the padding, too. */
    bool same_place = a->train == b->train && a->coach == b->coach && a->seat == b->seat;
    return same_place && a->price == b->price && a->kind == b->kind;
#else
    (void)a;
    (void)b;
    return false;
#endif
}

struct tight_ticket {
#ifdef SOLUTION
    /* The largest alignment first: then no member needs a gap before it. */
    long price;
    int train;
    short seat;
    char coach;
    char kind;
#else
    char coach;
    long price;
    char kind;
    int train;
    short seat;
#endif
};

size_t tight_ticket_size(void)
{
#ifdef SOLUTION
    return sizeof(struct tight_ticket);
#else
    return 0;
#endif
}

struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count)
{
#ifdef SOLUTION
    struct tight_ticket *tight = allocate_array(count, sizeof *tight);
    if (tight == NULL)
        return NULL;
    for (size_t i = 0; i < count; i++)
        tight[i] = (struct tight_ticket){
            .coach = tickets[i].coach,
            .price = tickets[i].price,
            .kind = tickets[i].kind,
            .train = tickets[i].train,
            .seat = tickets[i].seat,
        };
    return tight;
#else
    (void)tickets;
    (void)count;
    return NULL;
#endif
}

void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket)
{
#ifdef SOLUTION
    const struct tight_ticket *from = &tight[index]; /* [] counts in tickets, not in bytes */
    *ticket = (struct ticket){
        .coach = from->coach,
        .price = from->price,
        .kind = from->kind,
        .train = from->train,
        .seat = from->seat,
    };
#else
    (void)tight;
    (void)index;
    (void)ticket;
#endif
}

/* ---- 4. A struct with a flexible array member ---- */

struct recording *make_recording(size_t count, unsigned rate)
{
#ifdef SOLUTION
    struct recording *recording; /* has no value yet, but sizeof only looks at its type */
    const size_t fixed = sizeof *recording;
    const size_t each = sizeof recording->samples[0];
    if (count > (SIZE_MAX - fixed) / each) { /* the product or the sum would wrap around */
        errno = ENOMEM;
        return NULL;
    }
    recording = malloc(fixed + count * each);
    if (recording == NULL)
        return NULL;
    recording->count = count;
    recording->rate = rate;
    memset(recording->samples, 0, count * each);
    return recording;
#else
    (void)count;
    (void)rate;
    return NULL;
#endif
}

struct recording *clone_recording(const struct recording *recording)
{
#ifdef SOLUTION
    struct recording *copy = make_recording(recording->count, recording->rate);
    if (copy == NULL)
        return NULL;
    /* Not *copy = *recording: an assignment copies sizeof(struct recording) bytes only. */
    memcpy(copy->samples, recording->samples, copy->count * sizeof copy->samples[0]);
    return copy;
#else
    (void)recording;
    return NULL;
#endif
}

/* ---- 5. A matrix in one block ---- */

int *make_grid(size_t rows, size_t cols, int value)
{
#ifdef SOLUTION
    if (cols != 0 && rows > SIZE_MAX / cols) {
        errno = ENOMEM;
        return NULL;
    }
    size_t cells = rows * cols;
    int *grid = allocate_array(cells, sizeof *grid);
    if (grid == NULL)
        return NULL;
    for (size_t i = 0; i < cells; i++)
        grid[i] = value;
    return grid;
#else
    (void)rows;
    (void)cols;
    (void)value;
    return NULL;
#endif
}

int *grid_cell(int *grid, size_t cols, size_t row, size_t col)
{
#ifdef SOLUTION
    return &grid[row * cols + col]; /* [] counts in ints: the compiler multiplies by sizeof(int) */
#else
    (void)grid;
    (void)cols;
    (void)row;
    (void)col;
    return NULL;
#endif
}

/* ---- 6. A matrix with row pointers ---- */

int **make_rows(size_t rows, size_t cols, int value)
{
#ifdef SOLUTION
    int **matrix = allocate_array(rows, sizeof *matrix); /* *matrix is a pointer to a row ... */
    if (matrix == NULL)
        return NULL;
    for (size_t row = 0; row < rows; row++) {
        matrix[row] = allocate_array(cols, sizeof *matrix[row]); /* ... *matrix[row] is an int */
        if (matrix[row] == NULL) {
            free_rows(matrix, row); /* the rows before this one */
            return NULL;
        }
        for (size_t col = 0; col < cols; col++)
            matrix[row][col] = value;
    }
    return matrix;
#else
    (void)rows;
    (void)cols;
    (void)value;
    return NULL;
#endif
}

void free_rows(int **matrix, size_t rows)
{
#ifdef SOLUTION
    if (matrix == NULL)
        return;
    for (size_t row = 0; row < rows; row++)
        free(matrix[row]);
    free(matrix); /* last: the row pointers are in it */
#else
    (void)matrix;
    (void)rows;
#endif
}

/* ---- 7. Any array, safely ---- */

void *allocate_array(size_t count, size_t size)
{
#ifdef SOLUTION
    /* Checked before multiplying: a product does not show that it has wrapped around. */
    if (size != 0 && count > SIZE_MAX / size) {
        errno = ENOMEM;
        return NULL;
    }
    size_t bytes = count * size;
    return malloc(bytes != 0 ? bytes : 1);
#else
    (void)count;
    (void)size;
    return NULL;
#endif
}
