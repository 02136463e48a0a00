// SPDX-License-Identifier: MIT
/*
 * github.c - GitHub Classroom's autograding reporter (report.h): one line of base64, which is safe in $GITHUB_OUTPUT
 * whatever a student's code printed.
 */
#include "report/report.h"

#include <string.h>

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

/* The calls that the test made. */
static char *calls(const json_t *test)
{
    GString *text = g_string_new(NULL);
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(test, "story"), i, line)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", json_string_value(line));
    return g_string_free(text, FALSE);
}

static json_t *test_of(const json_t *item)
{
    const double thousand = 1000.0; /* milliseconds per second */
    const json_t *test = json_object_get(item, "test");
    int line;
    g_autofree char *file = place(text_at(test, "where"), &line);
    g_autofree char *code = calls(test);
    return json_pack("{s:O, s:s, s:O, s:O, s:O, s:s, s:s, s:i, s:f}", "name", json_object_get(item, "title"), "status",
                     status_of(item), "score", json_object_get(item, "points"), "max_score",
                     json_object_get(item, "max_points"), "message", json_object_get(item, "text"), "test_code", code,
                     "filename", file, "line_no", line, "duration", (double)number_at(test, "duration_ms") / thousand);
}

char *report_github_classroom(const json_t *document)
{
    bool whole = number_at(document, "score") == number_at(document, "max_score");
    json_t *tests = json_array();
    json_t *items = document_items(document);
    size_t i;
    json_t *each;
    json_array_foreach(items, i, each) json_array_append_new(tests, test_of(each));
    json_decref(items);
    g_autofree char *json =
        report_dump(json_pack("{s:i, s:s, s:O, s:o}", "version", 1, "status", whole ? "pass" : "fail", "max_score",
                              json_object_get(document, "max_score"), "tests", tests),
                    JSON_COMPACT);
    g_autofree char *encoded = g_base64_encode((const guchar *)json, strlen(json));
    return g_strconcat(encoded, "\n", NULL);
}
