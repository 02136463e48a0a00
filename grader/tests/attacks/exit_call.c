// SPDX-License-Identifier: MIT
// Ends the program with exit(0) inside a graded function. Under plain Check, a test that exits with 0 has passed.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls exit: a function under test returns; it does not end the program

#include <stdlib.h>

void *mm_malloc(size_t size)
{
    (void)size;
    exit(0);
}
