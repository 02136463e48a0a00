// SPDX-License-Identifier: MIT
/*
 * region.c - address space that is reserved at once and gets memory in steps (shim.h).
 */
#include "shim.h"

#include <sys/mman.h>

unsigned char *region_reserve(size_t bytes)
{
    void *start = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return start == MAP_FAILED ? NULL : start;
}

bool region_commit(unsigned char *start, size_t *done, size_t bytes)
{
    enum { STEP = 1 << 20 };
    if (bytes <= *done)
        return true;
    size_t end = (bytes + STEP - 1) / STEP * STEP;
    if (mprotect(start + *done, end - *done, PROT_READ | PROT_WRITE) != 0)
        return false;
    *done = end;
    return true;
}
