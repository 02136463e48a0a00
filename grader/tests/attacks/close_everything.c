// SPDX-License-Identifier: MIT
// Closes every descriptor. The subject needs none any more.
//
// base: 05 reference
// replaces: mm_payload
// loses: none

void *mm_payload(struct header *header)
{
    for (int descriptor = 0; descriptor < 1024; descriptor++)
        KERNEL_1(SYS_close, descriptor);
    return honest_mm_payload(header);
}
