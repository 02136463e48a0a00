// SPDX-License-Identifier: MIT
// Starts itself anew in a constructor, without end: the program that runs never comes to its first call.
//
// base: 05 stub
// loses: all
// tells: used more time or memory than a test may

__attribute__((constructor)) static void start_again(void)
{
    char *const arguments[] = {(char[]){"/subject"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
}
