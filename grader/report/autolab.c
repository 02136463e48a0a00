// SPDX-License-Identifier: MIT
/*
 * autolab.c - what an Autolab autograder prints (report.h): the feedback as text, then in stages as JSON, and on the
 * last line the scores, which Autolab reads. Each lab is one problem, named like lab06; the assessment must have a
 * problem of that name.
 *
 * Autolab shows the stages as tables in which lines and spaces collapse, and everything printed under "Raw Output" in a
 * fixed-width font (app/views/assessments/_semantic.html.erb of autolab/Autolab, read in November 2026). It parses only
 * the last two lines. Each line of text starts with a space, so no student's text can look like either of them.
 */
#include "report/report.h"

#include <string.h>

static char *problem_of(const json_t *lab)
{
    return g_strdup_printf("lab%.2s", text_at(lab, "lab"));
}

/* TEXT on one line, for a table. */
static char *on_one_line(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GString *line = g_string_new(NULL);
    for (guint i = 0; lines[i]; i++) {
        const char *stripped = g_strstrip(lines[i]);
        if (stripped[0])
            g_string_append_printf(line, "%s%s", line->len > 0 ? " | " : "", stripped);
    }
    return g_string_free(line, FALSE);
}

static void add_build(json_t *stage, const json_t *lab)
{
    const json_t *built = json_object_get(lab, "build");
    json_t *step = json_pack("{s:b}", "passed", lab_is_built(lab));
    g_autofree char *problem = problem_of(lab);
    g_autofree char *both = g_strdup_printf("%s\n%s", text_at(built, "problem"), text_at(built, "diagnostics"));
    g_autofree char *hint = on_one_line(both);
    if (hint[0])
        json_object_set_new(step, "hint", json_string(hint));
    json_object_set_new(stage, problem, step);
}

/* A row, under a title that no other row has. */
static void add_row(json_t *stage, const char *title, const char *name, json_t *step)
{
    g_autofree char *other = g_strdup_printf("%s (%s)", title, name);
    json_object_set_new(stage, json_object_get(stage, title) ? other : title, step);
}

static void add_test(json_t *stage, const json_t *item)
{
    bool passed = strcmp(text_at(item, "status"), "passed") == 0;
    json_t *step = json_pack("{s:b}", "passed", passed);
    const char *message = text_at(json_object_get(item, "test"), "message");
    g_autofree char *line = on_one_line(message[0] ? message : text_at(item, "text"));
    g_autofree char *hint = g_strdup_printf("%s%sThe whole story is under Raw Output.", line, line[0] ? " " : "");
    if (!passed)
        json_object_set_new(step, "hint", json_string(hint));
    add_row(stage, text_at(item, "title"), text_at(item, "name"), step);
}

static bool anything_built(const json_t *document)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) if (lab_is_built(lab)) return true;
    return false;
}

static char *feedback(const json_t *document)
{
    json_t *stages = json_pack("{s:s, s:[s, s], s:{}, s:{}}", "_presentation", "semantic", "stages", "Build", "Test",
                               "Build", "Test");
    json_t *tests = json_object_get(stages, "Test");
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    json_array_foreach(json_object_get(document, "labs"), i, each) add_build(json_object_get(stages, "Build"), each);
    if (anything_built(document))
        json_array_foreach(items, i, each) add_test(tests, each);
    else
        add_row(tests, "Nothing could be built, so no test was run", "",
                json_pack("{s:b, s:s}", "passed", false, "hint", "The compiler's words are under Raw Output."));
    json_decref(items);
    return report_dump(stages, JSON_COMPACT);
}

/* Everything that the tables cannot show, each line after a space. */
static char *raw_output(const json_t *document)
{
    GString *out = g_string_new(NULL);
    g_autofree char *whole = document_text(document);
    json_t *items = document_items(document);
    size_t i;
    json_t *item;
    g_string_append(out, whole);
    json_array_foreach(items, i, item) if (anything_built(document) && text_at(item, "text")[0] &&
                                           strcmp(text_at(item, "status"), "passed") != 0)
        g_string_append_printf(out, "\n%s: %d of %d points (%s)\n%s", text_at(item, "title"),
                               (int)number_at(item, "points"), (int)number_at(item, "max_points"),
                               text_at(item, "status"), text_at(item, "text"));
    json_decref(items);
    g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
    g_string_truncate(out, 0);
    for (guint k = 0; lines[k]; k++)
        g_string_append_printf(out, " %s\n", lines[k]);
    return g_string_free(out, FALSE);
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
    g_autofree char *text = raw_output(document);
    return g_strdup_printf("%s%s\n%s\n", text, stages, scores);
}
