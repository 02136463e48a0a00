// SPDX-License-Identifier: MIT
// Ends the program with status 0 in an ifunc resolver, which runs while the program is still being relocated.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your program, before any function was called, ended the whole program

static void *resolve(void)
{
    KERNEL_1(SYS_exit_group, 0);
    return NULL;
}

void *mm_malloc(size_t size) __attribute__((ifunc("resolve")));
