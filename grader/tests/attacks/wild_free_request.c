// SPDX-License-Identifier: MIT
// Makes the judge free a pointer of no block.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: your code called free on a pointer that did not come from malloc

void *mm_payload(struct header *header)
{
    CHANNEL->request = REQUEST_FREE;
    CHANNEL->words[0] = UINT64_MAX;
    forge_and_stay(SAY_REQUEST);
}
