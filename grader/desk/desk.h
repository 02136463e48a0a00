// SPDX-License-Identifier: MIT
/*
 * desk.h - a student's bench: the commands around the grade for someone who works on a lab.
 */
#ifndef HEAPLAB_DESK_H
#define HEAPLAB_DESK_H

#include "grade/grade.h"

/* --- standing.c: the scores reached in each lab so far, in .heaplab-progress.json --- */

/* Records RESULT if FROM is the kit's labs/. Returns a sentence about what has changed since the last time, or "".
 * Trouble with the file costs a sentence on stderr, never a grade. */
char *standing_note(const char *from, const json_t *result);

/* Records that RESULT was packed to be handed in. */
void standing_submitted(const char *from, const json_t *result);

/* {LAB: {score, best, max_score, submitted, failing, question}}: the last score and the best; the score handed in, or
 * null; the first test that failed, or null, and the question that belongs to how it failed. Labs that were never
 * graded are absent. */
json_t *standing_read(void);

/* --- changes.c: what has changed since the last grade --- */

/* What a lab's ENTRY keeps of RESULT: the names of tests that passed, and {TRACE: {utilization, instructions}}. */
json_t *changes_passed(const json_t *result);
json_t *changes_traces(const json_t *result);

/* What differs between ENTRY, the last time, and RESULT, as a sentence; "" if nothing does. */
char *changes_since(const json_t *entry, const json_t *result);

/* --- problems.c: for editors --- */

/* What RESULT says about lines of the files in FROM, a line each, as compilers print it: "/path/a.c:12: error: ...". */
char *problems(const char *from, const json_t *result);

/* --- watch/: grades again whenever a file is saved --- */

/* Grades LAB now and whenever one of its files in the submission's folder is saved, until the user ends it.
 * FOR_EDITORS: prints each result in full, with its problems. */
void watch(const char *lab, const struct grade_plan *plan, bool for_editors);

/* --- explore/: the heap over time as a page; who wrote a word of it --- */

/* Returns a self-contained HTML page of the heap during TEST of LAB, or during a replay of the trace in the file TRACE;
 * the other one is NULL. Dies if nothing can be run or shown. */
char *explore(const char *lab, const struct grade_plan *plan, const char *test, const char *trace);

/* As a text: who wrote the words at the places AT ("heap+144"; a name of the story, with or without a distance) during
 * TEST or TRACE, and their histories. Dies if nothing can be run, or if AT has what is no place. */
char *who(const char *lab, const struct grade_plan *plan, const char *test, const char *trace, GStrv at);

/* --- quiz/: questions about a student's own code --- */

struct quiz_wish {
    const char *student, *seed; /* texts; both have a say in what is asked */
    unsigned questions;         /* how many; there may be fewer */
    bool mutants;               /* also questions that wrong versions are built for */
};

/* A quiz about PLAN's submission, as quiz/quiz.h describes it. Dies if the code can't be built, or if a test that is
 * asked about fails. */
json_t *quiz(const char *lab, const struct grade_plan *plan, const struct quiz_wish *wish);

/* The quizzes by the seeds 1 to N, in an array: the same as quiz makes, but the code is built once. */
json_t *quiz_many(const char *lab, const struct grade_plan *plan, const struct quiz_wish *wish, unsigned n);

/* Asks the questions of QUIZ one by one, with answers from stdin. */
void quiz_ask(const json_t *quiz);

/* QUIZ as quiz.txt, with a line for each answer. Free with g_free. */
char *quiz_sheet(const json_t *quiz);

/* QUIZ as a page (HTML), with the answers if KEY; as Moodle XML; as QTI 1.2. */
char *quiz_page(const json_t *quiz, bool key);
char *quiz_moodle(const json_t *quiz);
char *quiz_qti(const json_t *quiz);

/* The kinds of questions: "name  what it asks". Free with g_strfreev. */
GStrv quiz_kinds(void);

/* --- submit/: handing in, and starting over --- */

/* Grades LAB's files in FROM and packs them with the score card into OUTPUT, a .tar.gz. Prints what was packed. */
void submit(const char *lab, const char *from, const char *output);

/* Puts the stubs of LAB back in LABS, the folder of labs. Files that differed are kept in a folder backup-N beside
 * them. */
void reset(const char *lab, const char *labs);

#endif
