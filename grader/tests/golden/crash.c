// mm_count crashes, two functions down.
// instead of: mm_count
#include "header_alloc.h"

static void clear(struct mm_counts *counts)
{
    counts->used_blocks = 0;
}

void mm_count(struct mm_counts *counts)
{
    (void)counts;
    clear(NULL);
}
