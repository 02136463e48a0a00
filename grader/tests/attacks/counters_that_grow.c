// SPDX-License-Identifier: MIT
// Leaves forged coverage counters: 1 MB that says of itself, eight bytes a time, to be 130 GB of zeros.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) crashed
// counted: the counters are the target

void *mm_payload(struct header *header)
{
    static const uint32_t start[] = {0x67636461, 0, 0, 0}, zeros[] = {0x01a10000, -(1U << 20)};
    unsigned char *page = (unsigned char *)CHANNEL;
    size_t at = COVERAGE_OFFSET;
    for (size_t i = 0; i < sizeof start; i++)
        page[at++] = ((const unsigned char *)start)[i];
    while (at + sizeof zeros <= CHANNEL_BYTES)
        for (size_t i = 0; i < sizeof zeros; i++)
            page[at++] = ((const unsigned char *)zeros)[i];
    CHANNEL->coverage_bytes = (uint32_t)(at - COVERAGE_OFFSET);
    CHANNEL->fall = (struct fall){.signal = SIGSEGV};
    forge_and_stay(SAY_CRASHED);
}
