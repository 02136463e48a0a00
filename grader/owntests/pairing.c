// SPDX-License-Identifier: MIT
/*
 * pairing.c - runs a tester together with an implementation (pairing.h).
 */
#include "owntests/pairing.h"
#include "sandbox/sandbox.h"
#include "wire/watched.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/falloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PATIENCE_MS = 500, PATIENCE_ROUNDS = 60, EXIT_FAULT = 2, MOST_RUN_MS = 60000 };

#define MIN_OF(a, b) ((a) < (b) ? (a) : (b))

/* The processor time of a tester that runs all tests on all versions: honest tests take a hundredth of it. */
enum { TESTER_SECONDS = 120 };

/* Implementations are small and known: a call that takes a fifth of a second counts as endless, and so does a test that
 * takes three seconds. */
enum { TICK_MICROSECONDS = 50000, CALL_TICKS = 4, TEST_TICKS = 60 };

static struct channel *channel;
static struct control *control;
static int channel_fd;
static int output_fd;
static const char *tester_program;
static struct keeper *testers;         /* where the tester runs */
static struct keeper *implementations; /* where implementations run */
static volatile sig_atomic_t tester_runs;
static volatile sig_atomic_t implementation_runs;

static _Noreturn void fault(const char *what)
{
    fprintf(stderr, "heaplab: fault in the grader: %s: %s\n", what, strerror(errno));
    _Exit(EXIT_FAULT);
}

/* --- children that have ended --- */

static void turn_to_gone(_Atomic uint32_t *word, uint32_t from, uint32_t gone)
{
    if (atomic_compare_exchange_strong(word, &from, gone))
        futex_pass(word, gone);
}

/* If a process has ended, changes the word that its partner waits on. */
static void on_word(int number)
{
    int saved = errno;
    int status;
    (void)number;
    if (implementation_runs && subject_ended(implementations, &status)) {
        implementation_runs = 0;
        turn_to_gone(&channel->turn, TURN_SUBJECT, TURN_GONE);
    }
    if (tester_runs && subject_ended(testers, &status)) {
        tester_runs = 0;
        turn_to_gone(&control->turn, CONTROL_TESTER, CONTROL_GONE);
    }
    errno = saved;
}

static void watch_children(void)
{
    struct sigaction action = {.sa_handler = on_word};
    sigemptyset(&action.sa_mask);
    sigaction(SIGIO, &action, NULL);
}

static void end(struct keeper *keeper, volatile sig_atomic_t *runs)
{
    if (*runs)
        subject_end(keeper);
    *runs = 0;
}

static uint32_t wait_while(_Atomic uint32_t *word, uint32_t value)
{
    uint32_t now = value;
    for (int round = 0; round < PATIENCE_ROUNDS && now == value; round++)
        now = futex_wait(channel, word, value, PATIENCE_MS);
    return now;
}

/* --- the tester --- */

/* Implementations are the kit's own code: the filter and the limits are enough, and the contents of their sandbox do
 * not matter. */
static void open_sandboxes(const struct pairing_plan *plan)
{
    const struct keeper_plan for_tester = {
        .keeper = plan->keeper, .namespaces = plan->namespaces, .forks = true, .tester = true};
    const struct keeper_plan for_implementations = {.keeper = plan->keeper, .namespaces = false};
    testers = keeper_start(&for_tester);
    implementations = keeper_start(&for_implementations);
    if (!testers || !implementations)
        fault("cannot make a sandbox");
}

int pairing_again(void)
{
    struct subject_plan start = {.program = tester_program,
                                 .channel = channel_fd,
                                 .output = output_fd,
                                 .report = -1,
                                 .talk = -1,
                                 .cpu_seconds = TESTER_SECONDS};
    end(testers, &tester_runs);
    atomic_store(&control->turn, CONTROL_TESTER);
    tester_runs = 1;
    if (!subject_start(testers, &start))
        fault("cannot start the tests");
    bool ready = wait_while(&control->turn, CONTROL_TESTER) == CONTROL_REFEREE && tester_runs;
    uint32_t tests = control->tests; /* read once: the untrusted tester may go on writing */
    return ready && tests <= MOST_TESTS ? (int)tests : -1;
}

int pairing_open(const struct pairing_plan *plan)
{
    channel = channel_create(&channel_fd);
    output_fd = memfd_create("heaplab-output", MFD_CLOEXEC);
    if (!channel || output_fd < 0)
        fault("cannot make the shared memory");
    control = control_of(channel);
    watch_children();
    open_sandboxes(plan);
    tester_program = plan->tester;
    return pairing_again();
}

void pairing_close(void)
{
    end(implementations, &implementation_runs);
    end(testers, &tester_runs);
}

/* --- the implementation --- */

/* Clears all memory that tests and versions share, so that no test can leave notes for the next one or for a version.
 * What stays is whose turn it is, and how many tests there are. */
static void fresh_memory(void)
{
    off_t pages = COVERAGE_OFFSET;
    if (fallocate(channel_fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, pages, (off_t)SHARED_FILE_BYTES - pages) != 0)
        fault("cannot clear the arena");
    uint32_t same_processor = channel->same_processor;
    memset(&channel->ask, 0, CONTROL_OFFSET - offsetof(struct channel, ask));
    memset(&control->test, 0, COVERAGE_OFFSET - CONTROL_OFFSET - offsetof(struct control, test));
    channel->same_processor = same_processor;
    control->heap_size = 0;
    control->heap_limit = HEAP_BYTES;
    control->last_report = -1;
    channel->tick_us = TICK_MICROSECONDS;
    channel->call_ticks = CALL_TICKS;
    channel->test_ticks = TEST_TICKS;
}

/* Asks the implementation for something that it answers at once. False if it is not running. */
static bool ask_implementation(enum ask ask)
{
    if (!implementation_runs || atomic_load(&channel->turn) != TURN_JUDGE)
        return false;
    channel->ask = ask;
    channel_pass(channel, TURN_SUBJECT);
    return wait_while(&channel->turn, TURN_SUBJECT) == TURN_JUDGE && channel->say == SAY_RETURN;
}

static bool start_implementation(const char *program)
{
    struct subject_plan start = {
        .program = program, .channel = channel_fd, .output = output_fd, .report = -1, .talk = -1};
    atomic_store(&channel->turn, TURN_SUBJECT);
    implementation_runs = 1;
    return subject_start(implementations, &start) && wait_while(&channel->turn, TURN_SUBJECT) == TURN_JUDGE &&
           channel->say == SAY_READY && ask_implementation(ASK_KEEP);
}

/* An implementation is started once, and renewed after each test that it survived. */
static bool have_implementation(const char *program)
{
    static const char *current;
    bool there = implementation_runs && current == program;
    if (!there)
        end(implementations, &implementation_runs);
    current = program;
    fresh_memory();
    if (!there && !start_implementation(program))
        end(implementations, &implementation_runs);
    return implementation_runs;
}

static void append_counters(const char *path)
{
    uint32_t n = channel->coverage_bytes;
    FILE *file = n > 0 && n <= COVERAGE_ROOM ? fopen(path, "ab") : NULL;
    if (!file)
        return;
    if (fwrite((const unsigned char *)channel + COVERAGE_OFFSET, 1, n, file) != n || fclose(file) != 0)
        fault("cannot write counters");
}

/* Prepares the implementation for the next test; ends it if that fails. */
static bool renew_implementation(void)
{
    bool renewed = ask_implementation(ASK_RENEW);
    if (!renewed)
        end(implementations, &implementation_runs);
    return renewed;
}

/* --- one run --- */

/* If an implementation does not start, something that the tests left running disturbed it. If it does not start without
 * them either, that is a fault in the kit. */
static void expect_a_disturber(const char *program)
{
    end(testers, &tester_runs);
    if (!have_implementation(program))
        fault(program);
}

static enum outcome told(uint32_t outcome)
{
    return outcome == OUTCOME_PASSED || outcome == OUTCOME_ENDLESS ? (enum outcome)outcome : OUTCOME_FAILED;
}

static void run_test(unsigned index, struct run_result *result)
{
    control->test = index;
    control->outcome = OUTCOME_NONE;
    uint32_t calls = atomic_load(&channel->calls);
    futex_pass(&control->turn, CONTROL_TESTER);
    if (wait_while(&control->turn, CONTROL_TESTER) == CONTROL_REFEREE) {
        result->outcome = told(control->outcome);
        result->calls = atomic_load(&channel->calls) - calls;
        result->processor_ms = MIN_OF(control->processor_ms, MOST_RUN_MS);
        memcpy(result->name, control->name, sizeof result->name - 1);
        memcpy(result->message, control->message, sizeof result->message - 1);
    } else {
        end(testers, &tester_runs); /* it hangs, or has ended: nothing more can be run */
    }
}

void pairing_run(const char *program, unsigned index, struct run_result *result)
{
    *result = (struct run_result){.outcome = OUTCOME_NONE};
    if (!tester_runs)
        return;
    if (!have_implementation(program)) {
        expect_a_disturber(program);
        return;
    }
    run_test(index, result);
    renew_implementation();
}

/* No process of the tests is alive when the reference starts, and none when it hands over its counters. */
void pairing_count(const char *counted, unsigned index, const char *counters, struct run_result *result)
{
    *result = (struct run_result){.outcome = OUTCOME_NONE};
    end(testers, &tester_runs);
    if (!have_implementation(counted))
        fault(counted);
    if (pairing_again() > 0)
        run_test(index, result);
    end(testers, &tester_runs);
    wait_while(&channel->turn, TURN_SUBJECT); /* it may still be in a call */
    if (renew_implementation())
        append_counters(counters);
}
