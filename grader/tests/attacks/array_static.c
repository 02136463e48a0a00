// SPDX-License-Identifier: MIT
// An 8 GiB array without values: no room for it in memory.
//
// base: 05 stub
// loses: all
// tells: its global and static variables are too large for a program

char huge[8UL << 30];

__attribute__((constructor)) static void touch(void)
{
    huge[sizeof huge - 1] = 1;
}
