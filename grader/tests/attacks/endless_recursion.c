// SPDX-License-Identifier: MIT
// Calls itself for ever.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: it ran out of stack
// counted: the counters are written by the signal handler

void *mm_payload(struct header *header)
{
    volatile char room[1000];
    room[0] = 0;
    return (char *)mm_payload(header) + room[0];
}
