// SPDX-License-Identifier: MIT
// Forks before main, while the filter of system calls is still the wider one.
//
// base: 05 stub
// loses: all
// tells: your program, before any function was called, made a system call

__attribute__((constructor)) static void multiply(void)
{
    KERNEL_2(SYS_clone, SIGCHLD, 0);
}
