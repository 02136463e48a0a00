// SPDX-License-Identifier: MIT
/*
 * cost.h - what an allocator's calls cost on a trace: instructions and simulated cache misses (cost.c).
 *
 * Callgrind counts, with caches of fixed sizes, so the numbers are the same in every run and on every machine with the
 * same compiler. It counts whatever the process does; nothing in it can turn that off.
 *
 * A slow allocator's run ends early. A clock decides when to look, and never what is found: a run that was ended
 * without having cost the most that its trace can count for is made again, with more patience.
 */
#ifndef HEAPLAB_COST_H
#define HEAPLAB_COST_H

#include <stdint.h>

struct suite_test;

/* Runs TEST's trace in the subject, which is under callgrind. FOLDER/NAME.most says how much it can count for (the
 * command line writes it; without it 200 million). Ends the test if the replies are not those in FOLDER/NAME.replies,
 * which the judged run has left. */
void cost_run(const struct suite_test *test, const char *folder);

/* The next cost run may take FACTOR times as long as usual before it is looked at. */
void cost_patience(unsigned factor);

/* Once the subject has ended: puts what was counted into the record. */
void cost_collect(void);

#endif
