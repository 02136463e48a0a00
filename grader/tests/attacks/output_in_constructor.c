// SPDX-License-Identifier: MIT
// Prints a gigabyte before main.
//
// base: 05 stub
// loses: all
// tells: your program, before any function was called, ended the whole program

#include <stdio.h>

__attribute__((constructor)) static void shout(void)
{
    static char megabyte[1 << 20];
    for (int i = 0; i < 1024; i++)
        fwrite(megabyte, 1, sizeof megabyte, stderr);
}
