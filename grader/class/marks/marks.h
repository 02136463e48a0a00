// SPDX-License-Identifier: MIT
/*
 * marks.h - from the results of a class to its marks: who the students are, what is taken off for lateness, what staff
 * have adjusted.
 *
 * Marks are never stored. They are derived, each time, from the results (what the code does) and three files that hold
 * what people decided: course.yaml, the batch's roster.csv, and the batch's adjustments.json. So the order in which
 * results, roster and adjustments change does not matter.
 */
#ifndef HEAPLAB_MARKS_H
#define HEAPLAB_MARKS_H

#include "config/config.h"

#include <stdio.h>

/* --- match.c: whose a result is --- */

/* PERSON of a roster as staff read it: the name, or else what names them otherwise. Borrowed. */
const char *student_name(const json_t *person);

/* Matches results to the students of a roster. Returns, for each of DOCUMENTS, {people: [index into STUDENTS, ...],
 * perhaps: [index, ...], sentence}. PEOPLE are one index, those of partners, or none, with a sentence that says why.
 * PERHAPS are those whom it could belong to, if it fits several. */
json_t *match_people(const json_t *students, const json_t *documents);

/* --- former.c: who was in the course once --- */

/* Those in the keeping of the batch in DIR, or marked as withdrawn in ROSTER (roster_read), who are not among ROSTER's
 * students. */
json_t *former_students(const char *dir, const json_t *roster);

/* Keeps the people of ROSTER in DIR, beside those who are kept there. */
void former_remember(const char *dir, const json_t *roster);

/* For each of DOCUMENTS a sentence that names its student of FORMER; null if it is nobody's. */
json_t *former_sentences(const json_t *former, const json_t *documents);

/* --- ungraded.c: submissions without a result --- */

/* Writes down, in DIR, what CLASS (struct handed_in) consists of. */
void submissions_list(const char *dir, const GPtrArray *class);

/* Those in the batch's folder DIR without a result: an array of {id, student}. Empty if DIR is another folder. */
json_t *ungraded_in(const char *dir);

/* --- policy.c: lateness --- */

/* The moment that TEXT names, as course_moment reads it or in words ("Tuesday, 10 March 2026, 8:00 PM"). NULL if it
 * names none. Free with g_date_time_unref. */
GDateTime *moment_told(const json_t *course, const char *text);

/* DOCUMENT's lateness for a student whom the roster describes as PERSON (NULL: no roster): {days, slip_days, percent,
 * due, sentence}. */
json_t *lateness_of(const json_t *course, const json_t *document, const json_t *person);

/* --- adjust.c: what staff decided --- */

/* The adjustments and comments of the batch in DIR, in the order of their entry: an array of {number, kind ("points" or
 * "comment"), submission, test, points, relative, text, file, line, by, at, undone}. */
json_t *adjustments_read(const char *dir);

/* Adds ENTRY (taken over) to them; number and time are put in. Returns its number. */
int adjustments_add(const char *dir, json_t *entry);

/* Marks entry NUMBER of SUBMISSION and KIND as undone. Dies if there is none. */
void adjustments_undo(const char *dir, const char *submission, const char *kind, int number);

/* --- aliases.c: grading without names --- */

/* Was the batch in DIR started with --anonymous? */
bool aliases_wanted(const char *dir);

/* From the ids of DOCUMENTS to their aliases; DIR/aliases.csv, the key, is brought up to date. */
json_t *aliases_of(const char *dir, const json_t *documents);

/* Puts its alias in place of everything in DOCUMENT that names a student; "files_id" becomes its id. */
void aliases_hide(json_t *document, const json_t *aliases);

/* Sorts DOCUMENTS, which aliases hide, by alias: the order of the roster, or of the files' names, would tell who is
 * who.
 */
void aliases_sort(json_t *documents);

/* --- marks.c: all of it --- */

/* Reads the results of PATH (results.c) as marks. If PATH is a batch's folder with a roster, students come in its
 * order, and also those without a result. Each document gets
 *
 *     student   completed from the roster; one document for each partner
 *     mark      {score, adjusted, over, points, max_points, late, adjustments, comments}; points is null for students
 *               without a result; "over" is what adjustments gave beyond max_points, which does not count
 *
 * "ungraded" says why there is none ("not graded yet"; "" if nothing was handed in).
 *
 * Returns {documents, missing: [names], unsure: [names], pending: [names], unclaimed: [ids], withdrawn: [sentences],
 * unmatched: [sentences], roster: bool, titles}. UNSURE have no result but one that could be another student's as well;
 * PENDING have handed in what has no result yet; UNCLAIMED has none, and is nobody's in the roster. */
json_t *marks_read(const char *path);

/* The same from DOCUMENTS, which results_read has read from PATH. */
json_t *marks_of(const char *path, const json_t *documents);

/* --- remarks.c: what a class lacks --- */

/* The sentences that say who has handed in nothing, and what belongs to nobody. ALL: the file that holds what is cut
 * off in long lists; NULL: nothing is cut off. */
char *marks_remarks(const json_t *marks, const char *all);

/* Prints them TO there; if DIR is a batch's folder, keeps all of them in DIR/remarks.txt. */
void marks_tell(const char *dir, const json_t *marks, FILE *to);

/* --- marks.c again --- */

/* Keeps the people in the roster of the batch in DIR: whoever leaves it later is known. Does nothing without a
 * roster that can be read. */
void marks_remember(const char *dir);

/* Writes the marks of the batch in DIR, with adjustments and comments, into its gradebook. */
void marks_enter(const char *dir);

#endif
