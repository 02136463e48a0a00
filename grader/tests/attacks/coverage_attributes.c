// SPDX-License-Identifier: MIT
// Does nothing right, and takes its functions away from the counting of coverage: attributes, a pragma, a section of the
// linker's that counters are found by.
//
// base: 05 stub
// replaces: mm_payload mm_header mm_count
// loses: all
// counted: the percentage is the target

#pragma GCC optimize("O3", "no-test-coverage")

__attribute__((no_profile_instrument_function)) void *mm_payload(struct header *header)
{
    return header;
}

__attribute__((no_profile_instrument_function, cold)) struct header *mm_header(void *payload)
{
    return payload;
}

/* Where pointers to counters are looked for lies one to nothing, and one to other memory. */
__attribute__((section("heaplab_counters"), used)) static const void *const counters[] = {NULL, counters};

void mm_count(struct mm_counts *counts)
{
    (void)counts;
}
