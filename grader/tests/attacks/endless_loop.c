// SPDX-License-Identifier: MIT
// Computes for ever.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) does not seem to end
// counted: the counters are written by the signal handler

void *mm_payload(struct header *header)
{
    for (volatile int i = 0;; i++)
        (void)header;
}
