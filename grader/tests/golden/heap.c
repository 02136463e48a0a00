// mm_free forgets to mark the block as free: a failed test with a picture of the heap.
// instead of: mm_free
#include "header_alloc.h"

void mm_free(void *payload)
{
    (void)payload;
}
