// SPDX-License-Identifier: MIT
// Ends the program with status 0 in a destructor, when all results are in. The subject runs none.
//
// base: 05 stub
// loses: all
// tells: mm_malloc(64) should return a block: there is enough memory

__attribute__((destructor)) static void leave(void)
{
    KERNEL_1(SYS_exit_group, 0);
}
