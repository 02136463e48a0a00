// SPDX-License-Identifier: MIT
// Gets memory of its own from the system before the filter is narrowed.
//
// base: 05 stub
// loses: all
// tells: made a system call that graded code may not use

#include <sys/mman.h>

__attribute__((constructor)) static void get_pages(void)
{
    ask_kernel(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
