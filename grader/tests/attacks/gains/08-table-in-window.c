// SPDX-License-Identifier: MIT
// The table lies on the channel's pages, where counters and copies pass.
// lab: 08
// base: table
// holds: [.cost.traces[]? | select(.valid)] == []
static unsigned *table(void) { return (unsigned *)(uintptr_t)(0x5ff00000u + 65536 * 4); }
