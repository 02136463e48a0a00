// SPDX-License-Identifier: MIT
/*
 * unit.h - what the kit's unit tests share. A file in grader/tests/unit tests one module of the kit: it has ordinary
 * Check tests and `unit_tests`, which adds them. Files called judge_*.c test modules of the judge (judged.h), the
 * others modules of the command line program (program.h).
 */
#ifndef HEAPLAB_UNIT_H
#define HEAPLAB_UNIT_H

#include <check.h>
#include <string.h>

/* Every test file defines this one. */
void unit_tests(TCase *tcase);

/* TEXT contains PART; the second macro: it does not. */
#define ck_assert_has(text, part)                                                                                      \
    ck_assert_msg(strstr(text, part) != NULL, "looked for '%s' in:\n%s", (const char *)(part), (const char *)(text))
#define ck_assert_lacks(text, part)                                                                                    \
    ck_assert_msg(strstr(text, part) == NULL, "'%s' should not be in:\n%s", (const char *)(part), (const char *)(text))

#endif
