// SPDX-License-Identifier: MIT
/*
 * heaplab/replay.h - traces of real programs as tests of an allocator.
 *
 * A trace (wire/rep.h) is replayed call by call. After every call the judge checks that the block returned is aligned,
 * lies entirely in the heap, and overlaps no block in use; that mm_realloc kept the bytes; and that all blocks in use
 * still hold what was written to them. On very long traces this last check covers the neighbours and a part of the
 * blocks in turn after each call, a block when it is freed, and all blocks at the end; and each mm_free is made
 * together with the call that follows it. If such a replay fails, a second one finds out which call it was.
 *
 * The lab's functions are mm_malloc and mm_free; mm_init and mm_realloc where the lab has them. Without mm_realloc, a
 * reallocation in the trace becomes an mm_malloc, a copy and an mm_free.
 */
#ifndef HEAPLAB_REPLAY_H
#define HEAPLAB_REPLAY_H

#include <stddef.h>

struct suite;

/* Adds a test called trace_NAME that replays grader/traces/NAME.rep. */
void suite_add_trace(struct suite *suite, const char *name);

/* Sets the alignment of payloads that replays require from now on. The default is 16. A power of two from 8 up. */
void replay_alignment(size_t alignment);

/* Replays grader/traces/NAME.rep in the subject as it is, from mm_init on. Ends the test if a call is wrong. */
void replay_trace(const char *name);

#endif
