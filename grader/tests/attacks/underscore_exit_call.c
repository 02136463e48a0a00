// SPDX-License-Identifier: MIT
// The same with _exit(0), which runs no handlers.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls _exit: a function under test returns

#include <unistd.h>

void *mm_malloc(size_t size)
{
    (void)size;
    _exit(0);
}
