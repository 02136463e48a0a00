// SPDX-License-Identifier: MIT
/*
 * inputs.h - memory that the tests of lab 02 pass to the student's code. Each appears in the story as a declaration.
 */
#ifndef INPUTS_H
#define INPUTS_H

#include "heaplab/test.h"
#include "sizes.h"

enum { MOST_SAMPLES = 1000, RATE = 44100 };

/* The sample that arrays and recordings have at INDEX. None is 0, and none is the junk that fills fresh blocks. */
short sample(size_t index);

/* An array of COUNT samples, 1 to MOST_SAMPLES. */
short *put_samples(size_t count);

/* PADDING fills the bytes between the members. NAME is the pointer's: "&a" for a ticket that is called a. */
struct ticket *put_ticket(const struct ticket *values, unsigned char padding, const char *name);

/* A recording of COUNT samples at RATE. */
struct recording *put_recording(size_t count);

#endif
