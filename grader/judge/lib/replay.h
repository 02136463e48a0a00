// SPDX-License-Identifier: MIT
/*
 * replay.h - replays as the judge's own files see them (replay.c). Test writers read heaplab/replay.h.
 */
#ifndef HEAPLAB_JUDGE_REPLAY_H
#define HEAPLAB_JUDGE_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "heaplab/replay.h"
#include "wire/rep.h"

struct replay_numbers;
struct suite;
struct suite_test;

/* Where traces that are named, not given as a path, are: set once at the start. */
extern const char *replay_folder;

/* The result of a failed replay may not say which call was wrong. True if the replay can be made again to find that
 * out. */
bool replay_leaves_doubt(const struct replay_numbers *numbers);

/* From now on, replays make every call by itself and, if NUMBERS names a damaged block, check that block and no other
 * after each call. NULL: as usual. */
void replay_carefully(const struct replay_numbers *numbers);

/* How many ticks of the subject's clock (subject/fall.c), and seconds, a replay of N operations may take. */
uint32_t replay_ticks(uint32_t operations);
unsigned replay_seconds(uint32_t operations);

/* From now on, the heap of a replay may have no more than BYTES; mm_realloc is not called; and the heap of a replay
 * ends with the block that lies highest, since the allocator takes all its memory at once. */
void replay_heap(size_t bytes);
void replay_without_realloc(void);

/* The student's checker is asked after every operation, and must say yes. */
void replay_check_each(void);
void replay_in_segment(void);

/* Can mm_realloc be called? */
bool replay_can_resize(void);

/* Starts the books of the heap for a replay, or for a cost run. */
void replay_limit(void);

/* Replays the trace at PATH, which stories call NAME. */
void replay_path(const char *name, const char *path);

/* Reads the trace of TEST, for rep_clear; a bad one is a fault, as the command line has read it before. */
void replay_load(const struct suite_test *test, struct rep_trace *trace);

/* What an operation of the last replay led to. Of a free, HEAP may not be known yet (see can_wait in replay.c). */
#define REPLY_NONE UINT32_MAX
struct replay_reply {
    uint32_t block; /* where its block was afterwards, as an offset in the heap; REPLY_NONE if it has none */
    uint32_t heap;  /* the bytes of the heap then */
};

/* Borrowed. */
const struct replay_reply *replay_replies(uint32_t *count);

/* --- trace_tests.c --- */

/* Adds a test called NAME that replays the trace at PATH, which must last. */
void suite_add_trace_file(struct suite *suite, const char *name, const char *path);

/* The test that is about to run; does nothing for those without a trace. */
void replay_choose(const struct suite_test *test);

/* From now on, tests with a trace are cost runs (judge/lib/cost.h); FOLDER, which must last, holds what they need. */
void replay_only_cost(const char *folder);

#endif
