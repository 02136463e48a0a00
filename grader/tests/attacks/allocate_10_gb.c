// SPDX-License-Identifier: MIT
// Asks for 10 GB: of mem_sbrk, of the kernel. Both refuse, and life goes on.
//
// base: 05 reference
// replaces: mm_payload
// loses: none

void *mm_payload(struct header *header)
{
    enum { PRIVATE_AND_ANONYMOUS = 0x22 };
    const long bytes = 10L << 30;
    bool got_heap = mem_sbrk(bytes) != MEM_SBRK_FAILED;
    long got = ask_kernel(SYS_mmap, 0, bytes, PROT_READ | PROT_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0);
    return got_heap || got > 0 ? NULL : honest_mm_payload(header);
}
