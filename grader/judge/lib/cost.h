// SPDX-License-Identifier: MIT
/*
 * cost.h - what an allocator's calls cost on a trace: instructions and simulated cache misses (cost.c).
 *
 * Callgrind counts, with caches of fixed sizes, so the numbers are the same in every run and on every machine with the
 * same compiler. What mem_sbrk does is answered inside the subject for this run.
 *
 * A slow allocator's run ends early, but not by a clock: it stops when callgrind has counted more than the trace can
 * count for.
 */
#ifndef HEAPLAB_COST_H
#define HEAPLAB_COST_H

#include <stdint.h>

struct suite_test;

/* Runs TEST's trace in the subject, which is under callgrind, until it has cost more than FOLDER/NAME.most says (the
 * command line writes it; without it 200 million). Ends the test if the replies are not those in FOLDER/NAME.replies,
 * which the judged run has left. */
void cost_run(const struct suite_test *test, const char *folder);

/* Once the subject has ended: puts what was counted into the record. */
void cost_collect(void);

#endif
