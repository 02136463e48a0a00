// SPDX-License-Identifier: MIT
// Unmaps the page, so that the subject cannot even say that it has crashed.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header
// tells: mm_payload(h) ended the whole program instead of returning
// counted: the counters are written to that page

void *mm_payload(struct header *header)
{
    KERNEL_2(SYS_munmap, CHANNEL_ADDRESS, SHARED_BYTES);
    return header;
}
