// mm_count never returns.
// instead of: mm_count
#include "header_alloc.h"

void mm_count(struct mm_counts *counts)
{
    for (;;)
        counts->used_blocks++;
}
