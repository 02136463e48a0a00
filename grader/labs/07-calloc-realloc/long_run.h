// SPDX-License-Identifier: MIT
/*
 * long_run.h - the part of this lab's suite that has a file of its own.
 */
#ifndef LONG_RUN_H
#define LONG_RUN_H

struct suite;

/* Thousands of calls, with and without memory to be had. */
void add_long_run(struct suite *suite);

#endif
