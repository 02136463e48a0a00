// SPDX-License-Identifier: MIT
// Prints two gigabytes. What is past the limit is lost, and that is all.
//
// base: 05 reference
// replaces: mm_payload
// loses: none

#include <stdio.h>

void *mm_payload(struct header *header)
{
    static char megabyte[1 << 20];
    for (int i = 0; i < 2048; i++)
        fwrite(megabyte, 1, sizeof megabyte, stdout);
    return honest_mm_payload(header);
}
