// SPDX-License-Identifier: MIT
/*
 * layout.c - the heap of lab 07 is that of lab 06, and is walked, laid out and looked at in the same way.
 */
#include "../06-coalescing-free-list/layout.c"
