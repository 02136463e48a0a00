// SPDX-License-Identifier: MIT
// Keeps the judge busy for ever: asks for the size of the heap again and again.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) does not seem to end

void *mm_payload(struct header *header)
{
    while (mem_heapsize() < SIZE_MAX)
        continue;
    return honest_mm_payload(header);
}
