// SPDX-License-Identifier: MIT
/*
 * changes.c - what has changed since a lab was last graded (desk.h).
 *
 * The standing keeps, of the last grade, the names of the tests that passed and each trace's utilization and cost.
 */
#include "desk/desk.h"
#include "report/report.h"

#include <math.h>
#include <string.h>

enum { HUNDRED = 100, NAMES_SHOWN = 4 };

static bool names_hold(const json_t *names, const char *name)
{
    size_t i;
    json_t *is;
    json_array_foreach(names, i, is)
    {
        if (strcmp(json_string_value(is), name) == 0)
            return true;
    }
    return false;
}

json_t *changes_passed(const json_t *result)
{
    json_t *names = json_array();
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(result, "tests"), i, test)
    {
        if (test_passed(test) && test_is_shown(test))
            json_array_append(names, json_object_get(test, "name"));
    }
    return names;
}

json_t *changes_traces(const json_t *result)
{
    json_t *traces = json_object();
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(json_object_get(result, "cost"), "traces"), i, trace)
        json_object_set_new(traces, text_at(trace, "name"),
                            json_pack("{s:f, s:f}", "utilization", real_at(trace, "utilization"), "instructions",
                                      real_at(trace, "instructions")));
    return traces;
}

/* "; now passes: a, b": those of NAMES that OTHERS do not hold, after LEAD. */
static void add_names(GString *out, const char *lead, const json_t *names, const json_t *others)
{
    guint n = 0;
    size_t i;
    json_t *name;
    json_array_foreach(names, i, name)
    {
        if (names_hold(others, json_string_value(name)))
            continue;
        if (n < NAMES_SHOWN)
            g_string_append_printf(out, "%s%s", n == 0 ? lead : ", ", json_string_value(name));
        n++;
    }
    if (n > NAMES_SHOWN)
        g_string_append_printf(out, " and %u more", n - NAMES_SHOWN);
}

/* "; trace git: utilization 71.2 -> 74.0 %, 130 -> 122 instructions a call", for the traces that changed. */
static void add_traces(GString *out, const json_t *before, const json_t *now)
{
    const double least = 0.001; /* of the utilization; of the instructions: half of one */
    guint n = 0;
    const char *name;
    json_t *trace;
    json_object_foreach((json_t *)(uintptr_t)now, name, trace)
    {
        const json_t *old = json_object_get(before, name);
        double was = real_at(old, "utilization"), is = real_at(trace, "utilization");
        double cost_was = real_at(old, "instructions"), cost_is = real_at(trace, "instructions");
        if (!old || (fabs(is - was) < least && fabs(cost_is - cost_was) < 1.0 / 2) || n++ >= NAMES_SHOWN)
            continue;
        g_string_append_printf(out, "; %s: utilization %.1f -> %.1f %%, %.0f -> %.0f instructions a call", name,
                               was * HUNDRED, is * HUNDRED, cost_was, cost_is);
    }
    if (n > NAMES_SHOWN)
        g_string_append_printf(out, "; %u more traces changed", n - NAMES_SHOWN);
}

char *changes_since(const json_t *entry, const json_t *result)
{
    const json_t *before = json_object_get(entry, "passed");
    if (!json_is_array(before))
        return g_strdup("");
    json_t *passed = changes_passed(result), *traces = changes_traces(result);
    GString *out = g_string_new(NULL);
    json_int_t was = number_at(entry, "score"), is = number_at(result, "score");
    if (was != is)
        g_string_append_printf(out, "; %d -> %d points", (int)was, (int)is);
    add_names(out, "; now passes: ", passed, before);
    add_names(out, "; no longer passes: ", before, passed);
    add_traces(out, json_object_get(entry, "traces"), traces);
    json_decref(passed);
    json_decref(traces);
    g_autofree char *changes = g_string_free(out, FALSE);
    return changes[0] ? g_strdup_printf("Since the last time: %s.", changes + strlen("; ")) : g_strdup("");
}
