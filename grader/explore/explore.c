// SPDX-License-Identifier: MIT
/*
 * explore.c - heaplab explore (heaplab.h): one test on a submission, as a page of the heap over time.
 */
#include "explore/explore.h"

#include <string.h>

static const struct item *known_test(const struct rubric *rubric, const char *test)
{
    const struct item *item = rubric_item(rubric, test);
    if (item && item->kind == ITEM_TEST)
        return item;
    die_unusable("lab %s has no test '%s'; heaplab grade --lab %s lists what it has", rubric->number, test,
                 rubric->number);
}

/* Builds the submission, or says why that can't be. */
static void build_or_die(struct submission *submission, const struct grade_plan *plan)
{
    if (plan->own_base && !submission->problem)
        build_own_base(submission, plan->from);
    json_t *built = build(submission, false);
    const char *diagnostics = json_string_value(json_object_get(built, "diagnostics"));
    const char *problem = json_string_value(json_object_get(built, "problem"));
    if (!json_is_true(json_object_get(built, "ok")))
        die_unusable("nothing could be run: %s\n%s", problem ? problem : "it does not compile",
                     diagnostics ? diagnostics : "");
    json_decref(built);
}

static void add_verdict(json_t *page, const json_t *verdict)
{
    static const char *const keys[] = {"status", "message", "expected", "found", "where"};
    for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_t *value = json_object_get(verdict, keys[i]);
        json_object_set_new(page, keys[i], value ? json_incref(value) : json_null());
    }
}

static json_t *page_head(const struct rubric *rubric, const char *name, const char *what, const char *hint)
{
    return json_pack("{s:s, s:s, s:s, s:s?, s:s?}", "lab", rubric->lab, "title", rubric->title, "name", name, "what",
                     what, "hint", hint);
}

char *explore_test(const char *lab, const struct grade_plan *plan, const char *test)
{
    struct rubric *rubric = rubric_load(lab);
    const struct item *item = known_test(rubric, test);
    struct submission *submission = intake(rubric, plan->from);
    build_or_die(submission, plan);
    g_autofree char *timeline = NULL;
    json_t *verdicts = judge_timeline(submission, plan, test, &timeline);
    places(submission, verdicts);
    json_t *page = page_head(rubric, test, item->title, item->question ? item->question : item->hint);
    add_verdict(page, json_array_get(verdicts, 0));
    if (!timeline_read(timeline, page))
        die_fault("the judge wrote no timeline of %s", test);
    if (json_string_length(json_object_get(page, "kinds")) == 0)
        die_unusable("%s makes no calls, so there is nothing to show", test);
    char *html = page_make(page);
    json_decref(page);
    json_decref(verdicts);
    submission_free(submission);
    rubric_free(rubric);
    return html;
}
