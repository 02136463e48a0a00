// SPDX-License-Identifier: MIT
/*
 * ending.h - what is kept of a test that has failed, besides the verdict (ending.c).
 */
#ifndef HEAPLAB_JUDGE_ENDING_H
#define HEAPLAB_JUDGE_ENDING_H

/* For record_ends_with: adds to the record, whose verdict is written, the rest of the story, the heap as it is, and
 * what the subject leaves; the subject has ended when this returns. */
void conclude_test(void);

#endif
