// SPDX-License-Identifier: MIT
// Reports a crash that never was, with a signal that does not exist and more frames than there is room for.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) crashed: a signal ended it

void *mm_payload(struct header *header)
{
    CHANNEL->fall = (struct fall){.signal = -77, .code = -1, .address = UINT64_MAX, .depth = UINT32_MAX};
    for (int i = 0; i < MOST_FRAMES; i++)
        CHANNEL->fall.frames[i] = UINT64_MAX - (unsigned)i;
    forge_and_stay(SAY_CRASHED);
}
