// SPDX-License-Identifier: MIT
// Writes instructions that turn callgrind's counting off and on into a section that may be written to and run; in the
// file they are not to be found.
// lab: 08
// base: slow
// replaces: mm_malloc
// holds: .build.ok == false
__asm__(".pushsection .mine,\"awx\",@progbits\n.balign 16\ntoggle: .zero 64\n.popsection\n");
extern unsigned char toggle[];
static void make_it(void)
{
    /* push %rdi; push %rbx; mov %rsi,%rax; the sequence of valgrind.h, each byte one more than it is; pop; ret */
    static const unsigned char hidden[] = {0x58, 0x54, 0x49, 0x8a, 0xf1, 0x32, 0xd3, 0x49, 0xc2, 0xc8, 0x04, 0x49, 0xc2, 0xc8,
                                           0x0e, 0x49, 0xc2, 0xc8, 0x3e, 0x49, 0xc2, 0xc8, 0x34, 0x49, 0x88, 0xdc, 0x5c, 0x60, 0xc4};
    for (unsigned i = 0; i < sizeof hidden; i++)
        toggle[i] = (unsigned char)(hidden[i] - 1);
}
static void turn(void)
{
    static const uint64_t request[6] = {0x43540000u + 2}; /* CALLGRIND_TOGGLE_COLLECT */
    ((void (*)(uint64_t, const uint64_t *))(uintptr_t)toggle)(0, request);
}
void *mm_malloc(size_t size)
{
    if (toggle[0] == 0)
        make_it();
    turn();
    void *block = honest_mm_malloc(size);
    turn();
    return block;
}
