// SPDX-License-Identifier: MIT
/*
 * heaplab/replay.h - traces of real programs as tests of an allocator.
 *
 * A trace (wire/rep.h) is replayed call by call. After every call the judge looks whether what it returned is
 * aligned, lies in the heap with all its bytes, and shares none with a block in use; whether mm_realloc kept the bytes;
 * and whether all blocks in use still hold what was written to them. On very long traces that last look goes, after
 * each call, to the neighbours and to a part of the blocks in turn, to a block when it is given back, and to all at the
 * end; and mm_free is made together with the call that follows it. If such a replay fails, a second one finds out which
 * call it was.
 *
 * The lab's functions are mm_malloc and mm_free; mm_init and mm_realloc where the lab has them. Without mm_realloc the
 * trace's reallocations are a mm_malloc, a copy and a mm_free.
 */
#ifndef HEAPLAB_REPLAY_H
#define HEAPLAB_REPLAY_H

#include <stddef.h>

struct suite;

/* Adds a test called trace_NAME that replays grader/traces/NAME.rep. */
void suite_add_trace(struct suite *suite, const char *name);

/* What payloads must be aligned to in replays from now on: 16 unless told otherwise. A power of two from 8 up. */
void replay_alignment(size_t alignment);

/* Replays grader/traces/NAME.rep in the subject as it is, from mm_init on. Ends the test if a call is wrong. */
void replay_trace(const char *name);

#endif
