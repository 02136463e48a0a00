// SPDX-License-Identifier: MIT
/*
 * walker.c - the heap of lab 07 is the heap of lab 06, so it is walked, laid out and examined in the same way.
 */
#include "../06-coalescing-free-list/walker.c"
