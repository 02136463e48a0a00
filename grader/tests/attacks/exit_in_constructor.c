// SPDX-License-Identifier: MIT
// Ends the program with status 0 before main, in a constructor.
//
// base: 05 stub
// loses: all
// tells: your program, before any function was called, ended the whole program

__attribute__((constructor)) static void leave(void)
{
    KERNEL_1(SYS_exit_group, 0);
}
