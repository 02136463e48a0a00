// SPDX-License-Identifier: MIT
/*
 * suites.h - the parts of this lab's suite that have files of their own.
 */
#ifndef SUITES_H
#define SUITES_H

struct suite;

void add_limits(struct suite *suite);    /* limits.c: large blocks, many blocks, no memory */
void add_bad_frees(struct suite *suite); /* bad_frees.c: pointers that mm_free must report */
void add_long_run(struct suite *suite);  /* long_run.c: thousands of calls */

#endif
