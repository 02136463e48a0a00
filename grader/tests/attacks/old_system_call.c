// SPDX-License-Identifier: MIT
// Makes a system call through the door for 32-bit programs, where calls have other numbers.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h)

void *mm_payload(struct header *header)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory"); /* 20: getpid there, writev here */
#else
    KERNEL_1(SYS_exit_group, 128 + SIGSYS); /* there is no such door, so only the way out of it */
#endif
    return honest_mm_payload(header);
}
