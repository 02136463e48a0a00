// SPDX-License-Identifier: MIT
// Opens a socket, to send the tests to a friend.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call socket

void *mm_payload(struct header *header)
{
    enum { INTERNET = 2, STREAM = 1 };
    KERNEL_3(SYS_socket, INTERNET, STREAM, 0);
    return honest_mm_payload(header);
}
