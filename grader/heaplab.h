// SPDX-License-Identifier: MIT
/*
 * heaplab.h - the command line program, stage by stage. A reader starts here.
 *
 *     heaplab grade:   intake -> build -> judge -> evidence -> score -> report
 *
 * Each section below is one file, named in its title. A submission's files live in a work folder of its own, made by
 * intake and removed at the end. What the stages find out goes into one JSON object a lab (jansson), described in
 * grader/README.md under "result.json"; every report is made from that and from nothing else.
 *
 * Two kinds of trouble are kept apart everywhere:
 *
 *   problem  something about the submission: a sentence in the result, 0 points, and the program goes on
 *   die_*    unusable arguments (exit status 1) or a fault of the kit's own (exit status 2): the program ends
 *
 * Strings and lists are GLib's; what a function returns is the caller's to free unless its comment says otherwise.
 */
#ifndef HEAPLAB_H
#define HEAPLAB_H

#include <glib.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define HEAPLAB_VERSION "0.1"
#define RESULT_SCHEMA 1

enum { EXIT_GRADED = 0, EXIT_UNUSABLE = 1, EXIT_FAULT = 2 };

/* --- cli/kit.c: where things are, and how the program ends ------------------------------------------------------- */

/* A path below the kit's root, as g_build_filename would join it. The list ends with NULL. */
char *kit_path(const char *first, ...) G_GNUC_NULL_TERMINATED;

/* The labs' folder names ("01-stack-vs-heap"), in order: all folders of grader/labs with a rubric. */
GPtrArray *kit_labs(void);

/* The lab whose name or number ("5", "05", "05-header-allocator") is WORD; NULL if there is none. */
char *kit_find_lab(const char *word);

/* How many processors to use: those there are, or as many as was set. */
unsigned kit_workers(void);
void kit_set_workers(unsigned workers);

/* In a child, as g_spawn's setup or after fork: it is killed when its parent ends. */
void kit_end_with_parent(gpointer unused);

_Noreturn void die_unusable(const char *format, ...) G_GNUC_PRINTF(1, 2);
_Noreturn void die_fault(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* --- cli/files.c: files and folders ------------------------------------------------------------------------------ */

/* A new, empty folder below $TMPDIR; removed when the program ends, however it ends short of SIGKILL. */
char *files_make_temporary(void);

/* From now on such folders are made below FOLDER in place of $TMPDIR. */
void files_temporaries_below(const char *folder);

/* If a signal ends the program, LAST is called first, and so it is when the program exits. */
void files_before_end(void (*last)(void));

/* In a child after fork: the parent's temporary folders are not this process's to remove. */
void files_after_fork(void);

void files_remove_tree(const char *path);

/* Copies the files in FROM, not the folders in it, to the folder TO, which is made. */
void files_copy_folder(const char *from, const char *to);

/* Writes BYTES to PATH through a temporary file and a rename; dies if that fails. "-" is stdout. */
void files_write(const char *path, const char *bytes);

/* The same for what can be made again at any time: no new file waits for the disk, and an old one that says the same
 * already stays. */
void files_write_anew(const char *path, const char *bytes);

/* The text of PATH, at most MOST bytes of it, made valid UTF-8 without control characters but newline and tab;
 * empty if it can't be read. */
char *files_read_text(const char *path, size_t most);

/* BYTES made safe to print anywhere: valid UTF-8, no control characters but newline and tab. */
char *text_clean(const char *bytes, size_t n);

/* --- score/rubric.c: rubric.ini ---------------------------------------------------------------------------------- */

enum item_kind { ITEM_TEST, ITEM_ANSWER };

struct item {
    enum item_kind kind;
    char *name;  /* of the test, or "prediction-1", or "patient-1-class" */
    char *title; /* one sentence that says what is demanded */
    int points;
    GStrv needs; /* names of tests that must pass first; may be empty */
    char *question, *hint, *handout, *visibility;
    char *answer;  /* of ITEM_ANSWER: what is accepted, separated by '|' */
    bool by_staff; /* in a release for students, what is needed to score it is left out */
};

/* Section [own_tests]: half the points for wrong versions caught, half for coverage of the reference, each on a
 * straight line from what the handed-out example reaches alone (0) to what is enough (all). */
struct own_scale {
    int points;
    int chaffs_from, chaffs_to;
    int coverage_from, coverage_to; /* percent: the mean of lines and branches */
    bool chaffs_by_staff;           /* in a release for students, what a half needs is left out */
    bool coverage_by_staff;
};

/* Section [cost]: points for utilization and for cost on the traces of the lab's tests, each on a scale between two
 * values, in percent of what the lab's baseline comes to: none and all. */
struct cost_scale {
    int points; /* both together */
    int utilization_points, utilization_from, utilization_to;
    int cost_points, cost_from, cost_to; /* FROM is the larger: cost is better when it is less */
    int alignment;                       /* that replays demand; 0: the usual one */
    int bits;                            /* of the words of programs that heaplab replay builds: 32, or 64 (or 0) */
};

/* Can a replay demand that alignment, and can programs be built with words of so many bits? */
bool replay_can_align(int bytes);
bool replay_can_build(int bits);

struct rubric {
    char *lab;    /* "05-header-allocator" */
    char *number; /* "05" */
    char *path;   /* of rubric.ini */
    char *title;
    GStrv files; /* what a student hands in, in order */
    GStrv allow; /* further library functions their code may call */
    GStrv watch; /* system calls their code may make, watched by the judge */
    char *base;  /* the lab whose functions this one's code stands on; NULL for none */
    struct own_scale own;
    struct cost_scale cost;
    GPtrArray *items; /* struct item, in order */
};

/* Reads the rubric of LAB (a folder name). On a mistake in it returns NULL, and a sentence in *MISTAKE. */
struct rubric *rubric_read(const char *lab, char **mistake);

/* As above, but dies on a mistake. */
struct rubric *rubric_load(const char *lab);

void rubric_free(struct rubric *rubric);

/* The item called NAME; NULL if there is none. */
struct item *rubric_item(const struct rubric *rubric, const char *name);

/* Sum of all points, own tests included. */
int rubric_total(const struct rubric *rubric);

/* Is FILE one that is compiled into the subject? */
bool rubric_is_source(const char *file);

/* --- course/course.c: handouts/course.yaml ----------------------------------------------------------------------- */

/* The course that PATH describes, as grader/README.md says under "course.yaml". On mistakes NULL, and *MISTAKE holds
 * them, one sentence a line. */
json_t *course_read(const char *path, char **mistake);

/* The course of this kit; without the file one that has a name and labs, and no dates. Dies on a mistake. */
json_t *course_load(void);

/* LAB (a folder name) in COURSE: {lab, opens, opens_text, due, due_text, weight, share}. Borrowed; NULL if there is
 * none. */
const json_t *course_lab(const json_t *course, const char *lab);

/* How many percent of its points LAB loses when handed in at SUBMITTED: 0 in time or without a due date, 100 after the
 * last day of the late policy. */
int course_late_percent(const json_t *course, const char *lab, GDateTime *submitted);

/* The format in which the course's LMS reads the marks of a class: canvas, moodle, or csv for all others. */
const char *course_marks_format(const json_t *course);

/* --- intake/intake.c: from what was handed in to a fresh folder -------------------------------------------------- */

struct submission {
    const struct rubric *rubric;
    char *work;       /* the work folder; the files lie in its subfolder src */
    bool bits32;      /* it is built for 32 bits */
    bool measured;    /* its cost is counted, whether the rubric has points for it or not */
    char *problem;    /* why nothing can be built; NULL if all sources are there */
    GPtrArray *notes; /* sentences about files, for the student */
};

/* Copies the files that RUBRIC names out of FROM (a folder, a folder of labs, or one file). Dies only if FROM itself
 * is not there. */
struct submission *intake(const struct rubric *rubric, const char *from);
void submission_free(struct submission *submission);

/* A path below the work folder. */
char *submission_path(const struct submission *submission, const char *name);

/* --- build/build.c: from sources to a subject -------------------------------------------------------------------- */

/* Compiles and links the submission in the tool sandbox, with coverage counters if COVERAGE. Returns the result's
 * "build" object: {ok, problem, diagnostics}. The subject is work/subject. */
json_t *build(const struct submission *submission, bool coverage);

/* The folder of build/ that holds what SUBMISSION is linked with. Static. */
const char *build_support(const struct submission *submission);

/* Dies with the one command to type where programs of SUBMISSION's word size can't be built. */
void build_demand_bits(const struct submission *submission);

/* build/base.c. Where SUBMISSION's lab stands on an earlier one: puts the student's own code for that, from FROM (a
 * folder of labs), under it if it passes all tests, or if this kit has no other (a release for students); notes which
 * code it is. To be called before build, if build_needs_own_base or the student wants it. */
void build_own_base(struct submission *submission, const char *from);

/* Does RUBRIC's lab stand on one whose code this kit does not have? */
bool build_needs_own_base(const struct rubric *rubric);

/* A path of the kit as a tool sees it: THERE in its sandbox, HERE (taken over) without one. */
char *build_seen(const char *there, char *here);

/* build/tools.c. What a tool sees of the kit, beside the work folder. */
enum tool_view {
    VIEW_NOTHING,
    VIEW_COMPILE,  /* the contract headers; and of the work folder src/ and obj/ alone */
    VIEW_LINK,     /* what subjects and testers are linked with */
    VIEW_COVERAGE, /* gcovr.py */
};

/* Runs COMMAND (argv) in the tool sandbox over the work folder. ENVIRONMENT as in sandbox.h. Output goes to
 * work/OUTPUT (NULL: nowhere). Returns the exit status. */
int build_tool(const struct submission *submission, enum tool_view view, const char *const *command,
               const char *const *environment, const char *output);

/* Compiles SOURCES (names below src/, separated by spaces) to objects in the folder OBJECTS (obj, or below it). Returns
 * compile.sh's exit status; 0: all went well. */
int build_compile(const struct submission *submission, const char *sources, const char *flags, const char *objects,
                  const char *output);

/* build/program.c. What is wrong with the programs that were linked, as a sentence: code that is both written to and
 * run, instructions that speak to valgrind, constructors where cost counts; or NULL. */
char *program_problem(const struct submission *submission);

/* Bytes of work/subject that count like heap: all memory it may write to but the kit's own, and code and constants
 * beyond what is free (program.c). */
size_t program_static_bytes(const struct submission *submission);

/* --- judge/invoke.c: running the lab's judge --------------------------------------------------------------------- */

/* The names of the tests that the judge of LAB knows, or of those only whose code students do not get to see (those of
 * grader/labs/LAB/hidden/): a JSON array of strings. */
json_t *judge_tests(const char *lab, bool hidden);

struct grade_plan;

/* Runs the tests that PLAN asks for against work/subject. Returns the judge's JSON array, one object a test; counters
 * and memcheck's XML lie in work/evidence. */
json_t *judge(const struct submission *submission, const struct grade_plan *plan);

/* Runs the same tests against work/subject-counted, if there is one, for the counters that they leave in
 * work/COUNTED_FOLDER: how they end there is nobody's business. */
#define COUNTED_FOLDER "counted"
void judge_counted(const struct submission *submission, const struct grade_plan *plan);

/* Runs TEST alone and has its timeline written (judge/timeline.h), at a path below the work folder that comes back in
 * *TIMELINE. TRACE (may be NULL) is a trace's file; the test called "replay_0" replays it, in place of the lab's own.
 * Returns the judge's JSON array with one verdict. */
json_t *judge_timeline(const struct submission *submission, const struct grade_plan *plan, const char *test,
                       const char *trace, char **timeline);

/* As judge, but runs TESTS, or PLAN's traces if TESTS is NULL. */
json_t *judge_named(const struct submission *submission, const struct grade_plan *plan, GStrv tests);

/* Counts what the traces of TESTS cost (judge/cost.h), tests that have run and passed. Returns the judge's JSON array,
 * one object a test. */
json_t *judge_cost(const struct submission *submission, const struct grade_plan *plan, GStrv tests);

/* Lets subjects that run as nobody reach the programs in the work folder. */
void judge_open_to_nobody(const struct submission *submission);

/* --- evidence/: places, memcheck, coverage, own_tests, answers: what the judge alone cannot see ------------------ */

/* Turns each verdict's frames into "where": "in coalesce, free_list.c:87". */
void places(const struct submission *submission, json_t *verdicts);

/* "in coalesce, free_list.c:87" for the innermost of N frames that lies in one of FILES; NULL if none does. LINES is
 * what addr2line -f printed about them. */
char *places_where(const char *const *files, GStrv lines, guint n);

/* Turns what memcheck reported about a test into a failure of that test, in the student's terms. */
void memcheck(const struct submission *submission, json_t *verdicts);

/* Coverage of the student's files by the tests that ran: {lines: {covered, total, percent}, branches: {...},
 * unreached: [{file, line, source}]}; JSON null if there is none. HTML (may be NULL): a folder for gcovr's pages. */
json_t *coverage(const struct submission *submission, const char *html);

/* evidence/cost.c: what the allocator came to on the traces whose verdicts are in VERDICTS, as result.json's "cost"
 * holds it, but without points; JSON null if the rubric has no points for it. */
json_t *cost(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts);

/* The same for the lab's baseline, as the kit has measured it when it was built. */
json_t *cost_baseline(const struct rubric *rubric);

/* The student's own tests: {problem} or {tests, accepted, message, caught, chaffs, coverage}; null where the rubric has
 * no points for them. */
struct own_tests;

/* Coverage of two at once, which saves loading gcovr once more: of SUBMISSION's files, and of what lies in FOLDER of
 * its work folder as if it were another submission. */
void coverage_of_two(const struct submission *submission, const char *folder, json_t **of_first, json_t **of_second);

/* Starts them in a process of their own, beside the other stages. With COVERAGE_LATER, what is needed for the coverage
 * of the reference is left in the work folder, in OWN_TESTS_FOLDER, and "coverage" is true until it is added. */
#define OWN_TESTS_FOLDER "own"
struct own_tests *own_tests_start(const struct submission *submission, bool coverage_later);
void own_tests_add_coverage(json_t *own, json_t *covered);

/* Waits for the result; RUNNING is gone then. */
json_t *own_tests_finish(struct own_tests *running);

/* What the student answered in predictions.txt and diagnosis.txt: a table from "prediction-1" or "patient-1-class" to
 * the answer as answer_plain gives it. */
GHashTable *answers(const struct submission *submission);

/* ANSWER in lower case, each run of anything but letters and digits as one space, none at the ends. */
char *answer_plain(const char *answer);

/* --- score/score.c: points --------------------------------------------------------------------------------------- */

/* What the stages found; borrowed. VERDICTS is NULL if nothing was built. */
struct findings {
    json_t *built;
    json_t *verdicts;
    json_t *covered;
    json_t *own;  /* gets its points added */
    json_t *cost; /* the same; may be NULL */
};

/* One lab's result. */
json_t *score(const struct submission *submission, const struct findings *findings);

/* --- score/contest.c: points for utilization and cost ------------------------------------------------------------ */

/* Adds to COST, as evidence/cost.c makes it, "baseline", "relative", "points" and "max_points". */
void contest_score(json_t *cost, const json_t *baseline, const struct cost_scale *scale);

/* What TRACE, one of COST's traces, has to cost in all to count for no more than it does: the most that a trace can
 * count for. 0 if BASELINE does not have it. */
double contest_most(const json_t *trace, const json_t *baseline);

/* In percent of BASELINE's. */
double contest_relative_utilization(const json_t *cost, const json_t *baseline);
double contest_relative_cost(const json_t *cost, const json_t *baseline);

/* --- cli/grade.c: one grade, all stages -------------------------------------------------------------------------- */

struct grade_plan {
    const char *from;          /* where the submission is */
    bool coverage;             /* count lines and branches */
    GStrv only;                /* run these tests and what they need; NULL for all */
    bool first_failure;        /* no cost, and nothing behind the first test that fails, own tests included */
    bool own_base;             /* a lab on top of another stands on the student's own one, if that passes */
    const char *seed;          /* of the random tests; NULL for the usual one */
    const json_t *own_known;   /* what own_tests gave for the same my_tests.c before; NULL: find out */
    bool count_cost;           /* also where ONLY names tests */
    GStrv traces;              /* replay these files in place of the lab's tests; NULL: none */
    int alignment;             /* that replays demand; 0 for the usual one */
    const char *coverage_html; /* a folder for the coverage pages; NULL for none */

    /* Gets the lab's result (borrowed) as soon as the tests have run, before what takes longer: "coverage" and
     * "own_tests" are true where they are yet to come. NULL: nobody waits. */
    void (*early)(const json_t *result);
};

/* Grades LAB. Returns the lab's result. */
json_t *grade_lab(const char *lab, const struct grade_plan *plan);

/* The same from after intake; PLAN's folder is not looked at. */
json_t *grade_submission(const struct submission *submission, const struct grade_plan *plan);

/* The whole document around the labs' results (an array, taken over). */
json_t *grade_document(const char *submission_id, json_t *labs);

/* --- cli/results.c: results that were written before -------------------------------------------------------------- */

/* The result documents that PATH holds: one file, a folder of .json files, or a batch folder (its results/). An array
 * in the order of the files' names; each document gets an "id", the file's name without its ending, and has a
 * "student". Dies if there is none, or one that can't be read as a result. */
json_t *results_read(const char *path);

/* The same; each document is shown to VISIT as soon as it is read, and what that returns takes its place. */
typedef json_t *(*results_visit)(json_t *document, gpointer data);
json_t *results_read_each(const char *path, results_visit visit, gpointer data);

/* --- cli/waiting.c ---------------------------------------------------------------------------------------------- */

/* From now on a line says what is going on, if that takes longer than a second and stdout is a terminal. May be called
 * again to say something else. */
void waiting_begin(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* Ends it, and leaves nothing of the line. Nothing may be printed before that. */
void waiting_end(void);

/* --- cli/standing.c: what was reached in each lab so far, in .heaplab-progress.json ----------------------------------
 */

/* Notes RESULT, if FROM is the kit's own labs/. Trouble with the file costs a sentence on stderr, never a grade. */
void standing_note(const char *from, const json_t *result);

/* RESULT was packed to be handed in. */
void standing_submitted(const char *from, const json_t *result);

/* {LAB: {score, best, max_score, submitted, failing}}: the last score and the best; the score handed in, or null; the
 * first test that failed, or null. Labs never graded are not there. */
json_t *standing_read(void);

/* --- watch/watch.c -------------------------------------------------------------------------------------------------
 */

/* Grades LAB now and whenever one of its files in the submission's folder is saved, until the key that ends it. */
void watch(const char *lab, const struct grade_plan *plan);

/* --- explore/explore.c: heaplab explore -------------------------------------------------------------------------- */

/* A page of HTML, whole in itself, of the heap during TEST of LAB, or while the trace in the file TRACE is replayed;
 * the other one is NULL. Dies if nothing can be run or shown. */
char *explore(const char *lab, const struct grade_plan *plan, const char *test, const char *trace);

/* --- submit/: handing in, and starting over ---------------------------------------------------------------------- */

/* Grades LAB's files in FROM and packs them with the score card into OUTPUT, a .tar.gz. Says what was packed. */
void submit(const char *lab, const char *from, const char *output);

/* Puts the stubs of LAB back in the folder of labs LABS; what differed is kept in a folder backup-N beside them. */
void reset(const char *lab, const char *labs);

/* --- report/: one file a format ---------------------------------------------------------------------------------- */

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

/* Options of the terminal report, set once at the start. */
struct terminal {
    bool colour;
    bool unicode;
    int width;
    unsigned hint_steps; /* how many steps of a hint the story shows; 0 means 1 */
};
extern struct terminal terminal;

/* Looks at stdout, the locale and NO_COLOR. */
void terminal_detect(void);

/* Appends TEXT to OUT in lines of at most the terminal's width, each after INDENT columns. Words longer than a line
 * stay whole. */
void wrap(GString *out, const char *text, int indent);

/* What the report of LAB's early result lacks: coverage, the own tests, and the score with them. */
char *terminal_rest(const json_t *lab);

/* summary.c: several labs on one screen, piece by piece: LAB's line, and the end. */
char *summary_line(const json_t *lab);
char *summary_end(const json_t *document);

/* --- pages/: feedback as HTML ------------------------------------------------------------------------------------ */

/* Writes the pages of the batch folder DIR: index.html, pages/ID.html, similarity.json and pages/ID-and-ID.html. Dies
 * if DIR holds no results. */
void pages_write(const char *dir);

/* --- record/record.c: heaplab record ----------------------------------------------------------------------------- */

/* Runs COMMAND (argv) and writes the trace of its allocations, at most MOST operations (0: all), to OUTPUT. Returns the
 * command's exit status. */
int record(char **command, const char *output, guint most);

/* --- run/run.c: heaplab run --------------------------------------------------------------------------------------- */

/* Runs COMMAND (argv) on the allocator of LAB that lies in FROM, and reports to stderr. Returns the exit status. */
int run_program(const char *lab, const char *from, char **command);

/* --- selfcheck/selfcheck.c: heaplab check ------------------------------------------------------------------------ */

/* The kit against itself, for LABS (folder names); their rubrics alone, if so asked. Prints what it finds; returns how
 * many things were wrong. */
int selfcheck(const GPtrArray *labs, bool rubrics_alone);

#endif
