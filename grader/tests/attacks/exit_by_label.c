// SPDX-License-Identifier: MIT
// exit(0) under an innocent name: only the assembler sees the real one.
//
// base: 05 stub
// replaces: mm_malloc
// loses: all
// tells: your code calls exit

void make_room(int status) __asm__("exit");

void *mm_malloc(size_t size)
{
    (void)size;
    make_room(0);
    return NULL;
}
