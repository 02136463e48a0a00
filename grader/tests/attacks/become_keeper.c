// SPDX-License-Identifier: MIT
// Becomes a keeper, the one other program in the sandbox, to give orders of its own. It has no socket to hear any on.
//
// base: 05 stub
// loses: all
// tells: made a system call that graded code may not use

__attribute__((constructor)) static void become_keeper(void)
{
    char *const arguments[] = {(char[]){"/keeper"}, (char[]){"0"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
}
