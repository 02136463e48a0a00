// SPDX-License-Identifier: MIT
// Asks the judge for memory of malloc's, where its books would not be counted as heap, before it moves the break.
//
// base: 05 reference
// replaces: mm_malloc
// loses: some
// tells: mm_malloc(64) should return a block: there is enough memory

void *mm_malloc(size_t size)
{
    CHANNEL->request = REQUEST_MALLOC;
    CHANNEL->words[0] = size;
    forge(SAY_REQUEST, 0);
    while (CHANNEL->turn != TURN_SUBJECT)
        continue;
    return honest_mm_malloc(size);
}
