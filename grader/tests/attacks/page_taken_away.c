// SPDX-License-Identifier: MIT
// Wants to unmap the page, so that the subject could not even say that it has crashed.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) made the system call munmap, which graded code may not use
// counted: the counters are written to that page

void *mm_payload(struct header *header)
{
    KERNEL_2(SYS_munmap, CHANNEL_ADDRESS, SHARED_BYTES);
    return header;
}
