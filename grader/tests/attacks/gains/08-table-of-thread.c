// SPDX-License-Identifier: MIT
// The table is a variable of the thread, in a segment of its own.
// lab: 08
// base: table
// holds: .cost.static_bytes >= 64000
static _Thread_local unsigned of_mine[ENTRIES];
static unsigned *table(void) { return of_mine; }
