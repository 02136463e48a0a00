// SPDX-License-Identifier: MIT
/*
 * selfcheck.h - heaplab check: the kit against itself.
 *
 * Per lab, one job each: the rubric and its tests match and total 100; every stub is what unifdef derives; the
 * untouched lab compiles without warnings and scores 0; the reference scores 100; every wheat passes all tests; every
 * chaff loses points in the tests that it names. A job's findings are sentences; none means that all is well.
 *
 *   selfcheck.c   collects the jobs, spreads them over processes, prints
 *   jobs.c        what each kind of job looks at
 *   chaff.c       a chaff's patch file: what is wrong, which tests must fail, and the patched source
 */
#ifndef HEAPLAB_SELFCHECK_H
#define HEAPLAB_SELFCHECK_H

#include "staff/staff.h"

struct job {
    const char *lab;
    char *subject; /* a wheat's or a chaff's path; NULL for other kinds */
    void (*run)(const struct job *job, GString *findings);
    const char *kind; /* "rubric", "stub", "reference", "wheat", "chaff" */
};

void check_rubric(const struct job *job, GString *findings);
void check_stub(const struct job *job, GString *findings);
void check_reference(const struct job *job, GString *findings);
void check_wheat(const struct job *job, GString *findings);
void check_chaff(const struct job *job, GString *findings);

/* Adds one finding, a printf sentence. */
void find(GString *findings, const char *format, ...) G_GNUC_PRINTF(2, 3);

struct chaff {
    char *what;  /* one line: what is wrong */
    GStrv fails; /* tests that must fail; "utilization" and "cost" stand for points lost there */
};

/* Reads a chaff's first lines. On a mistake in them returns false, with a finding. Free with chaff_clear. */
bool chaff_read(const char *patch, struct chaff *chaff, GString *findings);
void chaff_clear(struct chaff *chaff);

/* Makes a folder with the reference's files of LAB, changed by PATCH. NULL, with a finding, if it does not apply. */
char *chaff_apply(const char *lab, const char *patch, GString *findings);

/* Copies the files that RUBRIC names from FOLDER to TO, where they are there and not yet in TO. */
void copy_files(const struct rubric *rubric, const char *folder, const char *to);

/* Runs COMMAND (argv) and returns its exit status; its output goes to *OUTPUT unless that is NULL. */
int run_command(const char *const *command, char **output);

#endif
