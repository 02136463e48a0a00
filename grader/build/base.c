// SPDX-License-Identifier: MIT
/*
 * base.c - a lab that stands on an earlier one: whose code lies below (heaplab.h).
 *
 * Staff grading always uses the reference, so that one lab never sinks another. At home a student may use their own
 * earlier lab, once all its tests pass.
 */
#include "heaplab.h"

#include <string.h>

static bool all_tests_pass(const json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        const char *status = json_string_value(json_object_get(verdict, "status"));
        if (!status || strcmp(status, "passed") != 0)
            return false;
    }
    return json_array_size(verdicts) > 0;
}

/* The earlier lab's object, if it builds and passes: copied to work/base.o. */
static bool take_own(struct submission *submission, const struct rubric *below, const char *from)
{
    const struct grade_plan plan = {.from = from};
    struct submission *earlier = intake(below, from);
    json_t *built = build(earlier, false);
    json_t *verdicts = json_is_true(json_object_get(built, "ok")) ? judge(earlier, &plan) : NULL;
    bool ok = verdicts && all_tests_pass(verdicts);
    if (ok) {
        g_autofree char *object = submission_path(earlier, "obj/student");
        g_autofree char *target = submission_path(submission, "base.o");
        g_autofree char *bytes = NULL;
        gsize n = 0;
        ok = g_file_get_contents(object, &bytes, &n, NULL) && g_file_set_contents(target, bytes, (gssize)n, NULL);
    }
    json_decref(built);
    json_decref(verdicts);
    submission_free(earlier);
    return ok;
}

void build_own_base(struct submission *submission, const char *from)
{
    if (!submission->rubric->base)
        return;
    struct rubric *below = rubric_load(submission->rubric->base);
    bool own = take_own(submission, below, from);
    g_ptr_array_add(
        submission->notes,
        own ? g_strdup_printf("your own lab %s is under this one", below->number)
            : g_strdup_printf("the kit's lab %s is under this one, until yours passes all its tests", below->number));
    rubric_free(below);
}
