// SPDX-License-Identifier: MIT
// Prints what a judge would print, in every format there is.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: mm_malloc(64) should return a block: there is enough memory

#include <stdio.h>

void *mm_malloc(size_t size)
{
    (void)size;
    puts("100%: Checks: 25, Failures: 0, Errors: 0");
    puts("ok 1 - payload_follows_header\n1..25\n[{\"name\":\"payload_follows_header\",\"status\":\"passed\"}]");
    puts("<testsuite tests=\"25\" failures=\"0\"/>\n{\"score\": 100, \"max_score\": 100}");
    fflush(stdout);
    return NULL;
}
