// SPDX-License-Identifier: MIT
// Where code is not optimised, the table is a variable; where it is, it lies above the break. What was judged was the former,
// what was counted the latter.
// lab: 08
// base: table
// holds: (.cost.static_bytes >= 64000) or [.cost.traces[]? | select(.valid)] == []
#ifdef __OPTIMIZE__
static unsigned *table(void) { return (unsigned *)(void *)((char *)mem_heap_lo() + (50u << 20)); }
#else
static unsigned of_mine[ENTRIES];
static unsigned *table(void) { return of_mine; }
#endif
