// SPDX-License-Identifier: MIT
// An object that must lie at a multiple of 1 GiB: a program file of gigabytes.
//
// base: 05 stub
// loses: all

__attribute__((aligned(1 << 30))) static char far[1] = {1};

char *where(void)
{
    return far;
}
