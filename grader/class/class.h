// SPDX-License-Identifier: MIT
/*
 * class.h - a class graded in one go: heaplab batch, file by file.
 *
 *     find_class  ->  what is there (struct handed_in)
 *     state       ->  what of it has no result yet, or one that no longer holds
 *     local/slurm ->  grades that, one process a submission (one.c)
 *     gradebook   ->  SQLite, derived from the result files
 *
 * The folder of a batch, DIR:
 *
 *     DIR/results/ID.json        one result a submission; written last, by a rename. What lies here is graded
 *     DIR/results/ID.json moved to DIR/history/ID.N.json   results that no longer hold; N counts from 1
 *     DIR/cache/                 what need not be found out twice (cache.c); may be removed at any time
 *     DIR/files/ID/              the files that were graded
 *     DIR/faults/ID.txt          what went wrong in the grader itself, for submissions without a result
 *     DIR/gradebook.sqlite       everything of results/ and history/, as tables
 *     DIR/batch.json             lab, kit, rubric, submissions: how the batch was started
 *     DIR/class/                 where SUBMISSIONS is an archive: its contents
 *     DIR/work                   a link to the temporary folder of the run; gone when it ends
 *
 * The result files are all that a run leaves for the next: a batch that was killed at any moment looks at them when
 * it is started again, grades what is missing, and derives the gradebook once more.
 */
#ifndef HEAPLAB_CLASS_H
#define HEAPLAB_CLASS_H

#include "class/unpack/gather.h"
#include "grade/grade.h"
#include "report/report.h"

/* --- names.c: what learning management systems put into names ----------------------------------------------------- */

typedef struct {
    char *key;    /* the same for all files of one student: what comes before the files' own names */
    char *name;   /* of the student, as far as it can be told */
    char *number; /* the system's number for the student, or the login; "" if there is none */
    char *file;   /* the file's own name; "" for a folder */
    bool late;
} name_parts;

/* Reads ENTRY, the name of a file or folder of a Canvas, Moodle or Gradescope download. Of other names, KEY and NAME
 * are ENTRY itself. Never fails. */
name_parts *name_parse(const char *entry);
void name_free(name_parts *parts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(name_parts, name_free)

/* Is ENTRY a name that one of those systems made? */
bool name_is_known(const char *entry);

/* A name for files made of KEY: letters, digits, dots, dashes and underscores, at most 80 bytes, another one for every
 * KEY, the same in every run. */
char *name_safe(const char *key);

/* --- find_class.c: the submissions of a class -------------------------------------------------------------------- */

struct handed_in {
    char *id;     /* safe for file names; made from the submission's own name alone */
    char *source; /* its name below SUBMISSIONS, as text */
    char *name;   /* the student's */
    char *number; /* the student's number or login; "" if unknown */
    bool late;
    GPtrArray *parts; /* struct part */
    char *problem;    /* why it could not be unpacked from the class's archive; NULL for nothing */
    char *hash;       /* of everything handed in; made by hash_handed_in */
};

/* What lies in FOLDER, ordered by id: an array of struct handed_in. PROBLEMS (may be NULL) maps paths below FOLDER to
 * sentences. */
GPtrArray *find_class(const char *folder, const struct rubric *rubric, GHashTable *problems);

/* --- class_folder.c: the folder to look in ------------------------------------------------------------------------ */

/* SUBMISSIONS itself if it is a folder; if it is an archive, OUT/class, to which it is unpacked unless that was done
 * before. *PROBLEMS becomes a table from paths to sentences, for find_class. */
char *class_folder(const char *submissions, const char *out, GHashTable **problems);

/* --- metadata.c: Gradescope's submission_metadata.yml ------------------------------------------------------------- */

/* Gives submissions of CLASS the names that stand in FILE, if there is such a file and it can be read. */
void metadata_apply(const char *file, GPtrArray *class);

/* --- hash.c: what a result depends on, as SHA-256 in lower case hexadecimal --------------------------------------- */

/* Of all sources that a grade by RUBRIC depends on but the rubric itself, and of the compiler's version. */
char *hash_kit(const struct rubric *rubric);
char *hash_rubric(const struct rubric *rubric);

/* Of the file or folder PATH. */
char *hash_tree(const char *path);

/* Of everything that was handed in. */
char *hash_handed_in(const struct handed_in *submission);

/* --- state.c: what is graded already ------------------------------------------------------------------------------ */

/* A batch that runs. */
struct batch {
    const char *lab; /* folder name */
    const char *out;
    struct rubric *rubric;
    GPtrArray *class; /* struct handed_in */
    char *kit_hash, *rubric_hash;
    unsigned jobs;
    bool coverage;
    bool afresh; /* nothing is taken from the cache */
};

/* Paths below the batch's folder. */
char *state_result_path(const struct batch *batch, const char *id);
char *state_files_path(const struct batch *batch, const char *id);
char *state_fault_path(const struct batch *batch, const char *id);

/* The result document of ID; NULL if there is none that can be read. */
json_t *state_result(const struct batch *batch, const char *id);

/* Why SUBMISSION needs to be graded: "new", "changed", "the rubric changed", "the kit changed"; NULL if it has a
 * result that holds. Static text. */
const char *state_reason(const struct batch *batch, const struct handed_in *submission);

/* Moves ID's result to the history, if there is one: it has to be graded again. */
void state_retire(const struct batch *batch, const char *id);

/* Which revision the next result of ID is: 1 + how many are in the history. */
int state_next_revision(const struct batch *batch, const char *id);

/* All results of ID that were retired, oldest first: a JSON array. */
json_t *state_history(const struct batch *batch, const char *id);

/* --- cache.c: what was found out before --------------------------------------------------------------------------- */

/* Does what grade_submission does, unless the same files, or the same tests of a student's own, were graded in this
 * batch by the same kit and rubric. */
json_t *cache_grade(const struct batch *batch, const struct submission *submission);

/* From now on nothing of it is known. */
void cache_forget(const struct batch *batch);

/* --- one.c: one submission ---------------------------------------------------------------------------------------- */

/* Grades SUBMISSION and writes its files and its result. Meant for a process of its own: dies on a fault. */
void grade_one(const struct batch *batch, const struct handed_in *submission);

/* --- local.c: processes on this machine --------------------------------------------------------------------------- */

/* Grades the submissions in TODO (struct handed_in), batch->jobs at a time; DONE is told of each that has a result, or
 * has none (FAULT: a sentence). Returns how many faults there were. */
typedef void (*batch_done)(const struct batch *batch, const struct handed_in *submission, const char *fault,
                           gpointer data);
unsigned local_run(const struct batch *batch, const GPtrArray *todo, batch_done done, gpointer data);

/* --- slurm.c: processes on many machines -------------------------------------------------------------------------- */

struct batch_plan {
    const char *lab;
    const char *submissions; /* a folder, or an archive */
    const char *out;
    bool slurm;
    const char *shard; /* "K/N": in a task of a Slurm job, grade every Nth from K on; NULL otherwise */
    GStrv regrade;     /* ids; NULL for none */
    unsigned jobs;
    bool no_sandbox;
    bool coverage;
};

/* Does what local_run does, as a Slurm job array. */
unsigned slurm_run(const struct batch *batch, const struct batch_plan *plan, const GPtrArray *todo, batch_done done,
                   gpointer data);

/* --- gradebook.c -------------------------------------------------------------------------------------------------- */

struct gradebook;

/* Opens or makes DIR/gradebook.sqlite. Dies if it is no gradebook. */
struct gradebook *gradebook_open(const char *out);
void gradebook_close(struct gradebook *book);

/* Writes the result document of a submission into it, in place of one of the same revision. */
void gradebook_record(struct gradebook *book, const json_t *document);

/* Is REVISION of ID, with the hash of what was graded, in it? */
bool gradebook_has(struct gradebook *book, const char *id, int revision, const char *handed_in);

/* Several records at once are quicker between these two. */
void gradebook_begin(struct gradebook *book);
void gradebook_commit(struct gradebook *book);

/* --- progress.c: how far it is ------------------------------------------------------------------------------------ */

/* On a terminal a bar with rate and time left; elsewhere a line a submission. */
struct progress;
struct progress *progress_start(guint total);
void progress_step(struct progress *progress, const char *line);
void progress_end(struct progress *progress);

/* --- diff.c: whose score moved ------------------------------------------------------------------------------------ */

/* Prints what moved between two results of one submission. False if its score did not move. */
bool diff_print(const json_t *old, const json_t *new);

/* The ids that have a result in the folder of a batch, in order. */
GPtrArray *diff_ids(const char *folder);

/* Prints what moved between two folders of batches; OLD may be NULL for the history of NEW. */
void diff_folders(const char *old, const char *new);

/* --- audit.c: the same again -------------------------------------------------------------------------------------- */

/* Grades SAMPLE submissions of the batch in OUT again, JOBS at a time, and prints scores that differ. Returns the
 * program's exit status; dies (a fault) if one differs. */
int audit_run(const char *out, guint sample, unsigned jobs);

/* --- batch.c: the whole ------------------------------------------------------------------------------------------- */

/* Makes the folders that a batch writes to. */
void batch_make_folders(const char *out);

/* Runs it. Returns the program's exit status. */
int batch_run(const struct batch_plan *plan);

/* --- pages/: the class page, and the pages of its students --- */

/* Writes the pages of the batch folder DIR: index.html, pages/ID.html, similarity.json and pages/ID-and-ID.html. Dies
 * if DIR holds no results. */
void pages_write(const char *dir);

#endif
