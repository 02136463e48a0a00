// SPDX-License-Identifier: MIT
/*
 * check.h - heaplab check: the kit against itself.
 *
 * Each lab has one job for each of these: the rubric and the tests match and total 100; each stub is what unifdef
 * derives; the untouched lab compiles without warnings and scores 0; the reference scores 100; each wheat passes all
 * tests; each chaff loses points in the tests that it names. A job's findings are sentences; a job without findings
 * passed. With --clauses a lab has one job, which builds and grades nothing: each sentence of its contract has a chaff
 * that breaks it, or a reason why there is none.
 *
 *   check.c     collects the jobs, spreads them over processes, prints
 *   jobs.c      what each kind of job checks
 *   clauses.c   that the chaffs break every sentence of the contract
 *   contract.c  the sentences of a contract
 *   finding.c   a sentence about what is wrong
 *   chaff.c     a chaff's patch file: what is wrong, which tests must fail, and the patched source
 */
#ifndef HEAPLAB_SELFCHECK_H
#define HEAPLAB_SELFCHECK_H

#include "staff/staff.h"

struct job {
    const char *lab;
    char *subject; /* a wheat's or a chaff's path; NULL for other kinds */
    void (*run)(const struct job *job, GString *findings);
    const char *kind; /* "rubric", "stub", "reference", "wheat", "chaff", "clauses" */
};

void check_rubric(const struct job *job, GString *findings);
void check_stub(const struct job *job, GString *findings);
void check_imported_stub(const struct job *job, GString *findings);
void check_imported_baseline(const struct job *job, GString *findings);
void check_reference(const struct job *job, GString *findings);
void check_wheat(const struct job *job, GString *findings);
void check_chaff(const struct job *job, GString *findings);
void check_clauses(const struct job *job, GString *findings);

/* From now on a chaff is judged so many times if it forks, hangs or crashes, otherwise twice, by all tests. Without
 * this, chaffs are judged twice, those that hang or need memcheck by way of a sample, by the tests that they name. */
void check_times(unsigned times);

/* Adds one finding, a printf sentence. */
void find(GString *findings, const char *format, ...) G_GNUC_PRINTF(2, 3);

struct chaff {
    char *what;   /* one line: what is wrong */
    GStrv breaks; /* words of the contract that it breaks */
    GStrv fails;  /* tests that must fail; "utilization" and "cost" mean points lost there */
    char *told;   /* the first test to fail when all run; NULL if the chaff doesn't say */
    GStrv story;  /* words of what a student reads about that failure */
};

/* Reads a chaff's first lines. Returns false, with a finding, if they have a mistake. Free with chaff_clear. */
bool chaff_read(const char *patch, struct chaff *chaff, GString *findings);
void chaff_clear(struct chaff *chaff);

/* Makes a folder with the reference's files of LAB, changed by PATCH. NULL, with a finding, if PATCH does not apply. */
char *chaff_apply(const char *lab, const char *patch, GString *findings);

/* A sentence of a contract, and its place in the text of all of them. */
struct sentence {
    char *file; /* the header's name */
    char *text;
    gsize start;
    gsize end;
    char *chaff;  /* a chaff that breaks it; NULL if there is none */
    bool excused; /* clauses.txt says why there is none */
};

struct contract {
    GString *text; /* all sentences, with a space after each */
    GPtrArray *sentences;
    bool titled; /* the next sentence may be the header's title */
};

struct contract *contract_new(void);
void contract_add(struct contract *contract, const char *file, const char *header);
void contract_free(struct contract *contract);

/* TEXT with one space for each gap. */
char *contract_normalised(const char *text);

/* Notes that CHAFF breaks the sentences that QUOTE covers. It may also quote OTHERS, texts outside the contract. */
void clauses_cover(struct contract *contract, const char *chaff, const char *quote, const char *others,
                   GString *findings);

/* Excuses the sentences that CLAUSES, the text of a clauses.txt, lists. */
void clauses_excuse(struct contract *contract, const char *clauses, GString *findings);

/* Finds the sentences that are still open: neither broken by a chaff nor excused. */
void clauses_open(const struct contract *contract, GString *findings);

/* Copies the files that RUBRIC names from FOLDER to TO, if they exist and TO does not have them yet. */
void copy_files(const struct rubric *rubric, const char *folder, const char *to);

/* Runs COMMAND (argv) and returns its exit status; its output goes to *OUTPUT unless that is NULL. */
int run_command(const char *const *command, char **output);

#endif
