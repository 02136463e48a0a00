// SPDX-License-Identifier: MIT
// The table lies in a section with a name of its own.
// lab: 08
// base: table
// holds: .cost.static_bytes >= 64000
__attribute__((section("notes"))) static unsigned of_mine[ENTRIES] = {1};
static unsigned *table(void) { return of_mine; }
