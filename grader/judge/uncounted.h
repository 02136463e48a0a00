// SPDX-License-Identifier: MIT
/*
 * uncounted.h - where memory counts, code can keep nothing between calls in memory that is not counted (uncounted.c).
 */
#ifndef HEAPLAB_UNCOUNTED_H
#define HEAPLAB_UNCOUNTED_H

/* To be called after each call. A write above the break, or to the unused room for inputs, ends the test as misused.
 * Clears the unused part of the channel's pages. The subject clears its own memory (subject/wipe.c). ARENA is the
 * arena's descriptor. */
void uncounted_wipe(int arena);

/* All of the arena is as new: a further test begins with the same subject. */
void uncounted_clear(int arena);

#endif
