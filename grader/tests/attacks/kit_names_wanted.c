// SPDX-License-Identifier: MIT
// Uses the kit's half of the program by its names.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls say_and_wait: it is not among the functions

extern void say_and_wait(int say);

void *mm_malloc(size_t size)
{
    (void)size;
    say_and_wait(SAY_RETURN);
    return NULL;
}
