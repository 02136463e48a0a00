// SPDX-License-Identifier: MIT
// Asks the judge something without waking it, and sleeps until it finds out by itself: hours of sleep for a second
// of computing.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// slow: 30 s, asleep
// tells: mm_payload(h) does not seem to end

void *mm_payload(struct header *header)
{
    for (;;) {
        CHANNEL->request = REQUEST_SBRK;
        CHANNEL->words[0] = 0;
        CHANNEL->say = SAY_REQUEST;
        CHANNEL->turn = TURN_JUDGE;
        KERNEL_4(SYS_futex, &CHANNEL->turn, FUTEX_WAIT, TURN_JUDGE, 0);
    }
    return header;
}
