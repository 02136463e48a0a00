// SPDX-License-Identifier: MIT
// Makes a system call through the door for 32-bit programs, where calls have other numbers.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header
// tells: made a system call that graded code may not use

void *mm_payload(struct header *header)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory"); /* 20: getpid there, writev here */
#else
    KERNEL_2(SYS_kill, 0, SIGSYS);
#endif
    return honest_mm_payload(header);
}
