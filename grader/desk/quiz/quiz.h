// SPDX-License-Identifier: MIT
/*
 * quiz.h - what the files of quiz/ share: questions about a student's own code, with answers found by running it.
 *
 *   draw.c       chance that the bytes of the files, the student's id and the seed determine
 *   traces.c     short traces of allocations, made up by chance
 *   material.c   runs the code on tests and traces, and keeps what it did, step by step and store by store
 *   sites.c      the lines that did it, and which of them are the student's own
 *   lines.c      what stands in a line, and which lines run straight on from one
 *   mutants.c    the code with a line changed, run again
 *   heap.c       the heap's blocks and words at a moment of a run
 *   question.c   puts a question together: options or an answer, reason, proof
 *   quiz.c       chooses the questions of a quiz: heaplab quiz
 *   terminal.c   asks them one by one
 *   pick.c       moments by chance
 *   page.c       a quiz as a page; moodle.c, qti.c: for other systems
 *   kinds/       one kind of question a file; the linker collects them
 *
 * Theory of operation
 * -------------------
 * The code is compiled once, watched (wire/watched.h) and with a step recorded wherever a run of lines without a branch
 * begins, and run on some of the lab's tests, or on made-up traces where the lab is an allocator. A kind picks a moment
 * by chance and asks what the code did there. Where the answer is a line or a number, it has to be written; where there
 * are options, the wrong ones are what the code did elsewhere. A question says how its answer can be found once more in
 * another way ("proof"); the kit's tests do that with gdb.
 *
 * A quiz (JSON):
 *
 *   schema, lab, title, student, seed
 *   about       16 digits that the bytes of the student's files determine
 *   questions   array of {kind, function, text, calls: [a line of C, ...], picture: [a line, ...], form, options,
 * answer, reason, proof: {run, call, ...}} form        what is to be written: "line", "number", "place" (a number, or
 * an address in the heap), or "choice" options     of a choice, 4 to 7 texts; otherwise none: whoever has not read the
 * code could pick by elimination answer      of a choice, the option's index from 0; otherwise a text
 * ("free_list.c:115", "144", "heap + 48")
 */
#ifndef HEAPLAB_QUIZ_H
#define HEAPLAB_QUIZ_H

#include "desk/explore/explore.h"

/* --- draw.c --- */

struct draw;

/* KEY (text) determines all that is drawn. */
struct draw *draw_new(const char *key);
void draw_free(struct draw *draw);

/* A number from 0 to N - 1; N is at least 1. */
guint draw_below(struct draw *draw, guint n);

void draw_shuffle(struct draw *draw, GPtrArray *array);

/* --- traces.c --- */

/* The text of a .rep trace. LARGE: some blocks have a thousand bytes and more. RESIZES: some are reallocated. */
char *traces_make(struct draw *draw, bool large, bool resizes);

/* --- sites.c --- */

/* An instruction that steps or stores were reported from. */
struct site {
    char *function;
    const char *file; /* borrowed from sources; NULL: not in the student's files */
    guint line;
    guint then;     /* the line of the next instruction, where that is another one of this file; 0 */
    char *text;     /* the line, without its indentation; NULL without a file */
    bool begins;    /* a step here means that this line begins. Where branches join, the compiler may name the line that
                     * one of them ended with */
    bool ends;      /* a step here means that the function ends, and nothing of a line runs */
    bool stepped;   /* steps were seen here, and not only stores */
    bool own;       /* in a function that the student wrote or changed */
    bool simple;    /* the line is one statement, which runs whenever a step comes by here */
    bool statement; /* it can be left out, and the rest compiles */
};

void site_free(gpointer site);

struct material;

/* Makes MATERIAL's sites from CODES, addresses as text. */
void sites_make(struct material *material, const GPtrArray *codes);

/* Do two sites mean the same line? */
bool sites_same_line(const struct site *a, const struct site *b);

/* "free_list.c:87". Never with the line's text, from which the contract's readers could tell what it is for. */
char *site_option(const struct site *site);

/* --- lines.c --- */

/* What stands in a line, without its comments. */
enum line {
    LINE_EMPTY,     /* nothing that runs: a comment, a declaration without a value */
    LINE_STATEMENT, /* one whole statement and nothing else: an assignment, a call, a return */
    LINE_CONTROL,   /* ends a run of lines: a condition, the end of a loop, break, continue */
    LINE_BRACE,     /* a closing brace alone */
    LINE_OTHER
};

enum line line_is(const char *text);

/* Does the regular expression PATTERN match in TEXT? */
bool line_matches(const char *pattern, const char *text);

/* The text before LINE (from 1), without empty lines; "" before the first. */
const char *line_above(GStrv lines, guint line);

/* Does a statement begin at LINE, or does it go on with what the line before began? */
bool line_begins_statement(GStrv lines, guint line);

/* The lines of TEXT, or of SITE's file, without indentation; free with g_strfreev. */
GStrv lines_stripped(const char *text);
GStrv lines_of_site(const struct material *material, const struct site *site);

/* The first line below LINE (from 1) in LINES that is not LINE_EMPTY; 0: none. */
guint line_below(GStrv lines, guint line);

/* The last of the statements that run straight on from that of SITE, without a branch: its own line if it is alone. */
guint line_at_end(const struct material *material, const struct site *site, GStrv lines);

/* --- material.c --- */

struct step {
    guint operation;
    guint site;
};

struct write {
    guint operation;
    int site; /* -1: the test or the judge */
    gint64 offset, bytes;
    const char *data; /* as in explore.h; borrowed from the run */
};

/* A lock was taken, or given back, when STEPS steps of the run had been made. */
struct lock_use {
    guint operation, site, lock, steps;
    bool taken;
};

/* One test, or one trace, on the student's code. */
struct quiz_run {
    char *test;       /* NULL: a trace */
    char *trace;      /* its text; NULL */
    json_t *data;     /* as timeline_read leaves it */
    GPtrArray *texts; /* one an operation: the call as a line of C that gives no result away */
    guint first;      /* the operation that is call 1: 1 if operation 0 is the heap before, otherwise 0 */
    guint operations;
    guint in_turn;  /* the schedule by which threads made their calls in turn; 0: no threads */
    bool whole;     /* all memory that the code can see is in the writes (no other's heap before the first call) */
    GArray *steps;  /* struct step */
    GArray *writes; /* struct write */
    GArray *locks;  /* struct lock_use; empty but for threads */
};

struct material {
    struct rubric *rubric;
    struct submission *submission;
    char *about;               /* what all answers depend on: the bytes of the student's files, as a checksum */
    struct grade_plan one_run; /* PLAN, with a schedule by chance if there are threads */
    json_t *sources;           /* the text of each of the student's files */
    GHashTable *known;         /* struct outcome by what was run: no run is made twice */
    bool is_built;
    bool has_threads; /* the lab has: its tests run by one schedule, and each call ends before another thread goes on */
    GPtrArray *sites; /* struct site */
    GPtrArray *runs;  /* struct quiz_run */
    GPtrArray *checks; /* struct quiz_run: a test of the lab's heap checker; may be empty */
    guint *builds;     /* how many wrong versions may still be built: each takes time */
};

/* Takes LAB's code as PLAN says. Dies with a sentence if its files are not there. */
struct material *material_new(const char *lab, const struct grade_plan *plan);

/* Runs it for one quiz, in place of what was run for the last. Dies with a sentence if it can't be built, or if a test
 * that is asked about fails. */
void material_collect(struct material *material, struct draw *draw);
void material_free(struct material *material);

/* What running a test or a trace left. */
struct outcome {
    json_t *data;    /* the timeline as timeline_read leaves it; NULL: none */
    json_t *verdict; /* the judge's */
};

/* Runs TEST, or replays TRACE (a text) if that is NULL, on what was built last. The caller lets go of both parts. */
struct outcome outcome_of(const struct material *material, const char *test, const char *trace);

/* What was found out before under KEY; otherwise FIND does it now. The caller lets go of both parts. */
struct outcome outcome_known(const struct material *material, const char *key,
                             struct outcome (*find)(const struct material *material, gconstpointer what),
                             gconstpointer what);

/* A key for such a run. Free with g_free. */
char *outcome_key(const struct material *material, const char *test, const char *trace);
void outcome_free(gpointer outcome);

/* Does the contract of MATERIAL's lab say how blocks are laid out, and in what order free ones are taken? Then
 * questions about places and words could be answered from that alone; or code that is given may do it. */
bool material_layout_is_given(const struct material *material);

/* How often the line of SITE runs during OPERATION. */
guint run_times(const struct material *material, const struct quiz_run *run, guint site, guint operation);

/* --- mutants.c --- */

/* What a wrong version of the code did in a run. */
struct mutant {
    bool passed;
    int failing;   /* the operation that failed; -1 if it passed */
    char *message; /* how */
    json_t *data;  /* its timeline */
};

/* Builds the code with the line of SITE replaced by TEXT, and does RUN again. NULL if it does not compile, runs out of
 * time, or fails after the calls that a question can be about. */
struct mutant *mutant_make(const struct material *material, const struct quiz_run *run, const struct site *site,
                           const char *text);
void mutant_free(struct mutant *mutant);

/* What the compiler makes of EXPRESSION, an integer constant from 1, after the line of SITE; -1 if it can't tell. */
gint64 mutant_constant(const struct material *material, const struct site *site, const char *expression);

/* --- heap.c --- */

struct block {
    gint64 offset, bytes;
    char kind; /* u, f, d */
    gint64 header, footer;
};

/* The blocks after OPERATION in order of address: an array of struct block, to free. Empty where the lab draws none. */
GArray *heap_blocks(const struct quiz_run *run, guint operation);

/* Does a program break move the heap, so that readers can work out addresses in it? Not where malloc gives memory. */
bool heap_has_break(const struct quiz_run *run, guint operation);

/* "heap + 32: used, 64 bytes" and so on, a line a block: a JSON array. */
json_t *heap_picture(const struct quiz_run *run, guint operation);

/* All bytes of the heap after OPERATION, two hexadecimal digits each; 00 where nothing was written. Only for runs whose
 * writes are short enough to be kept in full. Free with g_free. */
char *heap_image(const struct quiz_run *run, guint operation);

/* The number that the 8 bytes at OFFSET hold after OPERATION, if a store of the student's in OPERATION wrote the last
 * of them. False if that is not so or not known. */
bool heap_word(const struct quiz_run *run, gint64 offset, guint operation, guint64 *value);

/* VALUE as a reader would say it: "heap + 48", "NULL (0)", "64". */
char *heap_value(guint64 value);

/* --- question.c --- */

/* The more there are, the less a guess is worth. */
enum { LEAST_OPTIONS = 4, MOST_OPTIONS = 7 };

struct quiz_question {
    const struct quiz_kind *kind;
    char *function; /* that it is about; to spread questions */
    char *text;
    const struct quiz_run *run;
    guint operation;    /* calls up to this one are shown */
    bool picture;       /* with the heap after it */
    json_t *words;      /* owned: shown instead of calls and picture; NULL */
    bool alone;         /* about the code alone: no calls are shown */
    const char *form;   /* of the answer, if it is to be written: as above */
    char *answer;       /* NULL: there are options */
    GPtrArray *options; /* texts; the first is right */
    char *reason;
    json_t *proof;
};

struct quiz_question *question_new(const struct quiz_kind *kind, const struct quiz_run *run, guint operation);
void question_free(struct quiz_question *question);

/* Adds an option (taken over) unless it is there already, or there are enough. The correct one comes first. */
void question_option(struct quiz_question *question, char *text);

/* The answer is TEXT (taken over), to be written in FORM ("line", "number", "place"); there are no options. */
void question_answer(struct quiz_question *question, const char *form, char *text);

/* Adds as options the lines of the sites NEAR in an order by chance, then those of FAR. */
void question_lines(struct quiz_question *question, GPtrArray *near, GPtrArray *far, struct draw *draw);

/* Adds as options the calls that OPERATIONS (GUINT_TO_POINTER) holds, in an order by chance. */
void question_calls(struct quiz_question *question, GPtrArray *operations, struct draw *draw);

/* The number of OPERATION as a reader counts calls. */
guint question_call(const struct quiz_run *run, guint operation);

/* "call 4 (mm_free(p1))" */
char *question_call_text(const struct quiz_run *run, guint operation);

/* The function that OPERATION calls. Free with g_free. */
char *question_function(const struct quiz_run *run, guint operation);

/* The finished question, its options in an order by chance; NULL if it has too few. */
json_t *question_finish(struct quiz_question *question, struct draw *draw);

/* --- kinds/ --- */

struct quiz_kind {
    const char *name;
    const char *purpose; /* what it asks, in a few words */
    bool needs_mutants;
    bool of_contract; /* the contract alone may decide it: only a few of a quiz's questions are of such kinds */
    bool has_options; /* also only a few */

    /* A question at a moment drawn by chance; NULL if that gives none. */
    struct quiz_question *(*ask)(const struct quiz_kind *kind, const struct material *material, struct draw *draw);
};

/* The linker puts these pointers next to each other, from __start_heaplab_quiz_kinds on. */
#define QUIZ_KIND(word, purpose, needs_mutants, of_contract, has_options)                                              \
    static const struct quiz_kind the_kind = {#word, purpose, needs_mutants, of_contract, has_options, ask_##word};    \
    static const struct quiz_kind *const listed __attribute__((used, section("heaplab_quiz_kinds"))) = &the_kind

extern const struct quiz_kind *const __start_heaplab_quiz_kinds[];
extern const struct quiz_kind *const __stop_heaplab_quiz_kinds[];

/* --- pick.c --- */

/* A step that came by an own simple line. */
struct moment {
    const struct quiz_run *run;
    guint at; /* which of the run's steps */
    struct step step;
    const struct site *site;
};

/* A moment by chance. False if there is none in a few tries. */
bool pick_step(const struct material *material, struct draw *draw, struct moment *moment);

/* --- terminal.c --- */

/* The question as text, its number from 1. */
char *quiz_question_text(const json_t *question, guint number);

/* What stands above its calls. */
const char *quiz_calls_heading(const json_t *question);

/* --- page.c --- */

/* Appends what is asked, without the options, as HTML. */
void quiz_add_body(GString *out, const json_t *question);

#endif
