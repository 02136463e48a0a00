// SPDX-License-Identifier: MIT
/*
 * grade.h - one grade, stage by stage:
 *
 *     intake -> build -> judging -> evidence (places, memcheck, types, coverage, cost, own_tests, answers) -> score
 *
 * Each stage is one file, named in the title of its section. No stage calls another: grade.c alone knows their order. A
 * submission's files live in a work folder of its own, made by intake and removed at the end. What the stages find out
 * goes into one JSON object a lab, described in grader/README.md under "result.json"; every report is made from that
 * and from nothing else.
 */
#ifndef HEAPLAB_GRADE_H
#define HEAPLAB_GRADE_H

#include "config/config.h"

struct submission;

/* --- grade.c: one grade, all stages --- */

struct grade_plan {
    const char *from;                                                          /* where the submission is */
    struct submission *(*take)(const struct rubric *rubric, const char *from); /* in place of intake; NULL: intake */
    bool coverage;                                                             /* count lines and branches */
    GStrv only;          /* run these tests and what they need; NULL for all */
    bool first_failure;  /* no cost, and nothing after the first test that fails, own tests included */
    bool own_base;       /* a lab on top of another stands on the student's own one, if that passes */
    unsigned operations; /* that a timeline holds, from the first on; 0: all */
    unsigned in_turn;    /* threads make their calls one after the other, by this schedule alone; 0: they don't */
    unsigned schedule;   /* tests run otherwise than usual, as the judge's --schedule says; 0: they don't */
    unsigned (*again)(const json_t *verdicts); /* how many more times to judge, otherwise than usual; NULL: none */
    GString *differences;                      /* what came out differently then, in sentences */
    const char *seed;                          /* of the random tests; NULL for the usual one */
    const json_t *own_known;                   /* what own_tests gave for the same my_tests.c before; NULL: find out */
    bool count_cost;                           /* also where ONLY names tests */
    GStrv traces;                              /* replay these files in place of the lab's tests; NULL: none */
    int alignment;                             /* that replays demand; 0 for the usual one */
    size_t heap;                               /* the most bytes that a replay's heap may have; 0 for all there is */
    bool check_each;                           /* replays ask mm_checkheap after every operation */
    const char *compiler;                      /* for replays; NULL for gcc */
    bool no_cost;                              /* replays are judged, and nothing is counted */
    const char *coverage_html;                 /* a folder for the coverage pages; NULL for none */
    const char *keep; /* a folder where the graded files of LAB are kept, in its folder LAB; NULL for none */

    /* Gets the lab's result (borrowed) as soon as the tests have run, before what takes longer: "coverage" and
     * "own_tests" are true where they are yet to come. NULL: nobody waits. */
    void (*early)(const json_t *result);
};

/* Grades LAB. Returns the lab's result. */
json_t *grade_lab(const char *lab, const struct grade_plan *plan);

/* The same from after intake; PLAN's folder is not looked at. */
json_t *grade_submission(const struct submission *submission, const struct grade_plan *plan);

/* Runs TEST alone, or replays the trace in the file TRACE, and has its timeline written to *TIMELINE (judge_timeline).
 * Returns the verdicts. Dies if nothing can be built. */
json_t *grade_timeline(struct submission *submission, const struct grade_plan *plan, const char *test,
                       const char *trace, char **timeline);

/* For questions about code (desk/quiz): takes PLAN's submission to RUBRIC's lab, as intake does. Once it is built, its
 * timelines have steps. Free with submission_free. */
struct submission *grade_take_for_steps(const struct rubric *rubric, const struct grade_plan *plan);

/* Builds it for timelines, on the base that PLAN wants. Dies if that can't be. */
void grade_build_on_base(struct submission *submission, const struct grade_plan *plan);

/* As grade_timeline, for a submission that is built. What the run before has left is gone then. */
json_t *grade_built_timeline(const struct submission *submission, const struct grade_plan *plan, const char *test,
                             const char *trace, char **timeline);

/* Builds a submission that was built before, and has been changed since. If FILLED, local variables that it does not
 * initialise hold a pattern of bytes, and not what is there by chance. Returns the result's "build" object. */
json_t *grade_build_changed(struct submission *submission, bool filled);

/* What the allocator came to on PLAN's traces, or on those of the lab's tests, as "cost" in result.json but without
 * points, and with "failure" in traces that were not replayed to their end: as a test in result.json. Dies if nothing
 * can be built, or if there are no traces. */
json_t *grade_traces(const struct submission *submission, const struct grade_plan *plan);

/* The same for an allocator that was written for another course (foreign/foreign.h). */
json_t *grade_foreign_traces(struct submission *submission, const struct grade_plan *plan);

/* The whole document around the labs' results (an array, taken over). */
json_t *grade_document(const char *submission_id, json_t *labs);

/* --- intake.c: from what was handed in to a fresh folder --- */

struct submission {
    const struct rubric *rubric;
    char *work;       /* the work folder; the files lie in its subfolder src */
    bool bits32;      /* it is built for 32 bits */
    bool measured;    /* its cost is counted, whether the rubric has points for it or not */
    bool forgives;    /* it is watched only to record what it does: no access is refused */
    char *problem;    /* why nothing can be built; NULL if all sources are there */
    GPtrArray *notes; /* sentences about files, for the student */

    char *changed_header; /* a header of the lab that differs from the one in this kit; NULL: none */

    GStrv sources; /* what is compiled, below src/; NULL: the sources that the rubric names */

    /* For replays, which take more than a grade; NULL: as a grade does it. */
    GStrv renames;        /* "OLD=NEW": what symbols are called when they are linked */
    char *flags;          /* more options for the compiler, each after a space */
    const char *compiler; /* instead of gcc */
    bool without_realloc; /* replays call only mm_malloc and mm_free */
    bool segment;         /* the allocator got the whole heap at once: a replay's heap ends with its last block */
};

/* Copies the files that RUBRIC names out of FROM (a folder, a folder of labs, or one file). Dies only if FROM itself
 * is not there. */
struct submission *intake(const struct rubric *rubric, const char *from);

/* The same, but what is built from it is for words of 32 bits if BITS32, and its cost is counted. */
struct submission *intake_to_measure(const struct rubric *rubric, const char *from, bool bits32);

/* A submission with no files and no sources yet, for words of 32 bits if BITS32, whose cost is counted. COMPILER: in
 * place of gcc, or NULL; it must live as long as the submission. */
struct submission *intake_nothing(const struct rubric *rubric, bool bits32, const char *compiler);

/* Copies PATH to FILE below src/. What is wrong with it goes to SUBMISSION's problem or notes. */
void intake_file(struct submission *submission, const char *path, const char *file);

void submission_free(struct submission *submission);

/* finding.c: the folder in FROM that holds RUBRIC's lab; FROM itself if none does, or if it cannot be told. *NOTE
 * becomes a sentence if that is not a matter of course. */
char *find_lab_folder(const char *from, const struct rubric *rubric, char **note);

/* The path of FILE, which RUBRIC names, in FOLDER or below it; NULL with a sentence in *PROBLEM if it is not there, or
 * there twice. */
char *find_file(const char *folder, const char *file, const struct rubric *rubric, char **problem, char **note);

/* The path of FILE somewhere in FROM, apart from RUBRIC's other files: tests may have a folder of their own. NULL if it
 * is not there, or if it could be one of several. *NOTE becomes a sentence. */
char *find_apart(const char *from, const char *file, const struct rubric *rubric, char **note);

/* Is PATH, handed in as FILE, just as it was handed out? False where this kit cannot tell. */
bool is_untouched(const struct rubric *rubric, const char *file, const char *path);

/* room.c: dies with a fault where LAB can't be graded in the folder WORK: no room, no program may run there, limits
 * that are too low, files that tools can't read. */
void room_surroundings(const char *lab, const char *work);

/* After a tool has failed: dies with a fault if FOLDER has no room for what it had to write. */
void room_demand(const char *folder);

/* sound.c: dies with a fault if even one of the kit's own files does not compile the way SUBMISSION's did not. */
void sound_compiler(const struct submission *submission);

/* handed_out.c: the kit's files in the folder of LAB, as the other two take them; empty if it has no list. Free with
 * g_strfreev. */
GStrv handed_out_list(const char *lab);

/* Is FILE in LIST? */
bool handed_out(GStrv list, const char *file);

/* The name of a header in FOLDER that is not as LIST says; NULL if there is none. Free with g_free. */
char *handed_out_changed(GStrv list, const char *folder);

/* --- submission.c: where a submission's files lie, and which they are --- */

/* A path below the work folder. */
char *submission_path(const struct submission *submission, const char *name);

/* Are the loads and stores of SUBMISSION's code looked at (wire/watched.h)? Not where its cost is counted. */
bool submission_is_watched(const struct submission *submission);

/* Sources and headers that the kit adds to a student's begin like this; intake takes none of that name. */
#define KITS_PREFIX "heaplab_"

/* The C files, below src/, that SUBMISSION is compiled from; these, and what they may include: all that holds code of
 * the student's. Free with g_strfreev. */
GStrv submission_sources(const struct submission *submission);
GStrv submission_texts(const struct submission *submission);

/* Are grades of RUBRIC's lab for words of 32 bits? Those of an imported lab may be. */
bool rubric_is_narrow(const struct rubric *rubric);

/* --- build.c: from sources to a subject --- */

/* Compiles and links the submission in the tool sandbox, with coverage counters if COVERAGE. Returns the result's
 * "build" object: {ok, problem, diagnostics}. The subject is work/subject. */
json_t *build(const struct submission *submission, bool coverage);

/* The folder of build/ that holds what SUBMISSION is linked with. Static. */
const char *build_support(const struct submission *submission);

/* Dies with the one command to type where programs of SUBMISSION's word size can't be built. */
void build_demand_bits(const struct submission *submission);

/* The same before many submissions to RUBRIC's lab. */
void build_demand_for(const struct rubric *rubric);

/* Does this line of a compiler's or an assembler's output name a line of a source? Otherwise the error may be the
 * machine's. */
bool build_names_place(const char *error);

/* names.c: what is wrong with the names of the joined object, as a sentence; or NULL. */
char *names_problem(const struct submission *submission);

/* The names that the joined object needs from others, and that this lab's code may not call. Free with g_strfreev. */
GStrv names_unknown(const struct submission *submission);

/* Does the function NAME of the C library take memory from its heap, or give it back? */
bool names_of_heap(const char *name);

/* fold.c: rewrites constants in SUBMISSION's sources that are used as only a literal may be, if the compiler complained
 * about that; MESSAGES is the file in the work folder that says so. False if there is nothing to rewrite. */
bool fold_constants(const struct submission *submission, const char *messages);

/* unwatched.c: what keeps SUBMISSION's code, or the TEXT of FILE, from being watched, as a sentence; or NULL.
 * unwatched_expanded reads what the preprocessor made of FILE, which is worth it if the file makes words that it does
 * not have. */
char *unwatched_part(const struct submission *submission);
char *unwatched_words(const char *text, const char *file);
bool unwatched_makes_words(const char *text);
char *unwatched_expanded(const char *text, const char *file);

/* unseen.c: what of SUBMISSION's types, or of those in the program at the path PROGRAM, lets code load and store where
 * the compiler has nobody watch, as a sentence; or NULL. The caller frees it. */
char *unseen_part(const struct submission *submission);
char *unseen_in(const char *program);

/* A path of the kit as a tool sees it: THERE in its sandbox, HERE (taken over) without one. */
char *build_seen(const char *there, char *here);

/* tools.c. What a tool sees of the kit, besides the work folder. */
enum tool_view {
    VIEW_NOTHING,
    VIEW_COMPILE,  /* the contract headers; of the work folder only src/ and obj/ */
    VIEW_LINK,     /* what subjects and testers are linked with */
    VIEW_COVERAGE, /* gcovr.py */
};

/* Runs COMMAND (argv) in the tool sandbox over the work folder. ENVIRONMENT as in sandbox.h. Output goes to
 * work/OUTPUT (NULL: nowhere). Returns the exit status. */
int build_tool(const struct submission *submission, enum tool_view view, const char *const *command,
               const char *const *environment, const char *output);

/* Exit statuses of compile.sh and link.sh. */
enum { STEP_OK = 0, STEP_COMPILE = 10, STEP_JOIN = 11, STEP_LINK = 12 };

/* Compiles SOURCES (names below src/, separated by spaces) to objects in the folder OBJECTS (obj, or below it). Returns
 * compile.sh's exit status. */
int build_compile(const struct submission *submission, const char *sources, const char *flags, const char *objects,
                  const char *output);

/* --- compile.c: with which options --- */

/* A program to make: from objects in FOLDER, optimised or with counters of coverage. OUTPUT gets the compiler's
 * messages; NULL: there are none. */
struct wanted_program {
    const char *program, *folder, *output;
    bool optimised, coverage;
};

/* Functions that are `inline`, and that only other files call, exist. */
#define COMPILE_EMITS_INLINE " -fgnu89-inline"

/* Compiles all sources of SUBMISSION, with MORE options (" -x", or ""). Returns compile.sh's exit status. */
int compile_objects(const struct submission *submission, const struct wanted_program *wanted, const char *more);

/* Compiles SUBMISSION's sources once more as they are compiled for the judge, and forgets the objects. True if the
 * compiler has nothing against them; its messages are in work/OUTPUT. */
bool compile_accepts(const struct submission *submission, const char *output);

/* Has the preprocessor expand FILE to EXPANDED_FOLDER, as for compiling it. False if that fails. */
#define EXPANDED_FOLDER "obj/expanded"
bool compile_expanded(const struct submission *submission, const char *file);

/* --- tools.c: what the stages have tools do --- */

/* Has gcc list the functions that each of SOURCES defines and declares: obj/prototypes/NAME.prototypes for NAME.c, as
 * -aux-info writes it; there is none for a source with mistakes. */
void build_prototypes(const struct submission *submission, const char *sources, const char *flags);

/* program.c. What is wrong with the linked programs, as a sentence: memory that is both writable and executable,
 * instructions that talk to valgrind, constructors where cost counts. NULL if nothing is. */
char *program_problem(const struct submission *submission);

/* Bytes of work/subject that count as heap: all of its writable memory except the kit's, and code and constants beyond
 * the free amount (program.c). */
size_t program_static_bytes(const struct submission *submission);

/* The bytes that its program can write to: static variables, those of threads among them, of the kit and the C library,
 * too. 0 if there is no program. */
size_t program_writable_bytes(const struct submission *submission);

/* --- base.c: a lab that stands on an earlier one --- */

/* Does RUBRIC's lab stand on one whose code this kit does not have (a release for students)? */
bool base_is_missing(const struct rubric *rubric);

/* What is known of the student's own earlier lab. */
struct base_found {
    bool compiles;
    bool passes;         /* all its tests */
    const char *problem; /* why it does not compile */
};

/* Puts the student's own code for the EARLIER lab under SUBMISSION, if it passes all tests or if this kit has no
 * other; notes which code it is. To be called before build. */
void base_put(struct submission *submission, const struct submission *earlier, const struct base_found *found);

/* --- judging.c: running the lab's judge --- */

/* The names of the tests that the judge of LAB knows, or of those only whose code students do not get to see (those of
 * grader/labs/LAB/hidden/): a JSON array of strings. */
json_t *judge_tests(const char *lab, bool hidden);

/* Runs the tests that PLAN asks for against work/subject. Returns the judge's JSON array, one object a test; counters
 * and memcheck's XML lie in work/evidence. */
json_t *judge(const struct submission *submission, const struct grade_plan *plan);

/* The same once more, under another SCHEDULE and with another seed of random tests; EVIDENCE instead of that folder. */
json_t *judge_again(const struct submission *submission, const struct grade_plan *plan, unsigned schedule,
                    const char *evidence);

/* repeat.c: adds to DIFFERENCES, in sentences, what is not in AGAIN, of judge_again under SCHEDULE, as in VERDICTS.
 * The last places and memcheck have seen both, and nothing else has changed them. */
void repeat_compare(const json_t *verdicts, const json_t *again, unsigned schedule, GString *differences);

/* Runs the same tests against work/subject-counted, if it exists, only for the counters that they leave in
 * work/COUNTED_FOLDER. Their verdicts are dropped. */
#define COUNTED_FOLDER "counted"
void judge_counted(const struct submission *submission, const struct grade_plan *plan);

/* Runs TEST alone and has its timeline written (judge/lib/timeline.h), at a path below the work folder that comes back
 * in *TIMELINE. TRACE (may be NULL) is a trace's file; the test called "replay_0" replays it, in place of the
 * lab's traces. Returns the judge's JSON array with one verdict. */
json_t *judge_timeline(const struct submission *submission, const struct grade_plan *plan, const char *test,
                       const char *trace, char **timeline);

/* As judge, but runs TESTS, or PLAN's traces if TESTS is NULL. */
json_t *judge_named(const struct submission *submission, const struct grade_plan *plan, GStrv tests);

/* Counts what the traces of TESTS cost (judge/lib/cost.h), tests that have run and passed. Returns the judge's JSON
 * array, one object a test. */
json_t *judge_cost(const struct submission *submission, const struct grade_plan *plan, GStrv tests);

/* Lets subjects that run as nobody reach the programs in the work folder. */
void judge_open_to_nobody(const struct submission *submission);

/* --- places, memcheck, coverage, cost, own_tests, answers: what the judge alone cannot see --- */

/* Turns each verdict's frames into "where": "in coalesce, free_list.c:87". */
void places(const struct submission *submission, json_t *verdicts);

/* For each of CODES, addresses as text: [function, file, line]; the file is null if the student did not write it. */
json_t *places_of_codes(const struct submission *submission, const GPtrArray *codes);

/* "in coalesce, free_list.c:87" for the innermost of N frames that lies in one of FILES; NULL if none does. LINES is
 * what addr2line -f printed about them. */
char *places_where(const char *const *files, GStrv lines, guint n);

/* Turns what memcheck reported about a test, in the folder EVIDENCE of the work folder, into a failure of that test, in
 * the student's terms. */
void memcheck(const struct submission *submission, const char *evidence, json_t *verdicts);

/* types.c: fails the tests whose assertions about the student's types do not hold (the rubric's key `types`). */
void types(const struct submission *submission, json_t *verdicts);

/* Coverage of the student's files by the tests that ran: {lines: {covered, total, percent}, branches: {...},
 * unreached: [{file, line, source}], untaken: the same for lines that were reached, but not with both outcomes}; JSON
 * null if there is none. HTML (may be NULL): a folder for gcovr's pages. */
json_t *coverage(const struct submission *submission, const char *html);

/* The same of the reference's files, by the student's own tests. A missing report is a fault. */
json_t *coverage_of_reference(const struct submission *reference);

/* grade/cost.c: is what calls cost to be counted for this grade? */
bool cost_is_wanted(const struct submission *submission, const struct grade_plan *plan);

/* For judge_cost: the tests in VERDICTS whose traces can be counted, often none. Writes down how far to count. Free
 * with g_strfreev. */
GStrv cost_to_count(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts);

/* What the allocator came to on the traces whose verdicts are in VERDICTS, as result.json's "cost" holds it, but
 * without points. COUNTED, what judge_cost gave, is changed. */
json_t *cost(const struct submission *submission, const json_t *verdicts, json_t *counted);

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

/* The result of what the referee found: DOCUMENT has a run for each version of the lab. */
json_t *own_tests_sum_up(const json_t *document);

/* own_missed.c: [{title, versions}]: how many wrong versions among RUNS were not caught that break what the test with
 * this title demands, in the rubric's order. */
json_t *own_tests_missed(const struct rubric *rubric, const json_t *runs);

/* Waits for the result; RUNNING is gone then. */
json_t *own_tests_finish(struct own_tests *running);

/* What the student answered in predictions.txt and diagnosis.txt: a table from "prediction-1" or "patient-1-class" to
 * the answer as text_plain gives it. */
GHashTable *answers(const struct submission *submission);

/* Is ANSWER, as text_plain gives it, among those that ACCEPT lists ("b | the stack")? */
bool answer_is_accepted(const char *answer, const char *accept);

/* answer_form.c: adds to SUBMISSION's notes what is blank, or stands where it does not count, in the texts that these
 * answers were GIVEN in. It says nothing about what is right. */
void answers_check_form(const struct submission *submission, GHashTable *given, const char *predictions,
                        const char *diagnosis);

/* --- score.c: points --- */

/* The points that staff add to what is scored here: none but in a release. */
int score_by_staff(const struct rubric *rubric);

/* What the stages found; borrowed. VERDICTS is NULL if nothing was built. */
struct findings {
    json_t *built;
    json_t *verdicts;
    json_t *covered;
    json_t *own;  /* gets its points added */
    json_t *cost; /* the same; may be NULL */
    GHashTable *answers;
    const json_t *quiz; /* the quiz's key, as quiz_key makes it; NULL if the rubric has no quiz */
};

/* --- quiz_key.c: questions about the student's own code, whose answers are in quiz.txt --- */

/* The quiz about SUBMISSION's files as desk/quiz/quiz.h describes it, or {"problem": why there is none}. A heaplab quiz
 * of its own makes it, which runs the code once more. NULL if the rubric has no quiz. */
json_t *quiz_key(const struct submission *submission);

/* The question that the item NAME ("quiz-2") of KEY is; NULL if KEY has no such question. */
const json_t *quiz_key_question(const json_t *key, const char *name);

/* --- quiz_answer.c: answers to a question of a quiz, as desk/quiz/quiz.h describes it, in any spelling --- */

/* Is one of QUESTION's options to be chosen, or a number to be written? Otherwise it is a line or a place. */
bool quiz_answer_is_choice(const json_t *question);
bool quiz_answer_is_number(const json_t *question);

/* What QUESTION is answered with: "b", "list.c:115", "144", "heap + 48". Free with g_free. */
char *quiz_answer_text(const json_t *question);

/* What is to be written, "one letter from a to e". Free with g_free. */
char *quiz_answer_wanted(const json_t *question);

/* Is GIVEN an answer, right or wrong? A line may be "115", "line 115" or "list.c:115". */
bool quiz_answer_can_be_read(const json_t *question, const char *given);

bool quiz_answer_is_right(const json_t *question, const char *given);

/* Spellings that are right, for systems that compare texts; the first one is quiz_answer_text's. Free with
 * g_strfreev. */
GStrv quiz_answer_spellings(const json_t *question);

/* VERDICT as a test of a result holds it, fit to print. */
json_t *score_verdict(const json_t *verdict);

/* One lab's result. */
json_t *score(const struct submission *submission, const struct findings *findings);

/* Gives a lab's RESULT the points of RUBRIC, which differs from the one it was scored by in nothing but points of
 * tests, answers and own tests. */
void score_again(json_t *result, const struct rubric *rubric);

/* --- contest.c: points for utilization and cost --- */

/* Adds to COST, as grade/cost.c makes it, "baseline", "relative", "points" and "max_points". */
void contest_score(json_t *cost, const json_t *baseline, const struct cost_scale *scale);

/* What TRACE, one of COST's traces, has to cost in all to count for no more than it does: the most that a trace can
 * count for. 0 if BASELINE does not have it. */
double contest_most(const json_t *trace, const json_t *baseline);

/* The cost of one operation of TRACE, in instructions. */
double contest_cost(const json_t *trace);

/* The one of TRACES called NAME; NULL if there is none. */
const json_t *contest_trace(const json_t *traces, const char *name);

/* In percent of BASELINE's. */
double contest_relative_utilization(const json_t *cost, const json_t *baseline);
double contest_relative_cost(const json_t *cost, const json_t *baseline);

/* formula.c: adds to COST, if RUBRIC has such a formula, what the course's own driver would make of it: "formula", as
 * grader/README.md documents it under "result.json". */
void formula_score(json_t *cost, const json_t *baseline, const struct rubric *rubric);

#endif
