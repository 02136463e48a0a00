// SPDX-License-Identifier: MIT
/*
 * run.c - one test under Check, in fork mode, against a fresh subject (run.h).
 */
#include "judge/run.h"
#include "judge/lib/cost.h"
#include "judge/lib/replay.h"
#include "judge/lib/stores.h"
#include "judge/lib/threads.h"
#include "judge/lib/timeline.h"
#include "judge/lib/watch.h"
#include "judge/link.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A last limit, after the clocks that count CPU time; never reached unless the machine itself hangs. */
enum { CHECK_TIMEOUT_SECONDS = 1800 };

enum { MOST_PATH = 4096 };

/* All that changes in this file. The first three are this worker's; the rest is about the running test. A test's own
 * process has a copy of both, so what it changes ends with it. */
static const struct run_plan *plan;
static bool is_ahead;  /* a subject was started for tests that take turns with it */
static unsigned turns; /* which it has seen */

static const struct suite_test *running;
static bool starting;               /* the subject has not yet said that it is ready */
static bool closed;                 /* close_subject has done its work */
static bool has_time;               /* the test is tried again, with all the time there is */
static unsigned patience = 1;       /* how many times the usual processor time a cost run may take */
static struct record first_run;     /* of a test that is run once more to learn more about its failure */
static struct keeper_plan of_probe; /* link_plan's last part points to it */

static bool under_valgrind(const struct run_plan *by, const struct suite_test *test)
{
    return (test->memcheck && !by->timeline) || by->cost; /* valgrind runs no watched code */
}

/* --- inside the test's own process --- */

/* A test that follows a student's wild pointer faults in the judge's process: a finding, not a fault. */
static void on_wild_pointer(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    if (record->status == STATUS_NOT_RUN) {
        record->status = STATUS_FAILED;
        snprintf(
            record->message, sizeof record->message,
            "the test followed a pointer from your code to address %#jx, where there is no heap memory (last call: %s)",
            (uintmax_t)(uintptr_t)info->si_addr, story_last_call());
        timeline_problem(record->message);
    }
    _exit(EXIT_FAILURE);
}

static void watch_for_wild_pointers(void)
{
    struct sigaction action = {.sa_sigaction = on_wild_pointer, .sa_flags = SA_SIGINFO | (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, NULL);
    sigaction(SIGBUS, &action, NULL);
}

/* Writes evidence/NAME.SUFFIX. */
static void save(const char *suffix, const void *bytes, size_t n)
{
    char path[MOST_PATH];
    if (!plan->evidence)
        return;
    snprintf(path, sizeof path, "%s/%s.%s", plan->evidence, running->test->name, suffix);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, n, file) != n || fclose(file) != 0)
        fault("cannot write %s", path);
}

static void save_counters(void)
{
    const unsigned char *bytes;
    size_t n = link_counters(&bytes);
    if (n > 0)
        save("gcda", bytes, n);
    n = link_childrens_counters(&bytes);
    if (n > 0)
        save("children.gcda", bytes, n);
}

static void save_memcheck(void)
{
    const char *bytes;
    size_t n = link_report(&bytes);
    if (n > 0)
        save("xml", bytes, n);
}

static void save_replies(void)
{
    uint32_t n;
    const struct replay_reply *replies = replay_replies(&n);
    if (n > 0)
        save("replies", replies, n * sizeof *replies);
}

/* Can the next test use this one's subject? Blocks that are left would be known to memcheck under two sizes, and what
 * is printed has a limit. */
static bool subject_stays(void)
{
    return record->quiet && record->status == STATUS_NOT_RUN && heap_live_blocks() == 0 &&
           link_printed() < OUTPUT_BYTES;
}

static struct unstartable *unstartable(void)
{
    return &plan->unstartable[under_valgrind(plan, running)];
}

static void note_unstartable(void)
{
    unstartable()->record = *record;
    unstartable()->known = true;
}

void close_subject(void)
{
    if (closed)
        return;
    closed = true;
    record->quiet = link_is_quiet();
    record->stays = subject_stays();
    if (!record->stays) {
        link_conclude();
        link_end();
    }
    record->output_bytes = (unsigned)link_output(record->output, sizeof record->output);
    if (starting && !unstartable()->known)
        note_unstartable();
    save_counters();
    if (plan->cost)
        cost_collect();
    else {
        save_memcheck();
        save_replies();
    }
}

/* Starts evidence/NAME.timeline if it is asked for. */
static void start_timeline(void)
{
    char path[MOST_PATH];
    if (!plan->evidence || !plan->timeline || strcmp(plan->timeline, running->test->name) != 0)
        return;
    snprintf(path, sizeof path, "%s/%s.timeline", plan->evidence, running->test->name);
    timeline_open(path);
    stores_record(timeline_change, !running->trace);
    if (plan->forgives)
        watch_forgives();
}

static struct keeper_plan keeper_plan(const struct run_plan *of, const char *memcheck)
{
    return (struct keeper_plan){.keeper = of->keeper,
                                .namespaces = of->namespaces,
                                .forks = the_suite.forks && !memcheck,
                                .bits32 = of->bits32,
                                .callgrind = of->cost,
                                .memcheck = memcheck};
}

/* Of the trace that will be replayed; 0 for other tests. */
static uint32_t operations_to_come(void)
{
    struct rep_trace trace = {0};
    if (running->trace)
        replay_load(running, &trace);
    uint32_t operations = trace.operations;
    rep_clear(&trace);
    return operations;
}

/* A cost run's end is what callgrind counts (judge/lib/cost.h). Its clock is for calls that never come back: processor
 * time, ten times what the most counted takes. */
enum { COST_SECONDS = 40, MOST_PATIENCE = 64 };

static uint32_t ticks_for(uint32_t operations)
{
    return operations == 0 || plan->cost ? 0 : replay_ticks(operations);
}

/*
 * Code that loops for ever mostly does so in many tests, and a student waits for each. Once a call was given a second,
 * and did not come back, calls in other tests get a tenth. What is stopped then counts only if it is the same function;
 * any other one is tried again with all its time. Not where a call's work is long, or slow under valgrind.
 */
enum { HURRIED_TICK_US = 50000, HURRIED_CALL_TICKS = 2, HURRIED_TEST_TICKS = 60 };

static bool is_hurried(void)
{
    bool may_be = !running->trace && !plan->timeline && !under_valgrind(plan, running) && !suite_has_threads();
    return may_be && !has_time && plan->hung->function[0][0] != '\0';
}

/* The entry in the list for the call that RECORD's message is about: the one that names it, or else the first empty
 * one. NULL if there is none. */
static char *hung_entry(void)
{
    char function[HUNG_BYTES];
    snprintf(function, sizeof function, "%.*s", (int)strcspn(record->message, "("), record->message);
    for (size_t i = 0; i < MOST_HUNG; i++)
        if (plan->hung->function[i][0] == '\0' || strcmp(plan->hung->function[i], function) == 0)
            return plan->hung->function[i];
    return NULL;
}

static void note_hung(void)
{
    char *entry = hung_entry();
    if (entry)
        snprintf(entry, HUNG_BYTES, "%.*s", (int)strcspn(record->message, "("), record->message);
}

static bool hung_before(void)
{
    const char *entry = hung_entry();
    return entry && entry[0] != '\0';
}

static unsigned seconds_for(uint32_t operations)
{
    return operations == 0 ? 0 : plan->cost ? COST_SECONDS * patience : replay_seconds(operations);
}

size_t static_bytes(void)
{
    return plan->static_bytes;
}

/* For the running test, with a trace of so many OPERATIONS. */
static struct link_plan link_plan(uint32_t operations)
{
    bool valgrind = under_valgrind(plan, running);
    bool hurried = is_hurried();
    of_probe = keeper_plan(plan, NULL);
    return (struct link_plan){.keeper = plan->keepers[valgrind],
                              .program = plan->subject,
                              .memcheck = valgrind && !plan->cost,
                              .callgrind = plan->cost,
                              .watched = plan->watched && !valgrind,
                              .ticks = hurried ? HURRIED_TEST_TICKS : ticks_for(operations),
                              .call_ticks = hurried ? HURRIED_CALL_TICKS : 0,
                              .tick_us = hurried ? HURRIED_TICK_US : 0,
                              .seconds = seconds_for(operations),
                              .measured = plan->measured,
                              .another = &of_probe,
                              .probe = plan->probe};
}

static void open_test(void)
{
    start_timeline();
    replay_choose(running);
    if (plan->cost)
        replay_only_cost(plan->evidence);
    watch_for_wild_pointers();
    if (unstartable()->known) {
        *record = unstartable()->record;
        ck_abort_msg("%s", record->message);
    }
    starting = true;
    struct link_plan link = link_plan(operations_to_come());
    link_start(&link);
    starting = false;
    if (link.memcheck)
        heap_fill_with(HEAP_OTHER_JUNK_BYTE);
    if (running->set_up)
        running->set_up();
}

static void close_test(void)
{
    if (running->tear_down)
        running->tear_down();
    heap_verify();
    input_verify();
    close_subject();
    timeline_flush();
    record->finished = true;
}

/* --- around it --- */

/* One Check suite with one test, run in a forked child. True if Check saw it pass. */
static bool passes_under_check(const TTest *test)
{
    Suite *suite = suite_create(test->name);
    TCase *tcase = tcase_create(test->name);
    tcase_add_checked_fixture(tcase, open_test, close_test);
    tcase_set_timeout(tcase, CHECK_TIMEOUT_SECONDS);
    tcase_add_test(tcase, test);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);
    bool passed = srunner_ntests_failed(runner) == 0 && srunner_ntests_run(runner) == 1;
    if (!passed && record->status == STATUS_NOT_RUN) { /* a plain ck_assert in a test: Check has the message */
        TestResult **results = srunner_failures(runner);
        snprintf(record->message, sizeof record->message, "%s", tr_msg(results[0]));
        record->status = tr_rtype(results[0]) == CK_FAILURE ? STATUS_FAILED : STATUS_NOT_RUN;
        free(results);
    }
    srunner_free(runner);
    return passed;
}

/* A cost run that was cut off too early is made again, with more patience. */
static bool passes_at_last(const TTest *test)
{
    bool passed = false;
    if (plan->cost && plan->unstartable[true].known) {
        record->status = STATUS_TIMED_OUT;
        snprintf(record->message, sizeof record->message, "on another trace, a call did not return");
        return false;
    }
    for (patience = 1; patience <= MOST_PATIENCE; patience *= 4) {
        cost_patience(patience);
        *record = (struct record){0};
        passed = passes_under_check(test);
        if (!passed || !record->cost.again)
            break;
    }
    if (plan->cost && record->status == STATUS_TIMED_OUT) /* no further one is tried, and none has a cost */
        plan->unstartable[true].known = true;
    return passed;
}

/* Where a replay can't say which call went wrong, a second one does, which makes each call by itself and looks at the
 * block in question after every one. An allocator that does nothing wrong there keeps the first verdict. */
static void find_late_damage(const TTest *test)
{
    first_run = *record;
    *record = (struct record){0};
    replay_carefully(&first_run.replay);
    if (passes_under_check(test))
        *record = first_run;
    replay_carefully(NULL);
}

/* Is it worth a second run to find out who wrote to the block in question? Only where the story shows the calls. */
static bool has_authors_to_find(void)
{
    bool watched = plan->watched && !under_valgrind(plan, running);
    bool told = !running->trace && (!running->random || steps->aloud) && !plan->timeline;
    return watched && told && record->question.bytes > 0 &&
           (record->status == STATUS_FAILED || record->status == STATUS_MISUSED);
}

/* The same calls once more. Code that does something else this time keeps its first verdict and story. */
static void find_authors(const TTest *test)
{
    first_run = *record;
    *record = (struct record){0};
    watch_ask(&first_run.question);
    bool passed = passes_under_check(test);
    watch_ask(NULL);
    if (passed || record->status != first_run.status || record->lines != first_run.lines ||
        strcmp(record->message, first_run.message) != 0)
        *record = first_run;
}

static bool passes(const TTest *test)
{
    bool passed = passes_at_last(test);
    if (passed)
        return true;
    if (replay_leaves_doubt(&record->replay))
        find_late_damage(test);
    else if (has_authors_to_find())
        find_authors(test);
    return false;
}

static bool passes_in_time(const TTest *test)
{
    bool hurried = is_hurried();
    bool passed = passes(test);
    if (hurried && record->status == STATUS_TIMED_OUT && !hung_before()) {
        has_time = true;
        *record = (struct record){0};
        passed = passes(test);
        has_time = false;
    }
    if (record->status == STATUS_TIMED_OUT && record->has_fall && !plan->cost)
        note_hung();
    return passed;
}

void open_sandbox(struct run_plan *for_plan, unsigned index)
{
    char program[MOST_PATH];
    bool memcheck = under_valgrind(for_plan, &the_suite.test[index]);
    if (for_plan->keepers[memcheck])
        return;
    snprintf(program, sizeof program, "%s%s", for_plan->subject, for_plan->cost ? "" : "-memcheck");
    struct keeper_plan wanted = keeper_plan(for_plan, memcheck ? program : NULL);
    for_plan->keepers[memcheck] = keeper_start(&wanted);
    if (!for_plan->keepers[memcheck])
        fault("cannot make a sandbox: %s", strerror(errno));
}

/* The test's own process ended, and no fault in the kit is known: what the student's code returned or wrote led
 * there.
 */
static void blame_student(void)
{
    char reason[MESSAGE_BYTES];
    memcpy(reason, record->message, sizeof reason);
    record->status = STATUS_FAILED;
    snprintf(record->message, sizeof record->message, "the test could not finish with your code: %.*s",
             MESSAGE_BYTES / 2, reason[0] ? reason : "no reason is known");
}

bool run_test(const struct run_plan *the_plan, unsigned index)
{
    plan = the_plan;
    running = &the_suite.test[index];
    record = &plan->records[index];
    steps = running->random ? &plan->steps[index] : NULL;
    long start = milliseconds_now();
    bool passed = passes_in_time(running->test);
    record->duration_ms = milliseconds_now() - start;
    if (passed && record->finished && record->status == STATUS_NOT_RUN)
        record->status = STATUS_PASSED;
    if (record->status == STATUS_NOT_RUN && !record->at_fault)
        blame_student();
    return record->status != STATUS_NOT_RUN;
}

/* --- tests that take turns with one subject --- */

void start_ahead(struct run_plan *the_plan, unsigned index)
{
    enum { SECONDS_A_TEST = 20 };
    plan = the_plan;
    running = &the_suite.test[index];
    open_sandbox(the_plan, index);
    struct link_plan link = link_plan(0);
    link.seconds = SECONDS_A_TEST * the_suite.tests;
    link_start_ahead(&link);
    turns = 0;
    is_ahead = true;
}

bool run_in_turn(struct run_plan *the_plan, unsigned index)
{
    struct record *its = &the_plan->records[index];
    if (!is_ahead)
        start_ahead(the_plan, index);
    bool alone = turns++ == 0;
    if (!run_test(the_plan, index))
        return false;
    bool passed = its->status == STATUS_PASSED;
    is_ahead = passed && its->stays;
    if (alone || (passed && its->quiet))
        return true;
    *its = (struct record){0};
    return run_in_turn(the_plan, index);
}
