// SPDX-License-Identifier: MIT
// Tells the kernel not to end it with its parent (PR_SET_PDEATHSIG), so as to stay on the machine after the grade.
//
// base: 05 stub
// loses: all
// tells: made a system call that graded code may not use

__attribute__((constructor)) static void stay(void)
{
    KERNEL_2(SYS_prctl, 1, 0);
}
