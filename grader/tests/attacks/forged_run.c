// SPDX-License-Identifier: MIT
// Tells the judge that all threads have made their steps, when they have not.
//
// base: 10 stub
// replaces: one_malloc
// loses: all

void *one_malloc(size_t size)
{
    forge(SAY_RETURN, 0);
    dawdle();
    return (void *)size;
}
