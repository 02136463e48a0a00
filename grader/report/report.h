// SPDX-License-Identifier: MIT
/*
 * report.h - what the formats share. Each turns the result document (grader/README.md) into text, and looks at
 * nothing else.
 */
#ifndef HEAPLAB_REPORT_H
#define HEAPLAB_REPORT_H

#include "heaplab.h"

char *report_terminal(const json_t *document);
char *report_json(const json_t *document);
char *report_junit(const json_t *document);
char *report_tap(const json_t *document);

/* One line a format: its name, and the function that makes it. */
#define REPORTS(X)                                                                                                     \
    X("terminal", report_terminal)                                                                                     \
    X("json", report_json)                                                                                             \
    X("junit", report_junit)                                                                                           \
    X("tap", report_tap)

/* report.c: reading the document. A missing text is "", a missing number 0. */
const char *text_at(const json_t *object, const char *key);
json_int_t number_at(const json_t *object, const char *key);
bool test_passed(const json_t *test);
bool test_is_shown(const json_t *test);

/* picture.c: the heap as one line of text, at most WIDTH columns; empty if there is nothing to draw. PICTURE is a
 * "before" or "after" of a test's heap. */
char *picture_line(const json_t *picture, int width, bool unicode);

#endif
