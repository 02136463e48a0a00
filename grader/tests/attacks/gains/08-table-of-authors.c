// SPDX-License-Identifier: MIT
// The table lies in the map of authors, which only watched subjects need (wire/watched.h).
// lab: 08
// base: table
// holds: [.cost.traces[]? | select(.valid)] == []
static unsigned *table(void) { return (unsigned *)(uintptr_t)0x5be00000u; }
