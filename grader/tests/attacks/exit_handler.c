// SPDX-License-Identifier: MIT
// Registers an exit handler that ends the program with status 0.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls atexit: it is not among the functions

#include <stdlib.h>

static void leave(void)
{
    KERNEL_1(SYS_exit_group, 0);
}

void *mm_malloc(size_t size)
{
    (void)size;
    atexit(leave);
    return NULL;
}
