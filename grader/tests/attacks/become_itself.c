// SPDX-License-Identifier: MIT
// Wants to start itself anew in a constructor, without end. There is no file of that name in the sandbox: nothing
// happens.
//
// base: 05 reference
// loses: none

__attribute__((constructor)) static void start_again(void)
{
    char *const arguments[] = {(char[]){"/subject"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
}
