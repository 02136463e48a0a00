// SPDX-License-Identifier: MIT
// 02-rows.c - an array of row pointers and the rows that they point to.
//
// draw: memory
#include <stddef.h>
#include <stdio.h>

enum { ROWS = 3, COLUMNS = 4 };

struct picture {
    int *matrix[ROWS];
    int gap[2];
    struct {
        int row[COLUMNS];
        int gap[2];
    } rows[ROWS];
};

int main(void)
{
    static struct picture picture;
    printf("row %d pointers of %zu bytes, and %d rows of %d ints of %zu bytes\n", ROWS,
           sizeof picture.matrix[0], ROWS, COLUMNS, sizeof(int));
    for (int r = 0; r < ROWS; r++) {
        picture.matrix[r] = picture.rows[r].row;
        printf("part books %zu %zu [%d]\n", (size_t)r * sizeof picture.matrix[0],
               sizeof picture.matrix[0], r);
    }
    for (int r = 0; r < ROWS; r++) {
        size_t start = (size_t)((char *)picture.matrix[r] - (char *)&picture);
        for (int c = 0; c < COLUMNS; c++)
            printf("part used %zu %zu\n", start + (size_t)c * sizeof(int), sizeof(int));
        printf("below %zu matrix[%d][0]\narrow %zu %zu\n", start, r,
               (size_t)r * sizeof picture.matrix[0] + 4, start);
    }
    return 0;
}
