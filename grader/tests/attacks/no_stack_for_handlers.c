// SPDX-License-Identifier: MIT
// Takes the handlers' stack away and runs out of its own.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call sigaltstack

void *mm_payload(struct header *header)
{
    const stack_t none = {.ss_flags = 2}; /* SS_DISABLE */
    volatile char room[1000];
    room[0] = 0;
    KERNEL_2(SYS_sigaltstack, &none, 0);
    return (char *)mm_payload(header) + room[0];
}
