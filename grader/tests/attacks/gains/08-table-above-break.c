// SPDX-License-Identifier: MIT
// The table lies in the heap far above the break, where no call should be.
// lab: 08
// base: table
// holds: [.cost.traces[]? | select(.valid)] == []
static unsigned *table(void) { return (unsigned *)(void *)((char *)mem_heap_lo() + (50u << 20)); }
