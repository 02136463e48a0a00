// SPDX-License-Identifier: MIT
/*
 * config.h - what instructors write: each lab's rubric.ini, and handouts/course.yaml.
 */
#ifndef HEAPLAB_CONFIG_H
#define HEAPLAB_CONFIG_H

#include "kit/kit.h"

/* --- rubric.c: rubric.ini --- */

enum item_kind { ITEM_TEST, ITEM_ANSWER };

/* A question for one way to fail: a status ("crashed"), or words of what the failure says. */
struct question {
    char *of;
    char *text;
};

struct item {
    enum item_kind kind;
    char *name;  /* of the test, or "prediction-1", or "patient-1-class" */
    char *title; /* one sentence that says what the test requires */
    int points;
    GStrv needs; /* names of tests that must pass first; may be empty */
    char *question, *hint, *handout, *visibility;
    GPtrArray *questions; /* struct question: each for one way to fail, in place of QUESTION */
    char *types;          /* a file of the lab's tests with assertions about the student's types; NULL for none */
    char *trace;          /* in a lab that is judged as another: the file in the lab's traces/ that is replayed */
    int weight;           /* of TRACE in the course's formula: enum trace_weight */
    char *answer;         /* for ITEM_ANSWER: the accepted answers, separated by '|'; NULL for questions of a quiz */
    bool by_staff;        /* a release for students leaves out what is needed to score it */
};

/* What counts of a trace, by the numbers that malloc labs give them; a trace that says nothing else counts for both. */
enum trace_weight { WEIGHT_NONE, WEIGHT_BOTH, WEIGHT_UTILIZATION, WEIGHT_SPEED };

/* Section [own_tests]: half the points for wrong versions caught, half for coverage of the reference, each growing
 * linearly from what the handed-out example reaches by itself (no points) to what earns all points. */
struct own_scale {
    int points;
    int chaffs_from, chaffs_to;
    int coverage_from, coverage_to; /* percent: the mean of lines and branches */
    bool chaffs_by_staff;           /* a release for students leaves out what this half needs */
    bool coverage_by_staff;
};

/* Section [cost]: points for utilization and for cost on the traces of the lab's tests, each scaled between two values,
 * in percent of the result of the lab's baseline: no points and all points. */
struct cost_scale {
    int points; /* both together */
    int utilization_points, utilization_from, utilization_to;
    int cost_points, cost_from, cost_to; /* FROM is the larger: lower cost is better */
    int alignment;                       /* that replays require; 0: not said */
    int bits;                            /* word size of the programs that heaplab replay builds: 32, or 64 (or 0) */
    size_t heap;                         /* the most bytes that a heap may have; 0: all there is */
};

/* Section [formula]: how another course's driver scored the same work, told beside this kit's points. */
struct formula {
    bool given;
    int utilization_weight; /* percent; the rest is for speed */
    int full_speed;         /* percent of the baseline's speed from which on speed counts in full */
};

/* Can a replay require an alignment of BYTES, and can programs be built with words of BITS? */
bool replay_can_align(int bytes);
bool replay_can_build(int bits);

/* Section [quiz]: questions about the student's own code, answered in quiz.txt. Each is an item, "quiz-1" and so on. */
struct quiz_scale {
    int points; /* all together; 0: no quiz */
    int questions;
};

struct rubric {
    char *lab;    /* "05-header-allocator" */
    char *number; /* "05" */
    char *path;   /* of rubric.ini */
    char *title;
    GStrv files;     /* what a student hands in, in order */
    GStrv also;      /* what they may hand in besides: names, or patterns such as "*.h"; may be empty */
    GStrv allow;     /* additional library functions that their code may call */
    GStrv watch;     /* system calls their code may make, watched by the judge */
    char *base;      /* the lab whose functions this one's code uses; NULL for none */
    char *judged_as; /* the lab whose judge tries what is handed in here, on the traces of this one; NULL for its own */
    char *shares;    /* a folder of grader/labs whose files its tests are linked with; NULL for none */
    struct own_scale own;
    struct cost_scale cost;
    struct formula formula;
    struct quiz_scale quiz;
    GPtrArray *questions; /* struct question: for ways to fail that any test may have */
    GPtrArray *items;     /* struct item, in order */
};

/* Reads the rubric of LAB (a folder name). On a mistake returns NULL and puts a sentence into *MISTAKE. */
struct rubric *rubric_read(const char *lab, char **mistake);

/* As above, but dies on a mistake. */
struct rubric *rubric_load(const char *lab);

void rubric_free(struct rubric *rubric);

/* The lab whose judge, table of calls and subject belong to RUBRIC's lab: its own name, or what judged_as says. */
const char *rubric_machine(const struct rubric *rubric);

/* What replays require of payloads, in bytes: the rubric's, else two words at 32 bits, as courses that build for them
 * do. 0: the usual one. */
int rubric_alignment(const struct rubric *rubric, bool bits32);

/* The path of ITEM's trace. Free with g_free. */
char *rubric_trace(const struct rubric *rubric, const struct item *item);

/* The item called NAME; NULL if there is none. */
struct item *rubric_item(const struct rubric *rubric, const char *name);

/* The question to ask about a failure of ITEM with STATUS, whose message, expected and found are TEXTS (each may be
 * NULL): the first of the test that is for this way to fail, then of the lab, then the usual one of the test. */
const char *rubric_question(const struct rubric *rubric, const struct item *item, const char *status,
                            const char *const texts[3]);

/* Is ITEM a question of the quiz? */
bool item_is_of_quiz(const struct item *item);

/* Sum of all points, own tests included. */
int rubric_total(const struct rubric *rubric);

/* Does RUBRIC take FILE, a name, whether it has to be there or not? */
bool rubric_takes(const struct rubric *rubric, const char *file);

/* Is FILE compiled into the subject? */
bool rubric_is_source(const char *file);

/* --- test_names.c: tests by the names that people type --- */

/* May students see ITEM? */
bool item_is_shown(const struct item *item);

/* The item of RUBRIC called NAME, if students may see it. Dies and suggests similar names if there is none. */
struct item *shown_item(const struct rubric *rubric, const char *name);

/* The same, but also dies if the item is an answer in words. */
struct item *shown_test(const struct rubric *rubric, const char *name);

/* --- course.c: handouts/course.yaml --- */

/* The course that PATH describes, in the form that grader/README.md documents under "course.yaml". On mistakes returns
 * NULL and puts them into *MISTAKE, one sentence per line. */
json_t *course_read(const char *path, char **mistake);

/* The course of this kit; without the file, a course with a name and labs but no dates. Dies on a mistake. */
json_t *course_load(void);

/* LAB (a folder name) in COURSE: {lab, opens, opens_text, due, due_text, weight, share, column, out_of}. Borrowed; NULL
 * if there is none. */
const json_t *course_lab(const json_t *course, const char *lab);

/* The moment that TEXT names: "2026-11-10" or "10.11.2026", with a time or without, "2026-11-10 21:05", which may have
 * seconds, AM or PM, and an offset ("Z", "UTC", "+01:00"); otherwise it is in the course's zone. NULL if it names none.
 * Free with g_date_time_unref. */
GDateTime *course_moment(const json_t *course, const char *text);

/* Does TEXT tell how long somebody has more time: a moment, or a number of days? */
bool course_reads_extension(const char *text);

/* When LAB is due for somebody with EXTENSION: a moment, a number of days, or "". NULL if it has no due date. */
GDateTime *course_due(const json_t *course, const char *lab, const char *extension);

/* What being late costs: days that have begun, how many of them SLIP_LEFT covers, and the percentage of the points: 0
 * in time or without a due date, 100 after the last day of the late policy. */
struct lateness {
    long long days, slip_days;
    int percent;
};
struct lateness course_lateness(const json_t *course, GDateTime *due, GDateTime *submitted, long long slip_left);

/* The format in which the course's LMS reads the marks of a class: canvas, moodle, nbgrader, or csv for all others. */
const char *course_marks_format(const json_t *course);

/* --- table.c and roster.c: who is in the course --- */

/* The rows of the table in PATH (each a GPtrArray of texts), empty rows left out. On a mistake returns NULL and puts a
 * sentence into *MISTAKE. */
GPtrArray *table_read(const char *path, char **mistake);

/* The roster in PATH: {students: [{name login number sis email github identifier section group team extension submitted
 * slip_used status}], withdrawn: [the same], titles: {...}}, each text only if the roster has it, students in its
 * order. WITHDRAWN have a status that says so. On a mistake returns NULL and puts a sentence into *MISTAKE. */
json_t *roster_read(const char *path, char **mistake);

#endif
