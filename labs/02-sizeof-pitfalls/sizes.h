// SPDX-License-Identifier: MIT
/*
 * sizes.h - lab 02: how many bytes is that?
 *
 * This header is a contract between you, who write sizes.c, and the callers of your functions.
 * Callers may rely on every sentence in it and on nothing else, and the tests check nothing else.
 *
 * Rules for every function that allocates memory:
 *
 *   - NULL means failure, and only failure. errno then says why: ENOMEM if there is not enough
 *     memory, or if a size_t cannot hold the number of bytes; EINVAL where a function says so.
 *   - After a failed call, nothing that it allocated is still allocated.
 *   - A block is exactly as large as what it holds, unless a function says otherwise. A smaller
 *     block is a bug; so is a larger one: it means that the arithmetic was not understood.
 *   - A count of 0 is not a failure. The result is then a block with nothing in it, which must not
 *     be NULL either. On some machines malloc(0) is NULL, so ask for at least 1 byte and at most
 *     64. (The size of one element is fine, too.)
 *   - Each call returns a new block. The caller owns it, and ends it with one call of free (or of
 *     free_rows, where the function says so). Nothing else that the call has allocated is still
 *     allocated.
 *   - Arguments still belong to the caller: the functions only read them, and never keep or free
 *     them. Pointers among them are never NULL unless a function says so.
 *
 * Allocate with malloc, calloc or realloc, and free with free. (Don't use strdup and the like: they
 * hide the very step that you are here to practise.)
 */
#ifndef SIZES_H
#define SIZES_H

#include <stdbool.h>
#include <stddef.h>

/* ---- 1. Arrays ---- */

/*
 * A recording is an array of samples. A sample is a short, which is smaller than a pointer, so it
 * shows when the two are mixed up.
 */

/* Returns a copy of the COUNT shorts at SAMPLES, in a block of its own. */
short *clone_samples(const short samples[], size_t count);

/* ---- 2. Strings ---- */

/* Returns a copy of the string TEXT, in a block of its own. TEXT has any length, including 0. */
char *clone_text(const char *text);

/*
 * Returns the first LENGTH characters of the string TEXT, or all of them if there are fewer, as a
 * string in a block of its own, which is just large enough for it: clone_prefix("heaplab", 4)
 * returns "heap" in 5 bytes.
 *
 * LENGTH is an int because it comes from outside, for example from a message that someone sent us.
 * It may be wrong: if it is negative, the function returns NULL with errno EINVAL and allocates
 * nothing. It may also be far larger than the length of the string.
 */
char *clone_prefix(const char *text, int length);

/* ---- 3. Structs ---- */

struct runner {
    char category; /* '?' until the runner has chosen one */
    size_t bib;    /* the number on the shirt */
    float seconds; /* 0 until the race is over */
};

/*
 * Returns an array of COUNT runners that are ready to start: category '?', seconds 0, and bib 1
 * for the first, 2 for the second and so on. COUNT may be any number, even one for which a size_t
 * cannot hold the number of bytes (see the rules).
 */
struct runner *make_runners(size_t count);

/* A train ticket, with its members in the order in which they came to mind. */
struct ticket {
    char coach; /* 'A' is at the front */
    long price; /* in cents */
    char kind;  /* 'S' for single, 'R' for return */
    int train;
    short seat;
};

/* Is each member of A equal to the same member of B? The padding between them may hold anything. */
bool same_ticket(const struct ticket *a, const struct ticket *b);

/*
 * The same ticket in less memory. You write this struct, in sizes.c: the same members with the same
 * names and types as in struct ticket, but in an order that makes it as small as possible. Every
 * member stays aligned as its type requires: no packed attribute, no #pragma pack, no bit-fields.
 */
struct tight_ticket;

/* Returns the size of one struct tight_ticket in bytes. */
size_t tight_ticket_size(void);

/* Returns an array of COUNT tight tickets with the values of the COUNT tickets at TICKETS. */
struct tight_ticket *pack_tickets(const struct ticket tickets[], size_t count);

/*
 * Writes the values of tight[INDEX] to TICKET. TIGHT was returned by pack_tickets and has more than
 * INDEX elements.
 */
void unpack_ticket(const struct tight_ticket *tight, size_t index, struct ticket *ticket);

/* ---- 4. A struct with a flexible array member ---- */

/*
 * A recording and its samples in one block. The samples come after the other members; sizeof does
 * not count them.
 */
struct recording {
    size_t count;    /* how many samples there are */
    unsigned rate;   /* samples per second */
    short samples[]; /* samples[0] to samples[count - 1] */
};

/*
 * Returns a recording of COUNT samples, all 0 (silence), at RATE. COUNT may be any number, as in
 * make_runners.
 *
 * It is one block. There are two ways to measure its fixed part, and both are correct here:
 * sizeof(struct recording), or offsetof(struct recording, samples), which leaves out the padding at
 * the end. The block may have either size, or any size between them, plus the samples, each counted
 * once.
 */
struct recording *make_recording(size_t count, unsigned rate);

/*
 * Returns a copy of RECORDING and of all its samples, as one block. Its size is as in
 * make_recording. RECORDING may have any size that make_recording allows: *RECORDING as a whole,
 * with its padding, may reach past the end of the block.
 */
struct recording *clone_recording(const struct recording *recording);

/* ---- 5. A matrix in one block ---- */

/*
 * Returns a matrix of ROWS x COLS ints in one block: row 0 from left to right, then row 1, and so
 * on. Every int is VALUE. ROWS and COLS may be any numbers. If either is 0, the matrix has no ints,
 * which is not a failure (see the rules).
 */
int *make_grid(size_t rows, size_t cols, int value);

/*
 * Returns the address of the int in row ROW and column COL of GRID, which has COLS columns. Both
 * count from 0. The function only computes the address, without reading or writing anything, so it
 * works for a grid of any size.
 */
int *grid_cell(int *grid, size_t cols, size_t row, size_t col);

/* ---- 6. A matrix with row pointers ---- */

/*
 * Returns an array of ROWS pointers, each to the first of COLS ints, so that matrix[row][col] is an
 * int. Every int is VALUE. ROWS and COLS may be any numbers; if COLS is 0, the row pointers exist,
 * but the caller follows none of them.
 *
 * How many blocks all this takes is up to you. Together they have as many bytes as the pointers and
 * the ints need; up to 64 more are fine. (If COLS is 0, each row may also take a byte or an int of
 * its own.) The caller ends the matrix with free_rows.
 */
int **make_rows(size_t rows, size_t cols, int value);

/*
 * Frees all the memory of MATRIX, which make_rows returned for the same number of ROWS. Does
 * nothing if MATRIX is NULL.
 */
void free_rows(int **matrix, size_t rows);

/* ---- 7. Any array, safely ---- */

/*
 * Returns a block for COUNT elements of SIZE bytes each. Its contents may be anything.
 *
 * COUNT and SIZE may be any numbers. If COUNT * SIZE does not fit into a size_t, returns NULL with
 * errno ENOMEM, and never a block of the few bytes that are left of the product after it has
 * wrapped around. If it fits, the function asks malloc for that many bytes, and malloc decides. If
 * either is 0, that is not a failure (see the rules).
 */
void *allocate_array(size_t count, size_t size);

#endif
