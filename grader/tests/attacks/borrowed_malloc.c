// SPDX-License-Identifier: MIT
// Asks the judge for blocks of malloc, which this lab's code is to write itself, with a request of its own making.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: mm_malloc(64) should return the start of a payload

void *mm_malloc(size_t size)
{
    CHANNEL->request = REQUEST_MALLOC;
    CHANNEL->words[0] = size;
    forge(SAY_REQUEST, 0);
    while (CHANNEL->turn != TURN_SUBJECT)
        continue;
    return (void *)(uintptr_t)CHANNEL->answer;
}
