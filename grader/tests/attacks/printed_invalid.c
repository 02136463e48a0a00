// SPDX-License-Identifier: MIT
// Prints every byte there is.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: the payload should start just after the header

#include <stdio.h>

void *mm_payload(struct header *header)
{
    for (int byte = 0; byte < 256; byte++)
        putchar(byte);
    return header;
}
