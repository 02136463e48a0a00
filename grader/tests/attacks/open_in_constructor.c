// SPDX-License-Identifier: MIT
// Opens a file before main.
//
// base: 05 stub
// loses: all
// tells: made a system call that graded code may not use

__attribute__((constructor)) static void peek(void)
{
    KERNEL_4(SYS_openat, -100, "/subject", 0, 0);
}
