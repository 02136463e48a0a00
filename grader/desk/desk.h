// SPDX-License-Identifier: MIT
/*
 * desk.h - a student's bench: what surrounds the grade while one works on a lab.
 */
#ifndef HEAPLAB_DESK_H
#define HEAPLAB_DESK_H

#include "grade/grade.h"

/* --- standing.c: what was reached in each lab so far, in .heaplab-progress.json --- */

/* Notes RESULT, if FROM is the kit's own labs/. Trouble with the file costs a sentence on stderr, never a grade. */
void standing_note(const char *from, const json_t *result);

/* RESULT was packed to be handed in. */
void standing_submitted(const char *from, const json_t *result);

/* {LAB: {score, best, max_score, submitted, failing}}: the last score and the best; the score handed in, or null; the
 * first test that failed, or null. Labs never graded are not there. */
json_t *standing_read(void);

/* --- watch/: graded again whenever a file is saved --- */

/* Grades LAB now and whenever one of its files in the submission's folder is saved, until the key that ends it. */
void watch(const char *lab, const struct grade_plan *plan);

/* --- explore/: the heap over time as a page --- */

/* A page of HTML, whole in itself, of the heap during TEST of LAB, or while the trace in the file TRACE is replayed;
 * the other one is NULL. Dies if nothing can be run or shown. */
char *explore(const char *lab, const struct grade_plan *plan, const char *test, const char *trace);

/* --- submit/: handing in, and starting over --- */

/* Grades LAB's files in FROM and packs them with the score card into OUTPUT, a .tar.gz. Says what was packed. */
void submit(const char *lab, const char *from, const char *output);

/* Puts the stubs of LAB back in the folder of labs LABS; what differed is kept in a folder backup-N beside them. */
void reset(const char *lab, const char *labs);

#endif
