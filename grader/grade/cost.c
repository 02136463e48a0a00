// SPDX-License-Identifier: MIT
/*
 * cost.c - how an allocator performs on traces: utilization, and what its calls cost (grade.h).
 *
 *     utilization   peak payload bytes / (peak heap bytes + bytes of the code's static variables)
 *     cost          instructions + MISS_COST x misses of the first-level caches, an operation
 *
 * The first comes from the judge's own books of the judged run, the second from callgrind, in a run of its own whose
 * replies must be those of the judged run. There is no clock in either. A cost run stops where the trace has cost as
 * much as it can count for, so a slow allocator's result takes no longer than another's, and is the same on a slow
 * machine. A 32-bit program has no cost run.
 */
#include "grade/grade.h"

#include <stdlib.h>
#include <string.h>

enum { ALIAS_CHARACTERS = 20 };

/* --- from the judge's verdicts --- */

static const json_t *verdict_called(const json_t *verdicts, const char *name)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict) if (g_strcmp0(string_at(verdict, "name"), name) == 0) return verdict;
    return NULL;
}

/* The names of the traces' tests that passed. */
static GStrv valid_traces(const json_t *verdicts)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (string_at(verdict, "trace") && test_passed(verdict))
            g_strv_builder_add(names, string_at(verdict, "name"));
    }
    return g_strv_builder_end(names);
}

/* --- one trace --- */

/* A sentence or a name from the judge, which may hold bytes from the student's code. The caller frees it. */
static char *clean_in(const json_t *object, const char *key)
{
    const char *text = string_at(object, key);
    return text_clean(text ? text : "", text ? strlen(text) : 0);
}

/* The part of a trace's result that the judged run gives; nothing is counted yet. */
static json_t *judged_part(const json_t *verdict, double fixed)
{
    const json_t *replay = json_object_get(verdict, "replay");
    bool valid = test_passed(verdict);
    double heap = real_at(replay, "peak_heap") + fixed;
    g_autofree char *clean = clean_in(verdict, "message");
    return json_pack("{s:s, s:I, s:b, s:s?, s:f, s:i, s:f, s:f}", "name", string_at(verdict, "trace"), "operations",
                     (json_int_t)real_at(replay, "operations"), "valid", (int)valid, "message", valid ? NULL : clean,
                     "utilization", valid && heap > 0 ? real_at(replay, "peak_payload") / heap : 0.0, "counted", 0,
                     "instructions", 0.0, "misses", 0.0);
}

static void say_uncounted(json_t *trace, const json_t *verdict)
{
    g_autofree char *clean = clean_in(verdict, "message");
    json_object_set_new(trace, "message", json_sprintf("its cost could not be counted: %s", clean));
}

static void say_stopped(json_t *trace, const json_t *counted)
{
    const double million = 1e6;
    json_object_set_new(trace, "message",
                        json_sprintf("its cost passed %.1f million before the trace's end, the most that counts",
                                     real_at(counted, "most") / million));
}

/* Adds what the cost run found. Without a count the trace has no cost, and a message says why. */
static void add_cost(json_t *trace, const json_t *verdict)
{
    const json_t *counted = json_object_get(verdict, "cost");
    double operations = real_at(counted, "operations");
    if (!verdict)
        return;
    if (!test_passed(verdict) || operations <= 0) {
        say_uncounted(trace, verdict);
        return;
    }
    if (json_is_true(json_object_get(counted, "stopped")))
        say_stopped(trace, counted);
    json_object_set_new(trace, "counted", json_integer((json_int_t)operations));
    json_object_set_new(trace, "instructions", json_real(real_at(counted, "instructions") / operations));
    json_object_set_new(trace, "misses", json_real(real_at(counted, "misses") / operations));
}

static json_t *traces_of(const struct submission *submission, const json_t *verdicts, const json_t *counted)
{
    json_t *traces = json_array();
    double fixed = (double)program_static_bytes(submission);
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (!string_at(verdict, "trace"))
            continue;
        json_t *trace = judged_part(verdict, fixed);
        add_cost(trace, verdict_called(counted, string_at(verdict, "name")));
        json_array_append_new(traces, trace);
    }
    return traces;
}

/* --- all traces --- */

/* The first trace that was replayed to its end; NULL if there is none. */
static const json_t *first_replay(const json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (json_is_object(json_object_get(verdict, "replay")))
            return verdict;
    }
    return NULL;
}

/* The name that the team chose: one line, not too long; null if there is none. */
static json_t *alias_of(const json_t *verdicts)
{
    g_autofree char *clean = clean_in(json_object_get(first_replay(verdicts), "replay"), "alias");
    g_strstrip(g_strdelimit(clean, "\n\t", ' '));
    g_autofree char *cut = g_utf8_substring(clean, 0, MIN(ALIAS_CHARACTERS, g_utf8_strlen(clean, -1)));
    return cut[0] ? json_string(cut) : json_null();
}

static json_t *mean(const json_t *traces, const char *key)
{
    double sum = 0;
    size_t i;
    json_t *trace;
    json_array_foreach(traces, i, trace) sum += real_at(trace, key);
    size_t n = json_array_size(traces);
    return json_real(n > 0 ? sum / (double)n : 0);
}

/* --- how far to count --- */

static char *baseline_path(const struct rubric *rubric)
{
    g_autofree char *file = g_strconcat(rubric->lab, ".json", NULL);
    return kit_path("build", "baseline", file, NULL);
}

/* For the cost run of each of the lab's traces (judge/lib/cost.h). The baseline itself is measured without. */
static void write_most(const struct submission *submission, const json_t *verdicts)
{
    g_autofree char *path = baseline_path(submission->rubric);
    json_t *baseline = json_load_file(path, 0, NULL);
    size_t i;
    json_t *verdict;
    json_array_foreach(baseline ? verdicts : NULL, i, verdict)
    {
        json_t *trace = json_pack("{s:s?}", "name", string_at(verdict, "trace"));
        double most = contest_most(trace, baseline);
        g_autofree char *name = g_strdup_printf("evidence/%s.most", string_at(verdict, "name"));
        g_autofree char *file = submission_path(submission, name);
        g_autofree char *text = g_strdup_printf("%.0f\n", most);
        if (most > 0)
            files_write(file, text);
        json_decref(trace);
    }
    json_decref(baseline);
}

/* The first of the runs that did not end well; NULL if all did. */
static const json_t *first_bad_run(const json_t *counted)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(counted, i, verdict)
    {
        if (!test_passed(verdict))
            return verdict;
    }
    return NULL;
}

/* Where one of the runs did not come to its end, the others may or may not have been tried; and code that does one
 * thing when it is judged and another when it is counted has no cost on any trace. */
static void all_or_none(json_t *counted)
{
    const json_t *bad = first_bad_run(counted);
    g_autofree char *status = g_strdup(string_at(bad, "status"));
    bool timed_out = g_strcmp0(status, "timed_out") == 0;
    g_autofree char *reason = clean_in(bad, "message");
    size_t i;
    json_t *verdict;
    json_array_foreach(bad ? counted : NULL, i, verdict)
    {
        if (!timed_out && !test_passed(verdict))
            continue;                                                /* its own message says more */
        json_object_set_new(verdict, "status", json_string(status)); /* BAD is one of them: its texts are copies */
        json_object_set_new(verdict, "message",
                            timed_out ? json_string("under callgrind, a call on one of the traces does not end")
                                      : json_sprintf("on another trace, %s", reason));
    }
}

bool cost_is_wanted(const struct submission *submission, const struct grade_plan *plan)
{
    return submission->measured && ((!plan->only && !plan->first_failure) || plan->count_cost);
}

GStrv cost_to_count(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    if (submission->bits32 || plan->no_cost)
        return g_new0(char *, 1);
    GStrv valid = valid_traces(verdicts);
    if (valid[0] && !plan->traces)
        write_most(submission, verdicts);
    return valid;
}

json_t *cost(const struct submission *submission, const json_t *verdicts, json_t *counted)
{
    all_or_none(counted);
    json_t *traces = traces_of(submission, verdicts, counted);
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:I}", "alias", alias_of(verdicts), "traces", traces, "utilization",
                     mean(traces, "utilization"), "instructions", mean(traces, "instructions"), "misses",
                     mean(traces, "misses"), "static_bytes", (json_int_t)program_static_bytes(submission));
}

json_t *cost_baseline(const struct rubric *rubric)
{
    g_autofree char *path = baseline_path(rubric);
    json_error_t error;
    json_t *baseline = json_load_file(path, 0, &error);
    if (!baseline)
        die_fault("cannot read %s: %s (is the kit built? type make)", path, error.text);
    return baseline;
}
