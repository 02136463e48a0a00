// A file that does not compile, with a warning on the way.
// instead of: mm_free
#include "header_alloc.h"

static int never_used;

void mm_free(void *payload)
{
    payload->state = MM_FREE
}
