// SPDX-License-Identifier: MIT
/*
 * suites.h - the parts of this lab's suite that have files of their own.
 */
#ifndef SUITES_H
#define SUITES_H

struct suite;

void add_limits(struct suite *suite);    /* limits.c: large blocks, growth, long lists, no memory, huge sizes */
void add_bad_frees(struct suite *suite); /* bad_frees.c: pointers that mm_free must report */
void add_checks(struct suite *suite);    /* checks.c: mm_check on damaged and on sound heaps */
void add_long_run(struct suite *suite);  /* long_run.c: thousands of calls against a model */

#endif
