// SPDX-License-Identifier: MIT
// Gets memory of its own from the system, where the judge keeps no books of it.
//
// base: 05 reference
// replaces: mm_malloc
// loses: some
// tells: mm_malloc(64) made the system call mmap, which graded code may not use

#include <sys/mman.h>

void *mm_malloc(size_t size)
{
    ask_kernel(SYS_mmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return honest_mm_malloc(size);
}
