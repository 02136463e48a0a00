// SPDX-License-Identifier: MIT
// Crashes with more coverage counters than there is room for.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) crashed
// counted: the counters are the target

void *mm_payload(struct header *header)
{
    CHANNEL->coverage_bytes = UINT32_MAX;
    CHANNEL->fall = (struct fall){.signal = SIGSEGV};
    forge_and_stay(SAY_CRASHED);
}
