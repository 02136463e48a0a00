// SPDX-License-Identifier: MIT
/*
 * github.c - GitHub Classroom's autograding reporter (report.h): one line of base64, which is safe in $GITHUB_OUTPUT
 * whatever a student's code printed.
 *
 * The reporter (classroom-resources/autograding-grading-reporter, read in November 2026) gets the line as an
 * environment variable, for which Linux takes 128 KiB; prints a failed test's test_code but not its message; and counts
 * tests in the console, while the points that Classroom records are the sum of the scores.
 */
#include "report/report.h"

#include <string.h>

enum { MOST_BYTES = 120 * 1000 };

/* Splits WHERE, such as "in coalesce, free_list.c:87". Returns the file and sets *LINE; "" and 0 if WHERE names no
 * file. */
static char *place(const char *where, int *line)
{
    const char *colon = strrchr(where, ':');
    const char *space = strrchr(where, ' ');
    *line = 0;
    if (!colon || colon < space)
        return g_strdup("");
    *line = (int)g_ascii_strtoull(colon + 1, NULL, 10);
    const char *file = space ? space + 1 : where;
    return g_strndup(file, (gsize)(colon - file));
}

static const char *status_of(const json_t *item)
{
    static const char *const errors[] = {"crashed", "timed_out", NULL};
    const char *status = text_at(item, "status");
    return strcmp(status, "passed") == 0 ? "pass" : g_strv_contains(errors, status) ? "error" : "fail";
}

/* What the console shows of a test that did not pass, at most MOST bytes of it. */
static char *shown(const json_t *item, size_t most)
{
    const char *text = strcmp(text_at(item, "status"), "passed") == 0 ? "" : text_at(item, "text");
    return report_cut(text, most);
}

static json_t *test_of(const json_t *item, size_t most)
{
    const double thousand = 1000.0; /* milliseconds per second */
    const json_t *test = json_object_get(item, "test");
    int line;
    g_autofree char *file = place(text_at(test, "where"), &line);
    g_autofree char *code = shown(item, most);
    const char *message = text_at(test, "message");
    return json_pack("{s:O, s:s, s:O, s:O, s:s, s:s, s:s, s:i, s:f}", "name", json_object_get(item, "title"), "status",
                     status_of(item), "score", json_object_get(item, "points"), "max_score",
                     json_object_get(item, "max_points"), "message", strlen(message) <= most ? message : "",
                     "test_code", code, "filename", file, "line_no", line, "duration",
                     (double)number_at(test, "duration_ms") / thousand);
}

/* Labs that could not be built come first, with the compiler's words. */
static void add_builds(json_t *tests, const json_t *document, size_t most)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        const json_t *built = json_object_get(lab, "build");
        g_autofree char *name = g_strdup_printf("%s could not be built", text_at(lab, "lab"));
        g_autofree char *both = g_strdup_printf("%s\n%s", text_at(built, "problem"), text_at(built, "diagnostics"));
        json_t *item = json_pack("{s:s, s:s, s:i, s:i, s:s}", "title", name, "status", "crashed", "points", 0,
                                 "max_points", 0, "text", both);
        if (!json_is_true(json_object_get(built, "ok")))
            json_array_append_new(tests, test_of(item, most));
        json_decref(item);
    }
}

/* The results, with no text longer than MOST bytes. */
static char *encoded(const json_t *document, size_t most)
{
    bool whole = number_at(document, "score") == number_at(document, "max_score");
    json_t *tests = json_array();
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    add_builds(tests, document, most);
    json_array_foreach(items, i, each) json_array_append_new(tests, test_of(each, most));
    json_decref(items);
    g_autofree char *json =
        report_dump(json_pack("{s:i, s:s, s:O, s:o}", "version", 1, "status", whole ? "pass" : "fail", "max_score",
                              json_object_get(document, "max_score"), "tests", tests),
                    JSON_COMPACT);
    g_autofree char *line = g_base64_encode((const guchar *)json, strlen(json));
    return g_strconcat(line, "\n", NULL);
}

char *report_github_classroom(const json_t *document)
{
    enum { FIRST_TRY = 8 * 1024, STEP = 2 };
    return report_within(MOST_BYTES, encoded, document, FIRST_TRY, STEP);
}
