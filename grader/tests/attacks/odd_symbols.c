// SPDX-License-Identifier: MIT
// Calls exit after symbols with spaces in their names, which may break a list of names.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls memcpy memset: it is not among

__attribute__((weak)) extern char space __asm__("\" \"");
__attribute__((weak)) extern char two_names __asm__("\"memcpy memset\"");
extern void leave(int status) __asm__("exit");

void *mm_malloc(size_t size)
{
    leave(&space == &two_names);
    return (void *)size;
}
