// SPDX-License-Identifier: MIT
// Opens a file: the password file, but any would do.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call openat

void *mm_payload(struct header *header)
{
    KERNEL_4(SYS_openat, -100, "/etc/passwd", 0, 0);
    return honest_mm_payload(header);
}
