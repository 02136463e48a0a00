// SPDX-License-Identifier: MIT
/*
 * explore.c - heaplab explore (desk.h): one test or one trace on a submission, as a page of the heap
 * over time.
 */
#include "desk/explore/explore.h"
#include "wire/rep.h"

#include <string.h>

static void add_verdict(json_t *page, const json_t *verdict)
{
    static const char *const keys[] = {"status", "message", "expected", "found", "where"};
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

/* Do the student's functions of this lab include an allocator? */
static bool has_allocator(const struct rubric *rubric)
{
    g_autofree char *name = g_strconcat(rubric->lab, ".calls", NULL);
    g_autofree char *path = kit_path("build", "subject", name, NULL);
    g_autofree char *calls = NULL;
    return g_file_get_contents(path, &calls, NULL, NULL) && strstr(calls, "mm_malloc\n");
}

static struct subject_matter matter_of_trace(const struct rubric *rubric, const char *path)
{
    enum { MOST_OPERATIONS = 100000 };
    struct rep_trace trace;
    if (!has_allocator(rubric))
        die_unusable("lab %s has no allocator to replay a trace on; labs 05 to 08 have one", rubric->number);
    char *problem = rep_read(path, &trace);
    if (problem)
        die_unusable("%s", problem);
    if (trace.operations > MOST_OPERATIONS)
        die_unusable("%s has %u operations, and a page can show %d: record fewer with heaplab record --most %d", path,
                     trace.operations, MOST_OPERATIONS, MOST_OPERATIONS);
    struct subject_matter matter = {
        g_path_get_basename(path),
        g_strdup_printf("%u operations: every block should be whole, aligned and apart from others", trace.operations),
        NULL, "replay_0"};
    rep_clear(&trace);
    return matter;
}

/* Where the test has a timeline but no call is in it, or none at all, there is nothing to draw. */
static void read_timeline_or_die(const char *path, json_t *page, const char *name)
{
    if (!timeline_read(path, page))
        die_fault("the judge wrote no timeline of %s", name);
    if (json_string_length(json_object_get(page, "kinds")) == 0)
        die_unusable("%s makes no calls, so there is nothing to show", name);
}

char *explore(const char *lab, const struct grade_plan *plan, const char *test, const char *trace)
{
    struct rubric *rubric = rubric_load(lab);
    struct subject_matter matter = trace ? matter_of_trace(rubric, trace) : matter_of_test(rubric, test);
    struct submission *submission = intake(rubric, plan->from);
    g_autofree char *timeline = NULL;
    waiting_begin("running %s", matter.name);
    json_t *verdicts = grade_timeline(submission, plan, matter.test, trace, &timeline);
    waiting_end();
    json_t *page = json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "lab", rubric->lab, "title", rubric->title, "name",
                             matter.name, "what", matter.what, "hint", matter.hint);
    add_verdict(page, json_array_get(verdicts, 0));
    read_timeline_or_die(timeline, page, matter.name);
    char *html = page_make(page);
    json_decref(page);
    json_decref(verdicts);
    submission_free(submission);
    rubric_free(rubric);
    g_free(matter.name);
    g_free(matter.what);
    g_free(matter.hint);
    return html;
}
