// SPDX-License-Identifier: MIT
// Asks for 10 GB: of mem_sbrk, which refuses, and of the kernel, which it may not ask.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) made the system call mmap, which graded code may not use

void *mm_payload(struct header *header)
{
    enum { PRIVATE_AND_ANONYMOUS = 0x22 };
    const long bytes = 10L << 30;
    bool got_heap = mem_sbrk(bytes) != MEM_SBRK_FAILED;
    long got = ask_kernel(SYS_mmap, 0, bytes, PROT_READ | PROT_WRITE, PRIVATE_AND_ANONYMOUS, -1, 0);
    return got_heap || got > 0 ? NULL : honest_mm_payload(header);
}
