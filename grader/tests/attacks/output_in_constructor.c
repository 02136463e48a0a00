// SPDX-License-Identifier: MIT
// Prints a gigabyte before main.
//
// base: 05 stub
// loses: all
// tells: mm_malloc(64) should return a block: there is enough memory

#include <stdio.h>

__attribute__((constructor)) static void shout(void)
{
    static char megabyte[1 << 20];
    for (int i = 0; i < 1024; i++)
        fwrite(megabyte, 1, sizeof megabyte, stderr);
}
