// SPDX-License-Identifier: MIT
// Prints for ever.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) does not seem to end

#include <stdio.h>

void *mm_payload(struct header *header)
{
    for (;;)
        puts("All tests passed.");
    return header;
}
