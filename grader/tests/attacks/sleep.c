// SPDX-License-Identifier: MIT
// Sleeps for ever, which no clock of computing time notices.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) made the system call futex

void *mm_payload(struct header *header)
{
    static int nothing;
    for (;;)
        KERNEL_4(SYS_futex, &nothing, FUTEX_WAIT, 0, 0);
    return header;
}
