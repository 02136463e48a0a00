// SPDX-License-Identifier: MIT
// Becomes /bin/true, which ends with status 0.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: mm_payload(h) made the system call execve, which graded code may not use

void *mm_payload(struct header *header)
{
    char *const arguments[] = {(char[]){"/bin/true"}, NULL};
    KERNEL_3(SYS_execve, arguments[0], arguments, NULL);
    return honest_mm_payload(header);
}
