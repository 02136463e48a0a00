// SPDX-License-Identifier: MIT
/*
 * report.h - turns a result document (grader/README.md) into text. Each format has a file of its own and reads nothing
 * but the document. To add a format, add a file and a line in the table below.
 */
#ifndef HEAPLAB_REPORT_H
#define HEAPLAB_REPORT_H

#include "kit/kit.h"

/* --- report.c: the formats by name --- */

/* Returns DOCUMENT in the format called NAME, for stdout or a file. Dies on an unknown name. A class format treats
 * DOCUMENT as a class of one. */
char *report(const char *name, const json_t *document);

/* Returns DOCUMENTS, an array, in the class format called NAME. */
char *report_class(const char *name, const json_t *documents);

/* Is the format called NAME a class format? Dies on an unknown name, as report_ending does. */
bool report_is_of_class(const char *name);

/* The file name extension of the format called NAME, such as "json". */
const char *report_ending(const char *name);

/* The names of all formats, separated by ", ". */
const char *report_names(void);

/* The part that the report of LAB's early result leaves out: coverage, own tests, and the score with them. */
char *terminal_rest(const json_t *lab);

/* summary.c: the pieces of a summary of several labs: LAB's line, and the closing lines. */
char *summary_line(const json_t *lab);
char *summary_end(const json_t *document);

/* --- what the formats share --- */

/* Who reads a format. This decides how much it shows of tests that are not visible (audience.c). */
enum audience {
    STAFF,                  /* everything */
    STUDENTS,               /* only how they ended */
    STUDENTS_AFTER_DUE_DATE /* the same, but the other system itself withholds after_due_date tests */
};

/* compiler_words.c: LINE, an error or a warning of the compiler's, in words for a beginner; NULL if it is not among the
 * common ones. Without a full stop. */
const char *compiler_sentence(const char *line);

/* One line per format: its name, the function that makes it, its audience, its file name extension. */
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

/* Class formats, which are made from an array of documents. */
#define CLASS_REPORTS(X)                                                                                               \
    X("csv", class_csv, STAFF, "csv")                                                                                  \
    X("canvas", class_canvas, STAFF, "csv")                                                                            \
    X("moodle", class_moodle, STUDENTS, "csv")                                                                         \
    X("nbgrader", class_nbgrader, STAFF, "csv")

#define DECLARE(format, make, audience, ending) char *make(const json_t *results);
REPORTS(DECLARE)
CLASS_REPORTS(DECLARE)
#undef DECLARE

/* csv.c: Moodle's grading worksheet in the file PATH with the marks of DOCUMENTS filled in: its columns keep the site's
 * language, marks are scaled to its maximum, and feedback that staff wrote there stays. Dies if it is none. */
char *moodle_fill(const char *path, const json_t *documents);

/* --- limits.c: JSON as text, and texts that other systems take only up to some length --- */

/* Takes ownership of VALUE and returns it as JSON text. Dies if it cannot be written. */
char *report_dump(json_t *value, size_t flags);

/* The same, indented and ending with a newline. */
char *report_dump_lines(json_t *value);

/* At most MOST bytes of TEXT; says so if that is not all. */
char *report_cut(const char *text, size_t most);

/* What MAKE makes of DOCUMENT with texts cut to MOST bytes each: the largest MOST that keeps the whole within LIMIT
 * bytes, out of FIRST, FIRST / STEP, and so on. */
typedef char *report_maker(const json_t *document, size_t most);
char *report_within(size_t limit, report_maker *make, const json_t *document, size_t first, size_t step);

/* audience.c: a copy of DOCUMENT reduced to what AUDIENCE may read. */
json_t *document_for(const json_t *document, enum audience audience);

/* items.c: everything that earns points, in order, as an array of {name, title, status, points, max_points, visibility,
 * text, test}. "text" is the feedback; "test" is the test itself, if the item is one; "status" is a test's status, or
 * "partial". */
json_t *document_items(const json_t *document);

/* The labs' scores and the feedback that belongs to no test, as lines. */
char *document_text(const json_t *document);

/* sentences.c: each returns "" if it has nothing to report. */
char *coverage_sentence(const json_t *lab);
char *own_tests_facts(const json_t *own);
char *own_tests_sentence(const json_t *lab);
char *contest_sentence(const json_t *lab);
char *contest_advice(const json_t *lab);     /* which traces lose points, and how to look at one */
char *uncounted_sentence(const json_t *lab); /* why a correctly replayed trace has no cost */
char *cost_sentence(const json_t *cost);
const char *hidden_sentence(const char *status);
char *test_text(const json_t *test);
char *lab_text(const json_t *lab);

/* scoreboard.c: the result on one screen: what changed (NEWS), and failing test number WHICH as a story. */
char *terminal_screen(const json_t *lab, const char *news, guint which);

/* How many tests ran and did not pass. */
guint terminal_failing(const json_t *lab);

/* SCORE of MOST as a bar in brackets. */
void terminal_bar(GString *out, json_int_t score, json_int_t most);

/* heap_line.c: the heap as text, at most PICTURE_LINES lines of WIDTH columns, the last one without a newline. Empty if
 * there is nothing to draw. PICTURE is the "before" or "after" of a test's heap. */
enum { PICTURE_LINES = 2 };
char *picture_lines(const json_t *picture, int width, bool unicode);

/* Explains the marks in the drawing of a test's HEAP; empty if there are only boxes. */
char *picture_legend(json_t *heap, bool unicode);

/* How many of CELLS from FIRST up to, but not including, END are blocks; the others are gaps between them. */
json_int_t picture_blocks(const json_t *cells, size_t first, size_t end);

/* scoreboard.c: "make", or "make -C labs/LAB" if the program was not started in that lab's folder. */
char *make_command(const char *lab);

/* --- html/: the feedback page --- */

/* Fills a template from VIEW. NAME is a file in html/parts or, if it contains a slash, a path below grader/. Dies if
 * the template cannot be read or is malformed. */
char *template_fill(const char *name, const json_t *view);

/* html/student.c */

/* The STATUS of a test in words for people. Static text. */
const char *status_in_words(const char *status);

/* The feedback page of DOCUMENT, as its student may see it. It links to no other page, as it may be handed out alone.
 * Files that lab_add_sources has added are shown line by line. */
char *student_page(const json_t *document);

/* html/source.c: adds the files in FOLDER, those that LAB's result is of, to it as "sources" for student_page. They are
 * no part of result.json. */
void lab_add_sources(json_t *lab, const char *folder);

/* --- results.c: stored results --- */

/* DIR/results/ID.json, where the batch folder DIR has the result of the submission ID. */
char *result_path(const char *dir, const char *id);

/* Is there one? */
bool result_exists(const char *dir, const char *id);

/* Reads the result documents at PATH: a file, a folder of .json files, or a batch folder (its results/). Returns an
 * array sorted by file name. Each document gets an "id", its file name without the extension, and has a "student". Dies
 * if PATH holds no result, or a file that cannot be read as one. */
json_t *results_read(const char *path);

/* The same, but passes each document to VISIT as soon as it is read and keeps what VISIT returns in its place. */
typedef json_t *(*results_visit)(json_t *document, gpointer data);
json_t *results_read_each(const char *path, results_visit visit, gpointer data);

#endif
