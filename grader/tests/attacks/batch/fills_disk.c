// An object of a gigabyte.
// as: header_alloc.c
// points: 0
// tells: the compiler needed more time, memory or file space than it may have
__asm__(".data\n.fill 0x8000000, 8, 1\n.text\n");
