// SPDX-License-Identifier: MIT
/*
 * sentences.c - sentences that several formats share (report.h).
 */
#include "report/report.h"

#include <string.h>

enum { HUNDRED = 100 }; /* percent */

/* --- coverage, own tests, cost --- */

static double percent_of(const json_t *covered, const char *what)
{
    return json_real_value(json_object_get(json_object_get(covered, what), "percent"));
}

/* Is the Ith of PLACES in the line after that of the one before it? */
static bool goes_on(const json_t *places, size_t i)
{
    const json_t *before = json_array_get(places, i - 1);
    const json_t *place = json_array_get(places, i);
    return strcmp(text_at(place, "file"), text_at(before, "file")) == 0 &&
           number_at(place, "line") == number_at(before, "line") + 1;
}

/* What is in PLACES, such as "ring.c 12, 14-17, note.c 30"; at most MOST runs of lines. */
static char *ranges(const json_t *places)
{
    enum { MOST = 8 };
    GString *text = g_string_new(NULL);
    const char *file = "";
    size_t n = json_array_size(places);
    int runs = 0;
    for (size_t i = 0; i < n; runs++) {
        const json_t *first = json_array_get(places, i);
        for (i++; i < n && goes_on(places, i);)
            i++;
        int to = (int)number_at(json_array_get(places, i - 1), "line");
        if (runs == MOST)
            g_string_append(text, ", ...");
        if (runs >= MOST)
            continue;
        g_string_append(text, text->len ? ", " : "");
        if (strcmp(file, text_at(first, "file")) != 0)
            g_string_append_printf(text, "%s ", file = text_at(first, "file"));
        g_string_append_printf(text, "%d", (int)number_at(first, "line"));
        if (to > (int)number_at(first, "line"))
            g_string_append_printf(text, "-%d", to);
    }
    return g_string_free(text, FALSE);
}

char *coverage_sentence(const json_t *lab)
{
    const json_t *covered = json_object_get(lab, "coverage");
    if (!json_is_object(json_object_get(covered, "lines")))
        return g_strdup("");
    g_autofree char *unreached = ranges(json_object_get(covered, "unreached"));
    g_autofree char *untaken = ranges(json_object_get(covered, "untaken"));
    return g_strdup_printf("The tests reached %.1f%% of your lines and %.1f%% of your branches%s%s%s%s.",
                           percent_of(covered, "lines"), percent_of(covered, "branches"),
                           unreached[0] ? "; lines not reached: " : "", unreached,
                           untaken[0] ? "; lines with a branch never taken: " : "", untaken);
}

char *own_tests_facts(const json_t *own)
{
    const json_t *covered = json_object_get(own, "coverage");
    const char *message = text_at(own, "problem")[0] ? text_at(own, "problem") : text_at(own, "message");
    if (message[0])
        return g_strdup(message);
    g_autofree char *reached =
        json_is_object(covered)
            ? g_strdup_printf("; %.0f%% of a correct version's lines and %.0f%% of its branches reached",
                              percent_of(covered, "lines"), percent_of(covered, "branches"))
            : g_strdup(""); /* a release for students does not count it */
    return g_strdup_printf("%d of %d wrong versions caught%s", (int)number_at(own, "caught"),
                           (int)number_at(own, "chaffs"), reached);
}

/* " Wrong versions: no points up to 4, all 10 from 38 on." Empty if there is no such half. */
static char *scale_words(const json_t *scale, const char *half, const char *what, const char *unit)
{
    const json_t *of = json_object_get(scale, half);
    if (!json_is_object(of))
        return g_strdup("");
    return g_strdup_printf(" %s: no points up to %d%s, all %d from %d%s on.", what, (int)number_at(of, "from"), unit,
                           (int)number_at(of, "points"), (int)number_at(of, "to"), unit);
}

/* " Not caught: 3 that break "mm_free does nothing for NULL", ..." Empty if that is not known. */
static char *missed_words(const json_t *missed)
{
    enum { SHOWN = 3 };
    GString *text = g_string_new(NULL);
    json_int_t others = 0;
    size_t i;
    json_t *kind;
    json_array_foreach(missed, i, kind)
    {
        if (i < SHOWN)
            g_string_append_printf(text, "%s %d that break%s \"%s\"", i == 0 ? " Not caught:" : ",",
                                   (int)number_at(kind, "versions"), number_at(kind, "versions") == 1 ? "s" : "",
                                   text_at(kind, "title"));
        else
            others += number_at(kind, "versions");
    }
    if (others > 0)
        g_string_append_printf(text, ", and %d others", (int)others);
    g_string_append(text, text->len > 0 ? "." : "");
    return g_string_free(text, FALSE);
}

/* How the points come about, and what is still to be caught; empty if there are none to be had. */
static char *own_tests_advice(const json_t *own)
{
    const json_t *scale = json_object_get(own, "scale");
    if (number_at(own, "points") == number_at(own, "max_points") || !json_is_true(json_object_get(own, "accepted")))
        return g_strdup("");
    g_autofree char *chaffs = scale_words(scale, "chaffs", "Wrong versions", "");
    g_autofree char *coverage = scale_words(scale, "coverage", "Mean of lines and branches", " %");
    g_autofree char *missed = missed_words(json_object_get(own, "missed"));
    return g_strconcat(chaffs, coverage, missed, NULL);
}

char *own_tests_sentence(const json_t *lab)
{
    const json_t *own = json_object_get(lab, "own_tests");
    if (!json_is_object(own))
        return g_strdup("");
    g_autofree char *facts = own_tests_facts(own);
    g_autofree char *advice = own_tests_advice(own);
    return g_strdup_printf("Your own tests: %d of %d points (%s).%s", (int)number_at(own, "points"),
                           (int)number_at(own, "max_points"), facts, advice);
}

/* "; 3 of 16 traces failed or could not be counted, and score as the worst"; empty if all have a cost. */
static char *without_cost(const json_t *traces)
{
    guint without = 0;
    size_t i;
    json_t *trace;
    json_array_foreach(traces, i, trace) without += json_number_value(json_object_get(trace, "instructions")) <= 0;
    if (without == 0)
        return g_strdup("");
    return g_strdup_printf("; %u of %zu traces failed or could not be counted, and score as the worst", without,
                           json_array_size(traces));
}

/* " By the course's own formula: 71 of 100 (...)."; empty if the lab has none. */
static char *formula_sentence(const json_t *formula)
{
    const json_t *speed = json_object_get(formula, "speed");
    int weight = (int)number_at(formula, "utilization_weight");
    int failed = (int)number_at(formula, "failed");
    double utilization = json_number_value(json_object_get(formula, "utilization")) * HUNDRED;
    if (!json_is_object(formula))
        return g_strdup("");
    if (failed > 0)
        return g_strdup_printf(" By the course's own formula: 0 of 100, as %d trace%s failed.", failed,
                               failed == 1 ? "" : "s");
    if (!json_is_number(json_object_get(formula, "index")))
        return g_strdup_printf(" By the course's own formula: %.1f of %d for utilization; its other %d are for speed, "
                               "which was not counted.",
                               weight * utilization / HUNDRED, weight, HUNDRED - weight);
    return g_strdup_printf(" By the course's own formula: %.1f of 100 (%d x %.1f%% utilization; %d for speed, which is "
                           "%.0f%% of the baseline's).",
                           json_number_value(json_object_get(formula, "index")), weight, utilization, HUNDRED - weight,
                           json_number_value(speed));
}

/* " Cost: 20 of 20 points (...)."; empty where it earns none. */
static char *cost_part(const json_t *cost, int points, int most)
{
    if (most == 0)
        return g_strdup("");
    g_autofree char *rest = without_cost(json_object_get(cost, "traces"));
    return g_strdup_printf(
        " Cost: %d of %d points (%.0f instructions and %.2f cache misses per call; %.0f%% of the baseline's cost%s).",
        points, most, json_number_value(json_object_get(cost, "instructions")),
        json_number_value(json_object_get(cost, "misses")),
        json_number_value(json_object_get(json_object_get(cost, "relative"), "cost")), rest);
}

char *contest_sentence(const json_t *lab)
{
    const json_t *cost = json_object_get(lab, "cost");
    const json_t *points = json_object_get(cost, "points");
    const json_t *most = json_object_get(cost, "max_points");
    if (!json_is_object(points))
        return g_strdup("");
    g_autofree char *for_cost = cost_part(cost, (int)number_at(points, "cost"), (int)number_at(most, "cost"));
    g_autofree char *formula = formula_sentence(json_object_get(cost, "formula"));
    return g_strdup_printf(
        "Utilization: %d of %d points (%.1f%% of the heap; %.0f%% of what the baseline reaches).%s%s",
        (int)number_at(points, "utilization"), (int)number_at(most, "utilization"),
        json_number_value(json_object_get(cost, "utilization")) * HUNDRED,
        json_number_value(json_object_get(json_object_get(cost, "relative"), "utilization")), for_cost, formula);
}

/* The valid trace of COST with the largest KEY or, if SIGN is -1, the smallest; NULL if there is none. */
static const json_t *extreme_trace(const json_t *cost, const char *key, int sign)
{
    const json_t *found = NULL;
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(cost, "traces"), i, trace)
    {
        double number = json_number_value(json_object_get(trace, key));
        if (number > 0 && json_is_true(json_object_get(trace, "valid")) &&
            (!found || sign * number > sign * json_number_value(json_object_get(found, key))))
            found = trace;
    }
    return found;
}

static bool loses(const json_t *cost, const char *key)
{
    return number_at(json_object_get(cost, "points"), key) < number_at(json_object_get(cost, "max_points"), key);
}

/* Traces of the lab's own have the names of files. */
static void add_explore(GString *text, const char *trace)
{
    int stem = g_str_has_suffix(trace, ".rep") ? (int)(strlen(trace) - strlen(".rep")) : (int)strlen(trace);
    g_string_append_printf(text, "To see the heap over time: make explore TEST=trace_%.*s", stem, trace);
}

char *contest_advice(const json_t *lab)
{
    enum { MANY = 4096 }; /* static bytes that are worth mentioning */
    const json_t *cost = json_object_get(lab, "cost");
    const json_t *tight = loses(cost, "utilization") ? extreme_trace(cost, "utilization", -1) : NULL;
    const json_t *dear = loses(cost, "cost") ? extreme_trace(cost, "instructions", 1) : NULL;
    GString *text = g_string_new(NULL);
    if (tight)
        g_string_append_printf(text, "Utilization is lowest on trace %s: %.1f%%. ", text_at(tight, "name"),
                               json_number_value(json_object_get(tight, "utilization")) * HUNDRED);
    if (tight && number_at(cost, "static_bytes") >= MANY)
        g_string_append_printf(text,
                               "%" JSON_INTEGER_FORMAT " bytes of static variables count as heap on every trace. ",
                               number_at(cost, "static_bytes"));
    if (dear)
        g_string_append_printf(text, "A call costs most on trace %s: %.0f instructions. ", text_at(dear, "name"),
                               json_number_value(json_object_get(dear, "instructions")));
    if (text->len > 0)
        add_explore(text, text_at(tight ? tight : dear, "name"));
    return g_string_free(text, FALSE);
}

char *uncounted_sentence(const json_t *lab)
{
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(json_object_get(lab, "cost"), "traces"), i, trace)
    {
        if (json_is_true(json_object_get(trace, "valid")) && text_at(trace, "message")[0])
            return g_strdup_printf("Trace %s: %s.", text_at(trace, "name"), text_at(trace, "message"));
    }
    return g_strdup("");
}

char *cost_sentence(const json_t *cost)
{
    const json_t *utilization = json_object_get(cost, "utilization");
    if (!json_is_number(utilization))
        return g_strdup("");
    return g_strdup_printf("Utilization %.1f%%; %.0f instructions per operation.",
                           json_number_value(utilization) * HUNDRED,
                           json_number_value(json_object_get(cost, "instructions")));
}

/* --- a test --- */

static void add_labelled(GString *out, const char *label, const char *text)
{
    enum { COLUMN = 10 };
    if (text[0])
        g_string_append_printf(out, "%-*s%s\n", COLUMN, label, text);
}

static void add_picture(GString *out, const char *label, const json_t *picture)
{
    enum { WIDTH = 68 };
    g_autofree char *text = picture_lines(picture, WIDTH, true);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        add_labelled(out, i == 0 ? label : "", lines[i]);
}

static void add_story(GString *out, const json_t *story)
{
    enum { SHOWN = 20 };
    size_t n = json_array_size(story);
    size_t first = n > SHOWN ? n - SHOWN : 0;
    if (first > 0)
        g_string_append_printf(out, "    /* ... %zu earlier lines ... */\n", first);
    for (size_t i = first; i < n; i++)
        g_string_append_printf(out, "    %s\n", json_string_value(json_array_get(story, i)));
    if (n > 0)
        g_string_append_c(out, '\n');
}

/* How a hidden test ended, and nothing else about it. */
static const struct {
    const char *status, *sentence;
} endings[] = {{"passed", ""},
               {"failed", "a hidden test failed"},
               {"crashed", "your code crashed in a hidden test"},
               {"timed_out", "your code took too long in a hidden test"},
               {"misused", "your code misused memory in a hidden test"},
               {"not_run", "a hidden test was not run, because an earlier one did not pass"}};

const char *hidden_sentence(const char *status)
{
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++)
        if (strcmp(endings[i].status, status) == 0)
            return endings[i].sentence;
    return "";
}

char *test_text(const json_t *test)
{
    GString *out = g_string_new(NULL);
    if (test_passed(test))
        return g_string_free(out, FALSE);
    const json_t *hint = json_object_get(test, "hint");
    const json_t *heap = json_object_get(test, "heap");
    const char *question = text_at(hint, "question");
    add_story(out, json_object_get(test, "story"));
    if (text_at(test, "message")[0])
        g_string_append_printf(out, "%s\n\n", text_at(test, "message"));
    add_labelled(out, "expected", text_at(test, "expected"));
    add_labelled(out, "found", text_at(test, "found"));
    add_labelled(out, "where", text_at(test, "where"));
    add_labelled(out, "written", text_at(test, "written"));
    add_picture(out, "before", json_object_get(heap, "before"));
    add_picture(out, "after", json_object_get(heap, "after"));
    add_labelled(out, "think", question[0] ? question : text_at(hint, "hint"));
    if (text_at(test, "output")[0])
        g_string_append_printf(out, "\nprinted:\n%s\n", text_at(test, "output"));
    return g_string_free(out, FALSE);
}

/* --- a lab --- */

static void add_paragraph(GString *out, const char *lead, const char *text)
{
    if (text[0])
        g_string_append_printf(out, "%s%s%s\n", out->len > 0 ? "\n" : "", lead, text);
}

char *lab_text(const json_t *lab)
{
    GString *out = g_string_new(NULL);
    const json_t *built = json_object_get(lab, "build");
    g_autofree char *covered = coverage_sentence(lab);
    g_autofree char *own = own_tests_sentence(lab);
    size_t i;
    json_t *note;
    add_paragraph(out, "Nothing could be run: ", text_at(built, "problem"));
    add_paragraph(out, "The compiler says:\n", text_at(built, "diagnostics"));
    json_array_foreach(json_object_get(lab, "notes"), i, note) add_paragraph(out, "Note: ", json_string_value(note));
    if (json_is_true(json_object_get(built, "ok")))
        add_paragraph(out, "", covered);
    add_paragraph(out, "", own);
    return g_string_free(out, FALSE);
}
