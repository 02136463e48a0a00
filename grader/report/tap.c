// SPDX-License-Identifier: MIT
/*
 * tap.c - the Test Anything Protocol, version 13 (report.h).
 */
#include "report/report.h"

#include <string.h>

/* TEXT on one line, without the characters that have a meaning in TAP. */
static char *in_one_line(const char *text)
{
    char *line = g_strdup(text);
    return g_strdelimit(line, "\n\t#", ' ');
}

static void add_diagnostic(GString *out, const char *key, const char *text)
{
    g_autofree char *line = in_one_line(text);
    if (line[0])
        g_string_append_printf(out, "# %s: %s\n", key, line);
}

static void add_test(GString *out, const json_t *lab, const json_t *test, int number)
{
    g_autofree char *title = in_one_line(text_at(test, "title"));
    bool not_run = test_waits(test);
    g_string_append_printf(out, "%s %d - %s %s: %s%s\n", test_passed(test) ? "ok" : "not ok", number,
                           text_at(lab, "lab"), text_at(test, "name"), title, "");
    if (test_passed(test))
        return;
    add_diagnostic(out, not_run ? "not run" : text_at(test, "status"), text_at(test, "message"));
    add_diagnostic(out, "expected", text_at(test, "expected"));
    add_diagnostic(out, "found", text_at(test, "found"));
    add_diagnostic(out, "where", text_at(test, "where"));
}

/* Adds what earns points in steps: own tests, utilization, cost. Such an item passes if it earns all of its points. */
static void add_measured(GString *out, const json_t *document, int *number)
{
    json_t *items = document_items(document);
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item)
    {
        if (json_object_get(item, "test"))
            continue;
        g_autofree char *title = in_one_line(text_at(item, "title"));
        bool whole = number_at(item, "points") == number_at(item, "max_points");
        g_string_append_printf(out, "%s %d - %s: %s, %d of %d points\n", whole ? "ok" : "not ok", ++*number,
                               text_at(item, "name"), title, (int)number_at(item, "points"),
                               (int)number_at(item, "max_points"));
        add_diagnostic(out, "found", text_at(item, "text"));
    }
    json_decref(items);
}

char *report_tap(const json_t *document)
{
    GString *out = g_string_new("TAP version 13\n");
    int number = 0;
    size_t i, k;
    json_t *lab, *test;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        add_diagnostic(out, text_at(lab, "lab"), text_at(json_object_get(lab, "build"), "problem"));
        json_array_foreach(json_object_get(lab, "tests"), k, test) add_test(out, lab, test, ++number);
    }
    add_measured(out, document, &number);
    g_string_append_printf(out, "1..%d\n", number);
    return g_string_free(out, FALSE);
}
