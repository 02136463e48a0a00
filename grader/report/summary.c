// SPDX-License-Identifier: MIT
/*
 * summary.c - several labs on one screen (report.h): one line per lab, and what to do next.
 */
#include "report/report.h"

#include <string.h>

static bool is_test(const json_t *test)
{
    return strcmp(text_at(test, "kind"), "test") == 0;
}

static int count_tests(const json_t *lab, bool passed_only)
{
    int count = 0;
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test)
    {
        count += is_test(test) && (!passed_only || test_passed(test));
    }
    return count;
}

/* "18 of 25 tests pass" */
static char *tests_text(const json_t *lab)
{
    return g_strdup_printf("%d of %d tests pass", count_tests(lab, true), count_tests(lab, false));
}

static bool is_complete(const json_t *lab)
{
    return number_at(lab, "score") == number_at(lab, "max_score");
}

/* The state of LAB in a few words. */
static char *state(const json_t *lab)
{
    if (!lab_is_built(lab))
        return g_strdup("could not be run");
    return is_complete(lab) ? g_strdup("complete") : tests_text(lab);
}

char *summary_line(const json_t *lab)
{
    enum { NAME = 24 };
    GString *out = g_string_new("  ");
    g_autofree char *said = state(lab);
    terminal_bar(out, number_at(lab, "score"), number_at(lab, "max_score"));
    g_string_append_printf(out, " %3d / %d  %-*s  %s\n", (int)number_at(lab, "score"), (int)number_at(lab, "max_score"),
                           NAME, text_at(lab, "lab"), said);
    return g_string_free(out, FALSE);
}

static const json_t *first_incomplete(const json_t *labs)
{
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        if (!is_complete(lab))
            return lab;
    }
    return NULL;
}

char *summary_end(const json_t *document)
{
    GString *out = g_string_new(NULL);
    const json_t *lab = first_incomplete(json_object_get(document, "labs"));
    g_string_append_printf(out, "\n  %d of %d points.\n", (int)number_at(document, "score"),
                           (int)number_at(document, "max_score"));
    g_autofree char *next = NULL;
    if (lab && number_at(lab, "score") == 0)
        next = g_strdup_printf("Where to start: read handouts/%s.md, then open labs/%s in your editor and type make "
                               "there after each change.",
                               text_at(lab, "lab"), text_at(lab, "lab"));
    else if (lab)
        next = g_strdup_printf("Next: cd labs/%s and type make to see %s.", text_at(lab, "lab"),
                               count_tests(lab, true) < count_tests(lab, false) ? "what to look at first"
                                                                                : "what the remaining points are for");
    if (next)
        wrap(out, next, 2);
    return g_string_free(out, FALSE);
}

char *report_summary(const json_t *document)
{
    GString *out = g_string_new(NULL);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        g_autofree char *line = summary_line(lab);
        g_string_append(out, line);
    }
    g_autofree char *end = summary_end(document);
    g_string_append(out, end);
    return g_string_free(out, FALSE);
}
