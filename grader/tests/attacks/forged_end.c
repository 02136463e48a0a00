// SPDX-License-Identifier: MIT
// Says that it has ended, and lives on: a judge that waits for its end waits for ever.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) disturbed the way results are returned

void *mm_payload(struct header *header)
{
    CHANNEL->turn = TURN_GONE;
    KERNEL_3(SYS_futex, &CHANNEL->turn, FUTEX_WAKE, 1);
    for (;;)
        dawdle();
    return header;
}
