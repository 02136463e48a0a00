// SPDX-License-Identifier: MIT
/*
 * junit.c - JUnit XML for CI systems (report.h): one testsuite per lab, failure for a failed test, skipped for one that
 * was not run.
 */
#include "report/report.h"

#include <string.h>

/* What earns points in steps: the student's own tests, utilization, cost. */
static json_t *measured_of(const json_t *lab)
{
    json_t *alone = json_pack("{s:[O]}", "labs", lab);
    json_t *items = document_items(alone);
    json_t *measured = json_array();
    size_t i;
    json_t *item;
    json_array_foreach(items, i, item) if (!json_object_get(item, "test")) json_array_append(measured, item);
    json_decref(items);
    json_decref(alone);
    return measured;
}

static bool is_whole(const json_t *item)
{
    return number_at(item, "points") == number_at(item, "max_points");
}

/* TEXT as XML character data: GLib escapes markup; characters that XML 1.0 forbids have already been removed at the
 * source. */
static char *escaped(const char *text)
{
    return g_markup_escape_text(text, -1);
}

static void add_outcome(GString *out, const json_t *test)
{
    bool not_run = test_waits(test);
    g_autofree char *message = escaped(text_at(test, "message"));
    g_autofree char *expected = escaped(text_at(test, "expected"));
    g_autofree char *found = escaped(text_at(test, "found"));
    if (not_run)
        g_string_append_printf(out, "      <skipped message=\"%s\"/>\n", message);
    else
        g_string_append_printf(out, "      <failure type=\"%s\" message=\"%s\">expected: %s\nfound: %s</failure>\n",
                               text_at(test, "status"), message, expected, found);
}

static void add_test(GString *out, const char *lab, const json_t *test)
{
    g_autofree char *name = escaped(text_at(test, "name"));
    g_string_append_printf(out, "    <testcase classname=\"%s\" name=\"%s\" time=\"%.3f\"%s", lab, name,
                           (double)number_at(test, "duration_ms") / 1000.0, test_passed(test) ? "/>\n" : ">\n");
    if (test_passed(test))
        return;
    add_outcome(out, test);
    g_string_append(out, "    </testcase>\n");
}

static int count(const json_t *tests, const char *status)
{
    int n = 0;
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test) n += strcmp(text_at(test, "status"), status) == 0;
    return n;
}

/* Such an item passes if it earns all of its points. */
static void add_measured(GString *out, const char *lab, const json_t *item)
{
    g_autofree char *name = escaped(text_at(item, "name"));
    g_autofree char *text = escaped(text_at(item, "text"));
    g_string_append_printf(out, "    <testcase classname=\"%s\" name=\"%s\"%s", lab, name,
                           is_whole(item) ? "/>\n" : ">\n");
    if (!is_whole(item))
        g_string_append_printf(out,
                               "      <failure type=\"partial\" message=\"%d of %d points\">%s</failure>\n"
                               "    </testcase>\n",
                               (int)number_at(item, "points"), (int)number_at(item, "max_points"), text);
}

static int count_partial(const json_t *measured)
{
    int n = 0;
    size_t i;
    json_t *item;
    json_array_foreach(measured, i, item) n += !is_whole(item);
    return n;
}

static void add_lab(GString *out, const json_t *lab)
{
    json_t *measured = measured_of(lab);
    const json_t *tests = json_object_get(lab, "tests");
    int all = (int)json_array_size(tests);
    int skipped = count(tests, "not_run");
    g_autofree char *problem = escaped(text_at(json_object_get(lab, "build"), "problem"));
    int errors = problem[0] ? 1 : 0; /* a failed build: no test was run, but the lab must not look clean */
    g_string_append_printf(out, "  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\" skipped=\"%d\">\n",
                           text_at(lab, "lab"), all + errors + (int)json_array_size(measured),
                           all - skipped - count(tests, "passed") + count_partial(measured), errors, skipped);
    if (problem[0])
        g_string_append_printf(out,
                               "    <testcase classname=\"%s\" name=\"build\">\n      <error message=\"%s\"/>\n"
                               "    </testcase>\n",
                               text_at(lab, "lab"), problem);
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test) add_test(out, text_at(lab, "lab"), test);
    json_array_foreach(measured, i, test) add_measured(out, text_at(lab, "lab"), test);
    json_decref(measured);
    g_string_append(out, "  </testsuite>\n");
}

char *report_junit(const json_t *document)
{
    GString *out = g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) add_lab(out, lab);
    g_string_append(out, "</testsuites>\n");
    return g_string_free(out, FALSE);
}
