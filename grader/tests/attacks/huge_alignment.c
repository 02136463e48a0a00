// SPDX-License-Identifier: MIT
// An object that must lie at a multiple of 256 MiB: a program file of as much.
//
// base: 05 stub
// loses: all
// tells: the compiler needed more time, memory or file space than it may have

__attribute__((aligned(1 << 28))) static char far[1] = {1};

char *where(void)
{
    return far;
}
