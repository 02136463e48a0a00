// SPDX-License-Identifier: MIT
/*
 * class.h - a class graded in one go: heaplab batch, file by file.
 *
 *     find_class  ->  the submissions (struct handed_in)
 *     state       ->  those without a result, or with one that is out of date
 *     local/slurm ->  grades these, one process for each submission (one.c)
 *     gradebook   ->  SQLite, derived from the result files
 *
 * The folder of a batch, DIR:
 *
 *     DIR/results/ID.json        one result for each graded submission; written last, by a rename
 *     DIR/results/ID.json moved to DIR/history/ID.N.json   results that are out of date; N counts from 1
 *     DIR/cache/                 results that can be reused (cache.c); safe to delete at any time
 *     DIR/files/ID/              the files that were graded
 *     DIR/faults/ID.txt          why the grader failed, for submissions without a result
 *     DIR/roster.csv             who is in the course, as --roster gave it; students.json: who ever was
 *     DIR/submissions.json       what was handed in, with or without a result (class/marks/ungraded.c)
 *     DIR/adjustments.json       what staff decided; remarks.txt: what the class lacks
 *     DIR/gradebook.sqlite       everything in results/ and history/, as tables
 *     DIR/batch.json             lab, kit, rubric, submissions: how the batch was started
 *     DIR/class/                 if SUBMISSIONS is an archive: its contents
 *     DIR/work                   a link to the temporary folder of the run; gone when it ends
 *
 * A run leaves only the result files to the next one. A batch that was killed at any moment reads them when it is
 * started again, grades what is missing, and derives the gradebook again.
 */
#ifndef HEAPLAB_CLASS_H
#define HEAPLAB_CLASS_H

#include "class/unpack/gather.h"
#include "grade/grade.h"
#include "report/report.h"

/* --- lms_names.c: what learning management systems put into names ------------------------------------------------- */

typedef struct {
    char *key;       /* the same for all files of one student: the text before the files' own names */
    char *name;      /* the student's, if ENTRY contains it */
    char *number;    /* the system's number for the student, or the login; "" if there is none */
    char *file;      /* the file's own name; "" for a folder */
    char *when;      /* of the attempt, "2026-11-10 21:05:33" on the system's clock; "" if ENTRY does not tell */
    guint64 version; /* of what one student has handed in several times; 0 if ENTRY does not tell */
    bool late;
    bool about;   /* the system wrote this file about the submission */
    bool dated;   /* ENTRY contains a date, perhaps in a language that the kit cannot read */
    bool attempt; /* Blackboard's: NAME and KEY begin with the assignment's name */
} name_parts;

/* Reads ENTRY, the name of a file or folder of a download. For other names, KEY and NAME
 * are ENTRY itself. Never fails. */
name_parts *name_parse(const char *entry);
void name_free(name_parts *parts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(name_parts, name_free)

/* Did one of those systems make the name ENTRY? */
bool name_is_known(const char *entry);

/* SOURCE, the name of a file or folder, without what archives, second copies and downloads of a repository have at
 * their end. *BRANCH: it is such a download, of a branch "main" or "master". Owned by the caller. */
char *name_stem(const char *source, bool *branch);

/* A file name derived from KEY: letters, digits, dots, dashes and underscores, at most 80 bytes. It differs for every
 * KEY and is the same in every run. */
char *name_safe(const char *key);

/* --- lms_times.c: when an attempt was handed in --- */

/* The moment that TEXT, part of a name, tells, as "2026-11-10 21:05:33"; "" if it cannot be read. */
char *name_moment(const char *text);

/* --- find_class.c: the submissions of a class -------------------------------------------------------------------- */

struct handed_in {
    char *id;     /* safe in file names; derived from the submission's name alone */
    char *source; /* its name below SUBMISSIONS, as text */
    char *name;   /* the student's */
    char *number; /* the student's number or login; "" if unknown */
    char *when;   /* it was handed in, "2026-11-10 21:05:33 +01:00" or without the offset; "" if unknown */
    bool late;
    bool attempt;     /* named by Blackboard */
    json_t *partners; /* the students of a group: an array of {id, name, email}; NULL for a single one */
    GPtrArray *parts; /* struct part */
    char *problem;    /* why it could not be unpacked from the class's archive; NULL if it could */
    char *hash;       /* of everything handed in; made by hash_handed_in */
};

/* The submissions in FOLDER, ordered by id: an array of struct handed_in. PROBLEMS (may be NULL) maps paths below
 * FOLDER to sentences. */
GPtrArray *find_class(const char *folder, const struct rubric *rubric, GHashTable *problems);

/* --- repositories.c: repositories of GitHub Classroom, clones and downloads ----------------------------------------
 */

/* Is the folder PATH a repository: a clone, or the download of one? */
bool repository_is(const char *path);

/* Gives the repositories of CLASS, which lie in FOLDER, the names and numbers of their students: what follows the
 * assignment's name. */
void name_repositories(const char *folder, GPtrArray *class);

/* --- class_folder.c: the folder to look in ------------------------------------------------------------------------ */

/* SUBMISSIONS itself if it is a folder. If it is an archive, unpacks it to OUT/class (unless an earlier run did) and
 * returns that folder. *PROBLEMS becomes a table from paths to sentences, for find_class. */
char *class_folder(const char *submissions, const char *out, GHashTable **problems);

/* --- metadata.c: what Gradescope writes beside submissions --- */

/* Gives submissions of CLASS the names listed in FILE. Does nothing if FILE is missing or cannot be read. */
void metadata_apply(const char *file, GPtrArray *class);

/* --- blackboard.c: whose Blackboard's attempts are --- */

/* Takes the assignment's name off the names that Blackboard made in CLASS. */
void name_attempts(GPtrArray *class);

/* FILE is the text file that Blackboard wrote about SUBMISSION. Copies its names and logins, or its group, to
 * SUBMISSION; does nothing if it has none. */
void blackboard_apply(const char *file, struct handed_in *submission);

/* --- hash.c: what a result depends on, as SHA-256 in lower case hexadecimal --------------------------------------- */

/* Of all sources that a grade by RUBRIC depends on, except the rubric itself, and of the compiler's version. */
char *hash_kit(const struct rubric *rubric);
char *hash_rubric(const struct rubric *rubric);

/* Of everything in the rubric but the points of tests, answers and own tests: if only these change, nothing has to run.
 */
char *hash_rubric_without_points(const struct rubric *rubric);

/* Of the file or folder PATH. */
char *hash_tree(const char *path);

/* Of everything that was handed in. */
char *hash_handed_in(const struct handed_in *submission);

/* --- state.c: what is already graded ------------------------------------------------------------------------------ */

/* Makes the folders that a batch writes to. */
void state_make_folders(const char *out);

/* A running batch. */
struct batch {
    const char *lab; /* folder name */
    const char *out;
    struct rubric *rubric;
    GPtrArray *class;                           /* struct handed_in */
    char *kit_hash, *rubric_hash, *rubric_rest; /* the last: without points */
    unsigned jobs;
    bool coverage;
    bool afresh; /* ignore the cache */
};

/* Paths below the batch's folder. */
char *state_result_path(const struct batch *batch, const char *id);
char *state_files_path(const struct batch *batch, const char *id);
char *state_fault_path(const struct batch *batch, const char *id);

/* The result document of ID; NULL if there is no readable one. */
json_t *state_result(const struct batch *batch, const char *id);

/* Why SUBMISSION needs to be graded: "new", "changed", "the rubric changed", "the kit changed"; NULL if its
 * result is up to date. Static text. STATE_POINTS: nothing has changed but points. */
#define STATE_POINTS "only points changed"
const char *state_reason(const struct batch *batch, const struct handed_in *submission);

/* Moves ID's result, if there is one, to the history, so that ID is graded again. */
void state_retire(const struct batch *batch, const char *id);

/* The revision number of the next result of ID: 1 + the number of results in the history. */
int state_next_revision(const struct batch *batch, const char *id);

/* All retired results of ID, oldest first: a JSON array. */
json_t *state_history(const struct batch *batch, const char *id);

/* --- cache.c: results that can be reused ---------------------------------------------------------------------------
 */

/* Like grade_submission, but reuses what this batch has found, with the same kit and rubric, about the same files or
 * the same my_tests.c. */
json_t *cache_grade(const struct batch *batch, const struct submission *submission);

/* Forgets everything: later grades are computed again. */
void cache_forget(const struct batch *batch);

/* --- feedback.c: pages for a learning management system ---------------------------------------------------------- */

/* Packs the pages of the batch in DIR into the .zip PATH, as PDFs if PDF, named so that SYSTEM ("canvas" or "moodle")
 * finds the student of each. Returns how many. Says on stderr whose page can't be named; dies if that is so for all, or
 * on another SYSTEM. */
unsigned feedback_write(const char *dir, const char *system, bool pdf, const char *path);

/* Writes the pages of the batch in DIR as PDFs into FOLDER, each called like its page: those of the submissions (or
 * aliases) NAMES, or all if it is empty. Returns how many. Dies if a page is not there. */
unsigned feedback_print(const char *dir, GStrv names, const char *folder);

/* paper.c: turns PAGES (struct packed), HTML pages of students, into PDFs: their names then end with ".pdf". Dies if
 * weasyprint is not there. */
void paper_print(const GPtrArray *pages);

/* --- one.c: one submission ---------------------------------------------------------------------------------------- */

/* Grades SUBMISSION and writes its files and its result. Dies on a fault, so it needs its own process. */
void grade_one(const struct batch *batch, const struct handed_in *submission);

/* What a result says of its student. */
json_t *student_of(const struct handed_in *submission);

/* Brings that up to date in a result that stays: names and times may be known better than when it was graded. */
void refresh_student(const struct batch *batch, const struct handed_in *handed_in);

/* Gives the result of ID the rubric's new points, without running anything; the old one goes to the history. */
void score_one_again(const struct batch *batch, const char *id);

/* --- local.c: processes on this machine --------------------------------------------------------------------------- */

/* Grades the submissions in TODO (struct handed_in), batch->jobs at a time. Calls DONE for each: FAULT is NULL if it
 * has a result, otherwise a sentence. Returns the number of faults. */
typedef void (*batch_done)(const struct batch *batch, const struct handed_in *submission, const char *fault,
                           gpointer data);
unsigned local_run(const struct batch *batch, const GPtrArray *todo, batch_done done, gpointer data);

/* --- slurm.c: processes on many machines -------------------------------------------------------------------------- */

struct batch_plan {
    const char *lab;
    const char *submissions; /* a folder, or an archive */
    const char *out;
    bool slurm;
    const char *shard;  /* "K/N" in a task of a Slurm job: grade every Nth, starting with K; NULL otherwise */
    GStrv regrade;      /* ids; NULL for none */
    const char *roster; /* a table of students, kept as DIR/roster.csv; NULL: the one that is there, if any */
    GStrv against;      /* folders of earlier years, for similarity; NULL for none */
    bool anonymous;     /* pages, similarity and csv under aliases (class/marks/aliases.c) */
    unsigned jobs;
    bool no_sandbox;
    bool coverage;
};

/* Like local_run, as a Slurm job array. */
unsigned slurm_run(const struct batch *batch, const struct batch_plan *plan, const GPtrArray *todo, batch_done done,
                   gpointer data);

/* --- gradebook.c -------------------------------------------------------------------------------------------------- */

struct gradebook;

/* Opens or creates OUT/gradebook.sqlite. Dies if that file is not a gradebook. */
struct gradebook *gradebook_open(const char *out);
void gradebook_close(struct gradebook *book);

/* Writes the result DOCUMENT of a submission, replacing one of the same revision. */
void gradebook_record(struct gradebook *book, const json_t *document);

/* Does the gradebook have REVISION of ID, for files with the hash HANDED_IN? */
bool gradebook_has(struct gradebook *book, const char *id, int revision, const char *handed_in);

/* Replaces all marks and adjustments (class/marks/marks.h). */
void gradebook_record_marks(struct gradebook *book, const json_t *documents, const json_t *adjustments);

/* Many records are quicker between these two. */
void gradebook_begin(struct gradebook *book);
void gradebook_commit(struct gradebook *book);

/* --- batch_progress.c: how far it is ------------------------------------------------------------------------------ */

/* On a terminal, a bar with the rate and the time left; elsewhere, one line for each submission. */
struct progress;
struct progress *progress_start(guint total);
void progress_step(struct progress *progress, bool graded, const char *line);
void progress_end(struct progress *progress);

/* --- diff.c: whose score changed ------------------------------------------------------------------------------------
 */

/* Prints what changed between two results of one submission. False if its score is the same. */
bool diff_print(const json_t *old, const json_t *new);

/* The ids that have a result in a batch's FOLDER, in order. */
GPtrArray *diff_ids(const char *folder);

/* Prints what changed between two batches' folders. If OLD is NULL, compares NEW with its own history. */
void diff_folders(const char *old, const char *new);

/* --- audit.c: a sample graded again
 * -------------------------------------------------------------------------------------- */

/* Grades SAMPLE submissions of the batch in OUT again, JOBS at a time, and prints the scores that differ. Returns the
 * program's exit status; dies (a fault) if any score differs. */
int audit_run(const char *out, guint sample, unsigned jobs);

/* --- class.c: all of it ------------------------------------------------------------------------------------------- */

/* Runs it. Returns the program's exit status. */
int batch_run(const struct batch_plan *plan);

/* Brings the gradebook and the pages of the batch folder DIR up to date with its results and adjustments. */
void batch_enter_marks(const char *dir);

/* --- pages/: the class page and the students' pages --- */

/* Writes the pages of the batch folder DIR: index.html, pages/ID.html, similarity.json and pages/ID-and-ID.html. Dies
 * if DIR holds no results. */
void pages_write(const char *dir);

/* Adds the files of DIR that DOCUMENT, a result with its "id", was made from, for its page (lab_add_sources). */
void pages_add_sources(const char *dir, const json_t *document);

#endif
