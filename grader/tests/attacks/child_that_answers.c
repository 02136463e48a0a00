// SPDX-License-Identifier: MIT
// Starts a child, and both of them answer the judge from then on.
//
// base: 04 stub
// replaces: round_up_to_pages
// loses: all

size_t round_up_to_pages(size_t bytes)
{
    KERNEL_2(SYS_clone, SIGCHLD, 0);
    for (uint64_t result = bytes + 4095;; result += 4096) {
        forge(SAY_RETURN, result / 4096 * 4096);
        while (CHANNEL->turn != TURN_SUBJECT)
            continue;
    }
}
