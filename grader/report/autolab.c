// SPDX-License-Identifier: MIT
/*
 * autolab.c - what an Autolab autograder prints (report.h): feedback in stages, and on the last line the scores, which
 * Autolab reads. Each lab is one problem, named like lab06; the assessment must have a problem of that name.
 *
 * Text from a student appears only inside JSON strings, where it cannot become a line of its own.
 */
#include "report/report.h"

#include <string.h>

static char *problem_of(const json_t *lab)
{
    return g_strdup_printf("lab%.2s", text_at(lab, "lab"));
}

static void add_build(json_t *stage, const json_t *lab)
{
    const json_t *built = json_object_get(lab, "build");
    json_t *step = json_pack("{s:b}", "passed", json_is_true(json_object_get(built, "ok")));
    g_autofree char *problem = problem_of(lab);
    g_autofree char *hint = g_strdup_printf("%s\n%s", text_at(built, "problem"), text_at(built, "diagnostics"));
    if (text_at(built, "problem")[0])
        json_object_set_new(step, "hint", json_string(hint));
    json_object_set_new(stage, problem, step);
}

static void add_test(json_t *stage, const json_t *item)
{
    bool passed = strcmp(text_at(item, "status"), "passed") == 0;
    json_t *step = json_pack("{s:b}", "passed", passed);
    if (!passed)
        json_object_set(step, "hint", json_object_get(item, "text"));
    json_object_set_new(stage, text_at(item, "name"), step);
}

static char *feedback(const json_t *document)
{
    json_t *stages = json_pack("{s:s, s:[s, s], s:{}, s:{}}", "_presentation", "semantic", "stages", "Build", "Test",
                               "Build", "Test");
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    json_array_foreach(json_object_get(document, "labs"), i, each) add_build(json_object_get(stages, "Build"), each);
    json_array_foreach(items, i, each) add_test(json_object_get(stages, "Test"), each);
    json_decref(items);
    return report_dump(stages, JSON_COMPACT);
}

static void add_score(json_t *result, const json_t *lab)
{
    g_autofree char *problem = problem_of(lab);
    const json_t *cost = json_object_get(lab, "cost");
    json_t *board = json_object_get(result, "scoreboard");
    json_object_set(json_object_get(result, "scores"), problem, json_object_get(lab, "score"));
    json_array_append(board, json_object_get(lab, "score"));
    if (json_is_number(json_object_get(cost, "utilization"))) {
        json_array_append(board, json_object_get(cost, "utilization"));
        json_array_append(board, json_object_get(cost, "instructions"));
    }
}

char *report_autolab(const json_t *document)
{
    json_t *result = json_pack("{s:{}, s:[]}", "scores", "scoreboard");
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) add_score(result, lab);
    g_autofree char *stages = feedback(document);
    g_autofree char *scores = report_dump(result, JSON_COMPACT);
    return g_strdup_printf("%s\n%s\n", stages, scores);
}
