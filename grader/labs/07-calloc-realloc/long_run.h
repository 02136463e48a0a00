// SPDX-License-Identifier: MIT
/*
 * long_run.h - the test that has a file of its own (long_run.c).
 */
#ifndef LONG_RUN_H
#define LONG_RUN_H

struct suite;

/* Adds the test of thousands of calls, some of them while there is no memory. */
void add_long_run(struct suite *suite);

#endif
