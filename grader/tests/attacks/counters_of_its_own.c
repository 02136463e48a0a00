// SPDX-License-Identifier: MIT
// Puts pointers to nowhere among the coverage counters: the subject crashes when the judge tells it to stop.
//
// base: 05 reference
// loses: none
// counted: the counters are the target

__attribute__((section("heaplab_counters"), used)) static const uintptr_t junk[] = {1, 2, 3};
