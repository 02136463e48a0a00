// SPDX-License-Identifier: MIT
// Starts a child that computes for ever, while the parent answers as it should.
//
// base: 04 reference
// replaces: round_up_to_pages
// loses: none

size_t round_up_to_pages(size_t bytes)
{
    if (KERNEL_2(SYS_clone, SIGCHLD, 0) == 0)
        for (;;)
            continue;
    return honest_round_up_to_pages(bytes);
}
