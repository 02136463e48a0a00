// SPDX-License-Identifier: MIT
// Overwrites all that it shares with the judge inside a call: the page, the inputs, the heap.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) disturbed the way results are returned
// counted: the counters are overwritten, too

void *mm_payload(struct header *header)
{
    for (;;) {
        fill_unseen((void *)CHANNEL_ADDRESS, 0xff, SHARED_BYTES);
        KERNEL_3(SYS_futex, &CHANNEL->turn, FUTEX_WAKE, 1);
    }
    return header;
}
