// SPDX-License-Identifier: MIT
/*
 * referee.c - a student's tests against all implementations of a lab (owntests.h); prints one JSON document.
 *
 *     referee --tester FILE --keeper FILE --counters FILE [--workers N] [--bare] IMPLEMENTATION...
 *
 * An implementation's file name says what it is: reference, wheat-NAME or chaff-NAME. The right ones are run through
 * all tests, a wrong one until a test rejects it; those that rejected another one are tried first, as most wrong
 * versions are caught by few tests. The reference's counters are appended to the file of --counters.
 *
 *     {"tests": 12, "runs": [{"name": "chaff-x", "passed": false, "test": "...", "message": "..."}, ...]}
 *
 * tests is -1 if the tests' program did not get ready. Exit status: 0, or 2 for a fault of the kit's own.
 */
#include "owntests/pairing.h"

#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_FAULT = 2 };

struct options {
    struct pairing_plan plan;
    const char *counters;
    unsigned workers;
};

/* In memory shared by the workers. */
struct tally {
    int tests;
    struct run_result result[]; /* one an implementation: its first failure, or its last pass */
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

/* A right one that is rejected once is rejected. */
static void run_until_failure(const char *implementation, unsigned tests, struct run_result *result)
{
    for (unsigned i = 0; i < tests; i++) {
        pairing_run(implementation, i, NULL, result);
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

/* ORDER holds the numbers of all TESTS; the one that rejects this implementation moves to its front. */
static void run_until_caught(const char *implementation, unsigned *order, unsigned tests, struct run_result *result)
{
    for (unsigned i = 0; i < tests; i++) {
        pairing_run(implementation, order[i], NULL, result);
        if (result->outcome == OUTCOME_PASSED)
            continue;
        move_to_front(order, i);
        return;
    }
}

/* The reference is run to the end for its counters, and its first failure kept. */
static void run_reference(const char *implementation, unsigned tests, const char *counters, struct run_result *result)
{
    struct run_result first = {.outcome = OUTCOME_PASSED};
    for (unsigned i = 0; i < tests; i++) {
        pairing_run(implementation, i, counters, result);
        if (result->outcome != OUTCOME_PASSED && first.outcome == OUTCOME_PASSED)
            first = *result;
        if (result->outcome == OUTCOME_NONE)
            break;
    }
    *result = first;
}

static unsigned *all_tests(unsigned tests)
{
    unsigned *order = calloc(tests + 1, sizeof *order);
    for (unsigned i = 0; order && i < tests; i++)
        order[i] = i;
    return order;
}

static void work(const struct options *options, char **implementations, unsigned n, unsigned number,
                 struct tally *tally)
{
    int opened = pairing_open(&options->plan);
    unsigned tests = opened > 0 ? (unsigned)opened : 0;
    unsigned *order = all_tests(tests);
    tally->tests = opened;
    for (unsigned i = number; i < n && tests > 0 && order; i += options->workers) {
        struct run_result *result = &tally->result[i];
        if (is_chaff(implementations[i]))
            run_until_caught(implementations[i], order, tests, result);
        else if (strcmp(base_name(implementations[i]), "reference") == 0)
            run_reference(implementations[i], tests, options->counters, result);
        else
            run_until_failure(implementations[i], tests, result);
    }
    free(order);
    pairing_close();
}

static bool run_workers(const struct options *options, char **implementations, unsigned n, struct tally *tally)
{
    for (unsigned number = 0; number < options->workers; number++) {
        pid_t child = fork();
        if (child < 0)
            return false;
        if (child == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            work(options, implementations, n, number, tally);
            _exit(EXIT_SUCCESS);
        }
    }
    bool ok = true;
    int status;
    while (wait(&status) > 0)
        ok = ok && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
    return ok;
}

/* Whatever bytes the tester left, as JSON. */
static json_t *text_of(const char *bytes)
{
    json_t *text = json_string(bytes);
    return text ? text : json_string("(not text)");
}

/* Tests that end their own program have caught nothing. Which test caught a wrong version depends on the order they
 * were tried in, and is not told. */
static json_t *run_of(const char *implementation, const struct run_result *result)
{
    bool chaff = is_chaff(implementation);
    bool passed = chaff ? result->outcome != OUTCOME_FAILED : result->outcome == OUTCOME_PASSED;
    return json_pack("{s:s, s:b, s:o, s:o}", "name", base_name(implementation), "passed", (int)passed, "test",
                     text_of(chaff ? "" : result->name), "message", text_of(chaff ? "" : result->message));
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
    static const struct option known[] = {
        {"tester", required_argument, NULL, 't'},   {"keeper", required_argument, NULL, 'k'},
        {"counters", required_argument, NULL, 'c'}, {"workers", required_argument, NULL, 'w'},
        {"bare", no_argument, NULL, 'b'},           {NULL, 0, NULL, 0}};
    *options = (struct options){.plan = {.namespaces = true}, .workers = 1};
    for (int option; (option = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        if (option == 't')
            options->plan.tester = optarg;
        else if (option == 'k')
            options->plan.keeper = optarg;
        else if (option == 'c')
            options->counters = optarg;
        else if (option == 'w')
            options->workers = (unsigned)strtoul(optarg, NULL, 10);
        else if (option == 'b')
            options->plan.namespaces = false;
        else
            return false;
    }
    return options->plan.tester && options->plan.keeper && options->counters && options->workers > 0 && optind < argc;
}

int main(int argc, char **argv)
{
    struct options options;
    if (!parse(argc, argv, &options)) {
        fprintf(stderr, "usage: referee --tester FILE --keeper FILE --counters FILE [--workers N] [--bare] FILE...\n");
        return EXIT_FAULT;
    }
    unsigned n = (unsigned)(argc - optind);
    size_t bytes = sizeof(struct tally) + n * sizeof(struct run_result);
    struct tally *tally = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED)
        return EXIT_FAULT;
    bool ok = run_workers(&options, argv + optind, n, tally);
    return print(tally, argv + optind, n) && ok ? EXIT_SUCCESS : EXIT_FAULT;
}
