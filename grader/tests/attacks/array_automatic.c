// SPDX-License-Identifier: MIT
// An 8 GiB array on the stack.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: it ran out of stack

void *mm_payload(struct header *header)
{
    volatile char huge[8UL << 30];
    for (size_t i = 0; i < sizeof huge; i += 4096)
        huge[i] = 1;
    return honest_mm_payload(header) + huge[0] - 1;
}
