// SPDX-License-Identifier: MIT
/*
 * cost.h - what an allocator's calls cost on a trace: instructions and simulated cache misses (cost.c).
 *
 * Callgrind counts, with caches of fixed sizes, so the numbers are the same in every run and on every machine with the
 * same compiler. What mem_sbrk does is answered inside the subject for this run.
 */
#ifndef HEAPLAB_COST_H
#define HEAPLAB_COST_H

#include <stdint.h>

struct suite_test;

/* How many of a trace's operations a cost run takes: the first ones. */
uint32_t cost_operations(uint32_t operations);

/* Runs TEST's trace in the subject, which is under callgrind. Ends the test if the replies are not those in the file at
 * REPLIES_PATH, which the judged run has left. */
void cost_run(const struct suite_test *test, const char *replies_path);

/* Once the subject has ended: puts what was counted into the record. */
void cost_collect(void);

#endif
