// SPDX-License-Identifier: MIT
/*
 * recording.c - runs one test or one trace on a submission, and collects what happened to the heap (explore.h).
 */
#include "desk/explore/explore.h"
#include "wire/channel.h"
#include "wire/rep.h"

#include <string.h>

static void add_verdict(json_t *page, const json_t *verdict)
{
    static const char *const keys[] = {"status", "message", "expected", "found", "where", "written"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_t *value = json_object_get(verdict, keys[i]);
        json_object_set_new(page, keys[i], value ? json_incref(value) : json_null());
    }
}

/* What the page is about. */
struct subject_matter {
    char *name;
    char *what; /* may be NULL */
    char *hint; /* may be NULL */
    const char *test;
};

static struct subject_matter matter_of_test(const struct rubric *rubric, const char *test)
{
    const struct item *item = shown_test(rubric, test);
    return (struct subject_matter){g_strdup(test), g_strdup(item->title),
                                   g_strdup(item->question ? item->question : item->hint), test};
}

bool code_has(const struct rubric *rubric, const char *function)
{
    g_autofree char *name = g_strconcat(rubric_machine(rubric), ".calls", NULL);
    g_autofree char *path = kit_path("build", "subject", name, NULL);
    g_autofree char *calls = NULL;
    if (!g_file_get_contents(path, &calls, NULL, NULL))
        return false;
    g_auto(GStrv) names = g_strsplit(calls, "\n", -1);
    return g_strv_contains((const char *const *)names, function);
}

static struct subject_matter matter_of_trace(const struct rubric *rubric, const char *path)
{
    enum { MOST_OPERATIONS = 100000 };
    struct rep_trace trace;
    if (!code_has(rubric, "mm_malloc"))
        die_unusable("lab %s has no allocator to replay a trace on; labs 05 to 08 have one", rubric->number);
    char *problem = rep_read(path, &trace);
    if (problem)
        die_unusable("%s", problem);
    if (trace.operations > MOST_OPERATIONS)
        die_unusable("%s has %u operations, but a page can show only %d: record fewer with heaplab record --most %d",
                     path, trace.operations, MOST_OPERATIONS, MOST_OPERATIONS);
    struct subject_matter matter = {
        g_path_get_basename(path),
        g_strdup_printf("%u operations: every block should stay intact, be aligned and overlap no other",
                        trace.operations),
        NULL, "replay_0"};
    rep_clear(&trace);
    return matter;
}

/* Dies if the test left no timeline, or one without a call: there is nothing to draw. */
static void read_timeline_or_die(const char *path, json_t *page, const char *name)
{
    if (!timeline_read(path, page))
        die_fault("the judge wrote no timeline of %s", name);
    if (json_string_length(json_object_get(page, "kinds")) == 0)
        die_unusable("%s makes no calls, so there is nothing to show", name);
}

json_t *sources_of(const struct submission *submission)
{
    enum { MOST_BYTES = 1 << 20 };
    json_t *sources = json_object();
    g_auto(GStrv) texts = submission_texts(submission);
    for (guint i = 0; texts[i]; i++) {
        g_autofree char *name = g_build_filename("src", texts[i], NULL);
        g_autofree char *path = submission_path(submission, name);
        g_autofree char *text = files_read_text(path, MOST_BYTES);
        g_autofree char *clean = text_clean(text, strlen(text));
        json_object_set_new(sources, texts[i], json_string(clean));
    }
    return sources;
}

/* Turns "codes" into "places". */
static void add_places(json_t *data, const struct submission *submission)
{
    g_autoptr(GPtrArray) codes = g_ptr_array_new();
    size_t i;
    json_t *code;
    json_array_foreach(json_object_get(data, "codes"), i, code)
        g_ptr_array_add(codes, (gpointer)(uintptr_t)json_string_value(code));
    json_object_set_new(data, "places", places_of_codes(submission, codes));
    json_object_del(data, "codes");
}

json_t *recording(const char *lab, const struct grade_plan *plan, const char *test, const char *trace)
{
    struct rubric *rubric = rubric_load(lab);
    struct subject_matter matter = trace ? matter_of_trace(rubric, trace) : matter_of_test(rubric, test);
    struct submission *submission = intake(rubric, plan->from);
    g_autofree char *timeline = NULL;
    waiting_begin("running %s", matter.name);
    json_t *verdicts = grade_timeline(submission, plan, matter.test, trace, &timeline);
    waiting_end();
    json_t *data = json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "lab", rubric->lab, "title", rubric->title, "name",
                             matter.name, "what", matter.what, "hint", matter.hint);
    add_verdict(data, json_array_get(verdicts, 0));
    read_timeline_or_die(timeline, data, matter.name);
    add_places(data, submission);
    json_object_set_new(data, "sources", sources_of(submission));
    json_object_set_new(data, "trace", json_boolean(trace || g_str_has_prefix(matter.name, "trace_")));
    json_object_set_new(data, "heap_start", json_integer((json_int_t)HEAP_ADDRESS));
    json_object_set_new(data, "watched", json_boolean(submission_is_watched(submission)));
    json_decref(verdicts);
    submission_free(submission);
    rubric_free(rubric);
    g_free(matter.name);
    g_free(matter.what);
    g_free(matter.hint);
    return data;
}
