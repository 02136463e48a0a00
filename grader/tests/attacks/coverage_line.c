// SPDX-License-Identifier: MIT
// Does nothing right, and says that its lines are those of other files: a test, the reference, a system file.
//
// base: 05 stub
// replaces: mm_payload mm_header mm_count
// loses: all
// counted: the percentage is the target

#line 1 "grader/labs/05-header-allocator/tests.c"
void *mm_payload(struct header *header)
{
    return header;
}

#line 1 "src/my_tests.c"
struct header *mm_header(void *payload)
{
    return payload;
}

#line 4000000 "/usr/include/stdio.h"
void mm_count(struct mm_counts *counts)
{
    (void)counts;
}
