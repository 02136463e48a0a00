// SPDX-License-Identifier: MIT
// The honest one of its kind: the table is a variable, and counts.
// lab: 08
// base: table
// holds: .cost.static_bytes >= 64000
static unsigned of_mine[ENTRIES];
static unsigned *table(void) { return of_mine; }
