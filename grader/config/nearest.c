// SPDX-License-Identifier: MIT
/*
 * nearest.c - "did you mean": the least number of letters to change, add, leave out or swap with the next (fields.h).
 */
#include "config/fields.h"

#include <string.h>

enum { LONGEST_WORD = 64 };

/* How many such steps lead from A to B, both shorter than LONGEST_WORD. */
static size_t distance(const char *a, const char *b)
{
    size_t steps[LONGEST_WORD + 1][LONGEST_WORD + 1];
    size_t rows = strlen(a), columns = strlen(b);
    for (size_t i = 0; i <= rows; i++)
        for (size_t j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                steps[i][j] = i + j;
                continue;
            }
            size_t changed = steps[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            steps[i][j] = MIN(changed, MIN(steps[i - 1][j], steps[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                steps[i][j] = MIN(steps[i][j], steps[i - 2][j - 2] + 1);
        }
    return steps[rows][columns];
}

const char *nearest(const char *word, const char *const *candidates)
{
    if (strlen(word) >= LONGEST_WORD)
        return NULL;
    const char *best = NULL;
    size_t least = strlen(word) / 3 + 2;
    for (; *candidates; candidates++) {
        if (strlen(*candidates) >= LONGEST_WORD)
            continue;
        size_t steps = distance(word, *candidates);
        if (steps < least) {
            least = steps;
            best = *candidates;
        }
    }
    return best;
}
