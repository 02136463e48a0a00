// SPDX-License-Identifier: MIT
// Asks the judge for something that does not exist.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) disturbed the way requests are made

void *mm_payload(struct header *header)
{
    CHANNEL->request = 4711;
    forge_and_stay(SAY_REQUEST);
}
