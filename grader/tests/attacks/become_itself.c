// SPDX-License-Identifier: MIT
// Wants to start itself anew in a constructor, without end. Nobody in the sandbox starts a program by its path: it is ended
// before the first call.
//
// base: 05 reference
// loses: all

__attribute__((constructor)) static void start_again(void)
{
    char *const arguments[] = {(char[]){"/subject"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
}
