// SPDX-License-Identifier: MIT
/*
 * report.h - what the formats share. Each turns the result document (grader/README.md) into text, and looks at
 * nothing else.
 */
#ifndef HEAPLAB_REPORT_H
#define HEAPLAB_REPORT_H

#include "heaplab.h"

/* Who reads a format, and so how much of the tests that are not visible is in it (audience.c). */
enum audience {
    STAFF,                  /* all */
    STUDENTS,               /* how they ended */
    STUDENTS_AFTER_DUE_DATE /* the other system itself keeps what waits for the due date */
};

/* One line a format: its name, the function that makes it, who reads it, the ending of its files. */
#define REPORTS(X)                                                                                                     \
    X("terminal", report_terminal, STUDENTS, "txt")                                                                    \
    X("summary", report_summary, STUDENTS, "txt")                                                                      \
    X("json", report_json, STAFF, "json")                                                                              \
    X("gradescope", report_gradescope, STUDENTS_AFTER_DUE_DATE, "json")                                                \
    X("autolab", report_autolab, STUDENTS, "txt")                                                                      \
    X("prairielearn", report_prairielearn, STUDENTS, "json")                                                           \
    X("github-classroom", report_github_classroom, STUDENTS, "txt")                                                    \
    X("junit", report_junit, STUDENTS, "xml")                                                                          \
    X("tap", report_tap, STUDENTS, "tap")                                                                              \
    X("vpl", report_vpl, STUDENTS, "txt")                                                                              \
    X("html", report_html, STUDENTS, "html")

/* Formats of a whole class: made from an array of documents. */
#define CLASS_REPORTS(X)                                                                                               \
    X("csv", class_csv, STAFF, "csv")                                                                                  \
    X("canvas", class_canvas, STAFF, "csv")                                                                            \
    X("moodle", class_moodle, STUDENTS, "csv")

#define DECLARE(format, make, audience, ending) char *make(const json_t *results);
REPORTS(DECLARE)
CLASS_REPORTS(DECLARE)
#undef DECLARE

/* report.c: reading the document. A missing text is "", a missing number 0. */
const char *text_at(const json_t *object, const char *key);
json_int_t number_at(const json_t *object, const char *key);
bool test_passed(const json_t *test);
bool test_is_shown(const json_t *test);

/* VALUE (taken over) as JSON text; dies if it can't be written. */
char *report_dump(json_t *value, size_t flags);

/* The same, indented and with a line end. */
char *report_dump_lines(json_t *value);

/* audience.c: a copy of DOCUMENT with what AUDIENCE may read of it. */
json_t *document_for(const json_t *document, enum audience audience);

/* items.c: all that earns points, in order: an array of {name, title, status, points, max_points, visibility, text,
 * test}; "text" is what there is to say, "test" the test itself, if it is one. "status" is a test's, or "partial". */
json_t *document_items(const json_t *document);

/* The scores of the labs, and what there is to say beside the tests, as lines. */
char *document_text(const json_t *document);

/* sentences.c: each "" where there is nothing to say. */
char *coverage_sentence(const json_t *lab);
char *own_tests_facts(const json_t *own);
char *own_tests_sentence(const json_t *lab);
char *contest_sentence(const json_t *lab);
char *contest_advice(const json_t *lab);     /* which traces lose points, and how to look at one */
char *uncounted_sentence(const json_t *lab); /* why a trace that was replayed rightly has no cost */
char *cost_sentence(const json_t *cost);
const char *hidden_sentence(const char *status);
char *test_text(const json_t *test);
char *lab_text(const json_t *lab);

/* terminal.c: the result on one screen: what changed (NEWS), and failing test number WHICH as a story. */
char *terminal_screen(const json_t *lab, const char *news, guint which);

/* How many tests ran and did not pass. */
guint terminal_failing(const json_t *lab);

/* SCORE of MOST as a bar in brackets. */
void terminal_bar(GString *out, json_int_t score, json_int_t most);

/* picture.c: the heap as text, at most PICTURE_LINES lines of WIDTH columns, the last without a line end; empty if
 * there is nothing to draw. PICTURE is a "before" or "after" of a test's heap. */
enum { PICTURE_LINES = 2 };
char *picture_lines(const json_t *picture, int width, bool unicode);

/* What the marks in the lines of a test's HEAP mean; empty if there are only boxes. */
char *picture_legend(json_t *heap, bool unicode);

/* How many of CELLS from FIRST up to END, END not included, are blocks: the others are gaps between them. */
json_int_t picture_blocks(const json_t *cells, size_t first, size_t end);

/* terminal.c: "make", or "make -C labs/LAB" where the program was not started in that lab's folder. */
char *make_command(const char *lab);

#endif
