// SPDX-License-Identifier: MIT
/*
 * referee.c - a student's tests against all implementations of a lab (wire/control.h); prints one JSON document.
 *
 *     referee --tester FILE --keeper FILE [--counted FILE --counters FILE] [--workers N] [--bare] IMPLEMENTATION...
 *
 * First comes --counted, the reference with counters, which are appended to the file of --counters. Tests that fail on
 * it are not run against anything else.
 *
 * An implementation's file name says what it is: reference, wheat-NAME or chaff-NAME. Correct ones are run through all
 * tests, a wrong one until a test rejects it. Tests that rejected another one are tried first, because few tests catch
 * most wrong versions; then come those that make few calls.
 *
 *     {"tests": 12, "runs": [{"name": "chaff-x", "passed": false, "test": "...", "message": "..."}, ...]}
 *
 * tests is -1 if the tests' program did not get ready, -2 if the tests took too long, -3 if several of them did not end
 * on the reference, -4 if their program ended there. Exit status: 0, or 2 for a fault in the kit.
 */
#include "owntests/pairing.h"

#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How much CPU time the tests of a worker may take on all versions together; honest ones take a hundredth of it. Their
 * own program reports the time, so a wall clock stops one that lies; no other ever reaches it. */
enum { EXIT_FAULT = 2, MOST_PROCESSOR_MS = 60 * 1000, LIARS_SECONDS = 30 * 60, MOST_ENDLESS = 3 };

enum { TESTS_TOO_SLOW = -2, TESTS_ENDLESS = -3, TESTS_ENDED = -4 };

static uint64_t processor_ms; /* CPU time that the tests have taken in this worker */

struct options {
    struct pairing_plan plan;
    const char *counted; /* NULL: nothing is counted */
    const char *counters;
    unsigned workers;
};

/* In memory shared by the workers. */
struct tally {
    int tests;
    bool rejected;              /* by a correct version */
    unsigned calls[MOST_TESTS]; /* that each test makes on the reference */
    unsigned order[MOST_TESTS]; /* the tests, those that make few calls first */
    struct run_result result[]; /* one per implementation: its first failure, or its last pass */
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool is_chaff(const char *implementation)
{
    return strncmp(base_name(implementation), "chaff-", strlen("chaff-")) == 0;
}

static void run(const char *implementation, unsigned test, struct run_result *result)
{
    pairing_run(implementation, test, result);
    processor_ms += result->processor_ms;
}

/* For a correct version: one failure rejects it. */
static void run_until_failure(const char *implementation, unsigned tests, struct run_result *result)
{
    for (unsigned i = 0; i < tests; i++) {
        run(implementation, i, result);
        if (result->outcome != OUTCOME_PASSED)
            return;
    }
}

static void move_to_front(unsigned *order, unsigned place)
{
    unsigned test = order[place];
    memmove(order + 1, order, place * sizeof *order);
    order[0] = test;
}

/* ORDER holds the numbers of all TESTS; the test that rejects this implementation moves to the front. */
static void run_until_caught(const char *implementation, unsigned *order, unsigned tests, struct run_result *result)
{
    for (unsigned i = 0; i < tests; i++) {
        run(implementation, order[i], result);
        if (result->outcome == OUTCOME_PASSED)
            continue;
        move_to_front(order, i);
        return;
    }
}

/* A correct version gets the tests in the same ORDER as a wrong one would, so the order does not tell the tests which
 * it is. The failure reported is that of the test added first, however many workers there are. */
static bool run_right(const char *implementation, const unsigned *order, unsigned tests, struct run_result *result)
{
    for (unsigned i = 0; i < tests; i++) {
        run(implementation, order[i], result);
        if (result->outcome == OUTCOME_PASSED)
            continue;
        struct run_result told;
        run_until_failure(implementation, tests, &told);
        if (told.outcome != OUTCOME_PASSED && told.outcome != OUTCOME_NONE)
            *result = told;
        return false;
    }
    return true;
}

/* May the tests go on? Not if they have taken too long on all versions together. */
static bool in_time(time_t start, struct tally *tally)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (processor_ms <= MOST_PROCESSOR_MS && now.tv_sec - start <= LIARS_SECONDS)
        return true;
    tally->tests = TESTS_TOO_SLOW;
    return false;
}

/* --- the reference, counted --- */

static bool is_reference(const char *implementation)
{
    return strcmp(base_name(implementation), "reference") == 0;
}

static void keep_rejection(char **implementations, unsigned n, const struct run_result *result, struct tally *tally)
{
    for (unsigned i = 0; i < n && !tally->rejected; i++)
        if (is_reference(implementations[i]))
            tally->result[i] = *result;
    tally->rejected = true;
}

/* Inserts TEST, the next one, where it belongs in the order. */
static void put_in_order(struct tally *tally, unsigned test, unsigned calls)
{
    unsigned place = test;
    for (; place > 0 && tally->calls[tally->order[place - 1]] > calls; place--)
        tally->order[place] = tally->order[place - 1];
    tally->order[place] = test;
    tally->calls[test] = calls;
}

/* Runs every test, in the order in which they were added, until there is no hope for them. */
static void count_reached(const struct options *options, char **implementations, unsigned n, unsigned tests,
                          time_t start, struct tally *tally)
{
    unsigned endless = 0;
    for (unsigned i = 0; i < tests && tally->tests > 0 && in_time(start, tally); i++) {
        struct run_result result;
        pairing_count(options->counted, i, options->counters, &result);
        processor_ms += result.processor_ms;
        put_in_order(tally, i, result.calls);
        endless += result.outcome == OUTCOME_ENDLESS;
        if (result.outcome != OUTCOME_PASSED)
            keep_rejection(implementations, n, &result, tally);
        if (endless == MOST_ENDLESS || result.outcome == OUTCOME_NONE)
            tally->tests = endless == MOST_ENDLESS ? TESTS_ENDLESS : TESTS_ENDED;
    }
}

/* --- a worker --- */

static void run_one(const char *implementation, unsigned *order, unsigned tests, struct tally *tally,
                    struct run_result *result)
{
    if (tally->rejected)
        return; /* their verdict on other versions no longer matters */
    if (is_chaff(implementation))
        run_until_caught(implementation, order, tests, result);
    else if (!run_right(implementation, order, tests, result))
        tally->rejected = true;
}

/* GATE opens when worker 0 has finished with the reference and closes the write end. */
static void wait_at(const int *gate)
{
    char nothing;
    close(gate[1]);
    while (read(gate[0], &nothing, sizeof nothing) > 0)
        continue;
}

static void work(const struct options *options, char **implementations, const unsigned *turns, unsigned n,
                 unsigned number, const int *gate, struct tally *tally)
{
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int opened = pairing_open(&options->plan);
    unsigned tests = opened > 0 ? (unsigned)opened : 0;
    unsigned order[MOST_TESTS];
    if (number == 0) {
        tally->tests = opened;
        if (options->counted && tests > 0) {
            count_reached(options, implementations, n, tests, start.tv_sec, tally);
            pairing_again();
        }
    }
    wait_at(gate);
    memcpy(order, tally->order, sizeof order);
    bool go_on = tests > 0 && tally->tests > 0;
    for (unsigned i = number; i < n && go_on && in_time(start.tv_sec, tally); i += options->workers)
        run_one(implementations[turns[i]], order, tests, tally, &tally->result[turns[i]]);
    pairing_close();
}

/* --- whose turn it is --- */

struct place {
    uint64_t key;
    unsigned index;
};

/* FNV-1a. */
static uint64_t mix(uint64_t key, const void *bytes, size_t n)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < n; i++)
        key = (key ^ at[i]) * 0x100000001b3;
    return key;
}

static uint64_t key_of_file(const char *path)
{
    static unsigned char block[65536];
    uint64_t key = 0xcbf29ce484222325;
    FILE *file = fopen(path, "rb");
    for (size_t n; file && (n = fread(block, 1, sizeof block, file)) > 0;)
        key = mix(key, block, n);
    if (file)
        fclose(file);
    return key;
}

static int by_key(const void *a, const void *b)
{
    const struct place *first = a;
    const struct place *second = b;
    return first->key < second->key ? -1 : first->key > second->key;
}

/* The N implementations in an order that depends on the tests' program and on their own names, which students do not
 * know: so tests that count how often they run learn nothing about what they run against. Free with free. */
static unsigned *take_turns(const char *tester, char **implementations, unsigned n)
{
    struct place *turns = calloc(n, sizeof *turns);
    unsigned *order = calloc(n, sizeof *order);
    uint64_t key = turns && order ? key_of_file(tester) : 0;
    for (unsigned i = 0; turns && order && i < n; i++) {
        const char *name = base_name(implementations[i]);
        turns[i] = (struct place){.key = mix(key, name, strlen(name)), .index = i};
    }
    if (turns && order)
        qsort(turns, n, sizeof *turns, by_key);
    for (unsigned i = 0; turns && order && i < n; i++)
        order[i] = turns[i].index;
    free(turns);
    return order;
}

static bool run_workers(const struct options *options, char **implementations, unsigned n, struct tally *tally)
{
    unsigned *turns = take_turns(options->plan.tester, implementations, n);
    int gate[2];
    if (!turns || pipe2(gate, O_CLOEXEC) != 0)
        return false;
    for (unsigned number = 0; number < options->workers; number++) {
        pid_t child = fork();
        if (child < 0)
            return false;
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(options, implementations, turns, n, number, gate, tally);
            _exit(EXIT_SUCCESS);
        }
    }
    close(gate[1]);
    bool ok = true;
    int status;
    while (wait(&status) > 0)
        ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    return ok;
}

/* Whatever bytes the tester left, as JSON. */
static json_t *as_json_text(const char *bytes)
{
    json_t *text = json_string(bytes);
    return text ? text : json_string("(not text)");
}

/* Tests that end their own program have caught nothing. Which test caught a wrong version depends on the order in which
 * they were tried, so it is not reported. */
static json_t *run_of(const char *implementation, const struct run_result *result)
{
    bool chaff = is_chaff(implementation);
    bool passed = chaff ? result->outcome <= OUTCOME_PASSED : result->outcome == OUTCOME_PASSED;
    return json_pack("{s:s, s:b, s:o, s:o}", "name", base_name(implementation), "passed", (int)passed, "test",
                     as_json_text(chaff ? "" : result->name), "message", as_json_text(chaff ? "" : result->message));
}

static bool print(const struct tally *tally, char **implementations, unsigned n)
{
    json_t *runs = json_array();
    for (unsigned i = 0; i < n; i++)
        json_array_append_new(runs, run_of(implementations[i], &tally->result[i]));
    json_t *document = json_pack("{s:i, s:o}", "tests", tally->tests, "runs", runs);
    bool ok = document && json_dumpf(document, stdout, JSON_COMPACT) == 0 && fflush(stdout) == 0;
    json_decref(document);
    return ok;
}

static bool parse(int argc, char **argv, struct options *options)
{
    static const struct option known[] = {{"tester", required_argument, NULL, 't'},
                                          {"keeper", required_argument, NULL, 'k'},
                                          {"counters", required_argument, NULL, 'c'},
                                          {"workers", required_argument, NULL, 'w'},
                                          {"counted", required_argument, NULL, 'r'},
                                          {"bare", no_argument, NULL, 'b'},
                                          {NULL, 0, NULL, 0}};
    *options = (struct options){.plan = {.namespaces = true}, .workers = 1};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == 't')
            options->plan.tester = optarg;
        else if (option == 'k')
            options->plan.keeper = optarg;
        else if (option == 'c')
            options->counters = optarg;
        else if (option == 'r')
            options->counted = optarg;
        else if (option == 'w')
            options->workers = (unsigned)strtoul(optarg, NULL, 10);
        else if (option == 'b')
            options->plan.namespaces = false;
        else
            return false;
    }
    return options->plan.tester && options->plan.keeper && !options->counted == !options->counters &&
           options->workers > 0 && optind < argc;
}

int main(int argc, char **argv)
{
    struct options options;
    if (!parse(argc, argv, &options)) {
        fprintf(stderr, "usage: referee --tester FILE --keeper FILE [--counted FILE --counters FILE] [--workers N] "
                        "[--bare] FILE...\n");
        return EXIT_FAULT;
    }
    unsigned n = (unsigned)(argc - optind);
    size_t bytes = sizeof(struct tally) + n * sizeof(struct run_result);
    struct tally *tally = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED)
        return EXIT_FAULT;
    for (unsigned i = 0; i < MOST_TESTS; i++)
        tally->order[i] = i;
    bool ok = run_workers(&options, argv + optind, n, tally);
    return print(tally, argv + optind, n) && ok ? EXIT_SUCCESS : EXIT_FAULT;
}
