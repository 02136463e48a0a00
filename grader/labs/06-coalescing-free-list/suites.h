// SPDX-License-Identifier: MIT
/*
 * suites.h - the parts of this lab's suite that have files of their own.
 */
#ifndef SUITES_H
#define SUITES_H

struct suite;

void add_checks(struct suite *suite);   /* checks.c: mm_check on damaged and on sound heaps */
void add_long_run(struct suite *suite); /* long_run.c: thousands of calls against a model */

#endif
