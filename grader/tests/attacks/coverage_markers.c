// SPDX-License-Identifier: MIT
// Tells the tools that count coverage to leave out what no test reaches.
//
// base: 05 reference
// replaces: mm_payload
// loses: none
// counted: the percentage is the target
// unreached: abort(); // LCOV_EXCL_LINE GCOVR_EXCL_LINE GCOV_EXCL_LINE

#include <stdlib.h>

// LCOV_EXCL_START
// GCOVR_EXCL_START
// GCOV_EXCL_START
void *mm_payload(struct header *header)
{
    if ((uintptr_t)header == 1)
        abort(); // LCOV_EXCL_LINE GCOVR_EXCL_LINE GCOV_EXCL_LINE
    return honest_mm_payload(header);
}
// GCOV_EXCL_STOP
// GCOVR_EXCL_STOP
// LCOV_EXCL_STOP
