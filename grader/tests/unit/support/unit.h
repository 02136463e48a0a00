// SPDX-License-Identifier: MIT
/*
 * unit.h - what the kit's unit tests share. A file of grader/tests/unit tests one module of the kit: it holds ordinary
 * Check tests and `unit_tests`, which adds them. Files called judge_*.c test the judge's side (judged.h), the others
 * the command line program's (program.h).
 */
#ifndef HEAPLAB_UNIT_H
#define HEAPLAB_UNIT_H

#include <check.h>
#include <string.h>

/* Every test file defines this one. */
void unit_tests(TCase *tcase);

/* PART stands in TEXT; the other way round: it does not. */
#define ck_assert_has(text, part)                                                                                      \
    ck_assert_msg(strstr(text, part) != NULL, "looked for '%s' in:\n%s", (const char *)(part), (const char *)(text))
#define ck_assert_lacks(text, part)                                                                                    \
    ck_assert_msg(strstr(text, part) == NULL, "'%s' should not be in:\n%s", (const char *)(part), (const char *)(text))

#endif
