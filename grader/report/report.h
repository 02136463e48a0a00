// SPDX-License-Identifier: MIT
/*
 * report.h - from a result document (grader/README.md) to text: one file a format. A format looks at the document, and
 * at nothing else. A new one is one file and one line in the table below.
 */
#ifndef HEAPLAB_REPORT_H
#define HEAPLAB_REPORT_H

#include "kit/kit.h"

/* --- report.c: the formats by name --- */

/* DOCUMENT in the format called NAME, for stdout or a file; dies on an unknown name. A format of a class is made for a
 * class of one. */
char *report(const char *name, const json_t *document);

/* An array of DOCUMENTS in a format of a class. */
char *report_class(const char *name, const json_t *documents);

/* Is the format called NAME one of a class? Dies on an unknown name, as the next one does. */
bool report_is_of_class(const char *name);

/* How names of files in the format called NAME end: "json". */
const char *report_ending(const char *name);

/* The names of all formats, separated by ", ". */
const char *report_names(void);

/* What the report of LAB's early result lacks: coverage, the own tests, and the score with them. */
char *terminal_rest(const json_t *lab);

/* summary.c: several labs on one screen, piece by piece: LAB's line, and the end. */
char *summary_line(const json_t *lab);
char *summary_end(const json_t *document);

/* --- what the formats share --- */

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

/* --- html/: the feedback page --- */

/* The template NAME of html/parts, or with a slash in NAME the one below grader/, filled from VIEW. Dies if it can't be
 * read or is not well formed. */
char *template_fill(const char *name, const json_t *view);

/* html/student.c */

/* STATUS of a test as a word for people. Static text. */
const char *status_in_words(const char *status);

/* The feedback page of DOCUMENT, as its student may see it. HOME: the address of the class page, or NULL. */
char *student_page(const json_t *document, const char *home);

/* --- results.c: results that were written before --- */

/* The result documents that PATH holds: one file, a folder of .json files, or a batch folder (its results/). An array
 * in the order of the files' names; each document gets an "id", the file's name without its ending, and has a
 * "student". Dies if there is none, or one that can't be read as a result. */
json_t *results_read(const char *path);

/* The same; each document is shown to VISIT as soon as it is read, and what that returns takes its place. */
typedef json_t *(*results_visit)(json_t *document, gpointer data);
json_t *results_read_each(const char *path, results_visit visit, gpointer data);

#endif
