// SPDX-License-Identifier: MIT
/* memlib.h - the simulated system. Written for the tests of heaplab import. */
#include <unistd.h>

void mem_init(void);
void *mem_sbrk(int incr);
void *mem_heap_lo(void);
void *mem_heap_hi(void);
size_t mem_heapsize(void);
