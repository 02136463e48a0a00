// SPDX-License-Identifier: MIT
// Calls exit behind symbols with spaces and line ends in their names, which a list of names may fall over.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls

extern char space __asm__(" ");
extern char line __asm__("aa\nbb");
extern void leave(int status) __asm__("exit");

void *mm_malloc(size_t size)
{
    leave(space + line);
    return (void *)size;
}
