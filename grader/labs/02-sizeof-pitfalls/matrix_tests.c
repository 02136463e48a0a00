// SPDX-License-Identifier: MIT
/*
 * matrix_tests.c - what lab 02 demands of parts 5 and 6: a matrix in one block, and one with row pointers.
 */
#include "common.h"
#include "room.h"

#include "sizes.h"

#include <limits.h>
#include <stdio.h>

enum { SLACK = 64, MANY = 70000 }; /* more than 16 bits can count */

/* --- 5. a matrix in one block --- */

START_TEST(grid_room)
{
    static const size_t shapes[][2] = {{3, 5}, {1, 1},    {20, 30}, {300, 300}, {MANY, 1},
                                       {2, 2}, {1, MANY}, {3, 2},   {2, 7},     {5, 1}};
    static const int values[] = {7, -1, INT_MIN, -123456789, 16777217, 0, 65537, 256, INT_MAX, 0x01010102};
    for (size_t i = 0; i < LENGTH_OF(shapes); i++) {
        size_t rows = shapes[i][0], cols = shapes[i][1], cells = rows * cols;
        const struct guess guesses[] = {
            {sizeof(int *), "the size of one pointer"},
            {cells, "one byte for each int"},
            {cells * sizeof(int *), "the size of a pointer for each int"},
            {cells * sizeof(int) + rows * sizeof(int *), "the ints, and a pointer for each row"},
            {cols * sizeof(int), "the ints of one row"},
            {(rows + cols) * sizeof(int), "rows + cols ints"},
            NO_GUESS};
        const int *grid = make_grid(rows, cols, values[i]);
        expect_room(grid, cells * sizeof(int), cells * sizeof(int), guesses,
                    "make_grid should ask for the bytes of %zu x %zu ints, %zu bytes each", rows, cols, sizeof(int));
        for (size_t k = 0; k < cells; k++)
            expect_int(grid[k], values[i], "each of the %zu ints should be %d; number %zu is not", cells, values[i], k);
    }
}
END_TEST

static void expect_cell(int *grid, size_t cols, size_t row, size_t col)
{
    size_t index = row * cols + col;
    char expected[TEXT_BYTES], found[TEXT_BYTES];
    const int *cell = grid_cell(grid, cols, row, col);
    ptrdiff_t distance = (ptrdiff_t)((intptr_t)cell - (intptr_t)grid);
    snprintf(expected, sizeof expected, "&grid[%zu], %zu bytes after the start", index, index * sizeof *grid);
    if (cell)
        snprintf(found, sizeof found, "an address %td bytes after the start", distance);
    else
        snprintf(found, sizeof found, "NULL");
    if (!cell || (size_t)distance != index * sizeof *grid)
        fail_compare(expected, found, "before row %zu, column %zu there are %zu ints", row, col, index);
}

START_TEST(grid_cells)
{
    enum { ROWS = 3, COLS = 5 };
    int *grid = put(NULL, ROWS * COLS * sizeof *grid, "grid", "int grid[3 * 5];");
    for (size_t row = ROWS; row-- > 0;)
        for (size_t col = COLS; col-- > 0;)
            expect_cell(grid, COLS, row, col);

    int *large = put(NULL, sizeof *large, "large", "int *large = ...;  /* a grid of many GiB */");
    expect_cell(large, 300, 300, 299);
    expect_cell(large, 1, 65537, 0);
    expect_cell(large, 65536, 32768, 1);
    expect_cell(large, 65536, 65536, 7);
    expect_cell(large, (size_t)1 << 33, 1, 3);
    expect_cell(large, (size_t)1 << 33, 0, ((size_t)1 << 32) + 3);
    expect_cell(large, 2, ((size_t)1 << 32) + 5, 1);
}
END_TEST

/* --- 6. a matrix with row pointers --- */

static void expect_rows_room(int **matrix, size_t rows, size_t cols)
{
    const struct guess for_pointers[] = {{rows * sizeof(int), "the size of an int for each row, but it holds pointers"},
                                         {rows, "one byte for each row"},
                                         {sizeof(int *), "the size of one pointer"},
                                         NO_GUESS};
    const struct guess for_ints[] = {{cols, "one byte for each int"},
                                     {sizeof(int *), "the size of one pointer"},
                                     {sizeof(int), "the size of one int"},
                                     NO_GUESS};
    expect_room_from(matrix, rows * sizeof *matrix, for_pointers,
                     "make_rows should ask for the bytes of %zu row pointers, %zu bytes each", rows, sizeof *matrix);
    for (size_t row = 0; row < rows; row++)
        expect_room_from(matrix[row], cols * sizeof **matrix, for_ints,
                         "matrix[%zu] should point to memory for a row of %zu ints, %zu bytes each", row, cols,
                         sizeof **matrix);
}

START_TEST(rows_room)
{
    static const size_t shapes[][2] = {{25, 6}, {1, 1}, {2, MANY}, {300, 3}};
    enum { VALUE = 7 };
    for (size_t i = 0; i < LENGTH_OF(shapes); i++) {
        size_t rows = shapes[i][0], cols = shapes[i][1], before = heap_live_bytes();
        int **matrix = make_rows(rows, cols, VALUE);
        expect_rows_room(matrix, rows, cols);
        const size_t pointers = rows * sizeof(int *), need = pointers + rows * cols * sizeof(int);
        const struct guess guesses[] = {
            {pointers + rows * cols * sizeof(int *), "ints as large as pointers"},
            {pointers + rows * rows * sizeof(int), "rows with as many ints as there are rows"},
            {pointers + rows * rows * cols * sizeof(int), "each row with room for all rows"},
            NO_GUESS};
        expect_total(before, need, need + SLACK, guesses,
                     "make_rows should ask for %zu pointers and %zu x %zu ints, and little more", rows, rows, cols);
    }
}
END_TEST

START_TEST(rows_apart)
{
    enum { ROWS = 3, COLS = 5, VALUE = -123456789 };
    int **matrix = make_rows(ROWS, COLS, VALUE);
    expect_rows_room(matrix, ROWS, COLS);
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            expect_int(matrix[row][col], VALUE, "matrix[%d][%d] should be %d from the start", row, col, VALUE);
    static const int others[] = {0, -1, 65537, 0x01010102, 256, INT_MIN, 16777217};
    for (size_t i = 0; i < LENGTH_OF(others); i++) {
        int **single = make_rows(1, 1, others[i]);
        expect_rows_room(single, 1, 1);
        expect_int(single[0][0], others[i], "the only int of a matrix should be %d", others[i]);
    }

    tell("for each row and col: matrix[row][col] = 10 * row + col;");
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            matrix[row][col] = 10 * row + col;
    for (int row = 0; row < ROWS; row++)
        for (int col = 0; col < COLS; col++)
            expect_int(matrix[row][col], 10 * row + col,
                       "matrix[%d][%d] should keep what was written to it, but it shares memory with another int", row,
                       col);
}
END_TEST

START_TEST(rows_freed)
{
    static const size_t shapes[][2] = {{3, 5}, {1, 1}, {3, 0}, {0, 3}, {0, 0}, {300, 2}};
    for (size_t i = 0; i < LENGTH_OF(shapes); i++) {
        int **matrix = make_rows(shapes[i][0], shapes[i][1], 7);
        expect_pointer_set(matrix, "make_rows should return a matrix");
        free_rows(matrix, shapes[i][0]);
        expect_no_leak(
            "free_rows should free everything that make_rows has allocated, both the rows and the pointers to them");
    }
    free_rows(NULL, 3);
    free_rows(NULL, 0);
}
END_TEST

void add_matrix_tests(struct suite *suite)
{
    suite_add(suite, grid_room);
    suite_add(suite, grid_cells);
    suite_add(suite, rows_room);
    suite_add(suite, rows_apart);
    suite_add(suite, rows_freed);
}
