// SPDX-License-Identifier: MIT
// Kills its parent.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call getppid

void *mm_payload(struct header *header)
{
    KERNEL_2(SYS_kill, KERNEL_1(SYS_getppid, 0), SIGKILL);
    return honest_mm_payload(header);
}
