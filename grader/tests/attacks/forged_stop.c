// SPDX-License-Identifier: MIT
// Tells the judge that the subject has stopped as it was asked to, though nobody asked.
//
// base: 05 stub
// replaces: mm_malloc mm_payload
// loses: all
// tells: mm_payload(h) disturbed the way results are returned

void *mm_malloc(size_t size)
{
    forge_and_stay(SAY_STOPPED);
}

void *mm_payload(struct header *header)
{
    forge_and_stay(SAY_STOPPED);
}
