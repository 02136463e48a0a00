// SPDX-License-Identifier: MIT
/*
 * trace_tests.c - traces as tests of a suite: each is replayed (replay.h), or its cost is counted (cost.h).
 */
#include "judge/judge.h"
#include "judge/lib/cost.h"
#include "judge/lib/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Set before a test starts. */
static const struct suite_test *chosen; /* the test that is about to run */
static const char *cost_folder;         /* NULL: this is no cost run */

void replay_choose(const struct suite_test *test)
{
    chosen = test;
}

void replay_only_cost(const char *folder)
{
    cost_folder = folder;
}

static void replay_chosen(int loop_index)
{
    (void)loop_index;
    if (cost_folder) {
        cost_run(chosen, cost_folder);
        return;
    }
    if (!chosen->trace_path) {
        replay_trace(chosen->trace);
        return;
    }
    replay_path(chosen->trace, chosen->trace_path);
}

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void add_trace(struct suite *suite, const char *test_name, const char *name, const char *path)
{
    TTest *test = calloc(1, sizeof *test); /* never freed: it lasts as long as the suite */
    char *copy = strdup(test_name);
    if (!test || !copy)
        fault("no memory for the suite");
    *test = (TTest){.name = copy, .fn = replay_chosen, .file = __FILE__, .line = __LINE__};
    suite_add(suite, test);
    struct suite_test *added = &suite->test[suite->tests - 1];
    added->trace = name;
    added->trace_path = path;
    added->set_up = added->tear_down = NULL;
}

void suite_add_trace(struct suite *suite, const char *name)
{
    char test_name[LINE_BYTES];
    snprintf(test_name, sizeof test_name, "trace_%s", base_name(name));
    add_trace(suite, test_name, name, NULL);
}

void suite_add_trace_file(struct suite *suite, const char *name, const char *path)
{
    add_trace(suite, name, base_name(path), path);
}
