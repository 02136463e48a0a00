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

/* What is known of the student's own earlier lab. */
struct own_base {
    bool compiles;
    bool passes;
    char *problem; /* why it does not compile */
};

static void copy_object(const struct submission *earlier, const struct submission *submission)
{
    g_autofree char *object = submission_path(earlier, "obj/student");
    g_autofree char *target = submission_path(submission, "base.o");
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(object, &bytes, &n, NULL) || !g_file_set_contents(target, bytes, (gssize)n, NULL))
        die_fault("cannot put lab %s under lab %s", earlier->rubric->number, submission->rubric->number);
}

/* Builds the earlier lab, and puts its object to work/base.o if it passes all its tests or UNTESTED ones will do. */
static struct own_base take_own(struct submission *submission, const struct rubric *below, const char *from,
                                bool untested)
{
    const struct grade_plan plan = {.from = from};
    struct submission *earlier = intake(below, from);
    json_t *built = build(earlier, false);
    struct own_base own = {.compiles = json_is_true(json_object_get(built, "ok")),
                           .problem = g_strdup(json_string_value(json_object_get(built, "problem")))};
    json_t *verdicts = own.compiles ? judge(earlier, &plan) : NULL;
    own.passes = verdicts && all_tests_pass(verdicts);
    if (own.compiles && (own.passes || untested))
        copy_object(earlier, submission);
    json_decref(built);
    json_decref(verdicts);
    submission_free(earlier);
    return own;
}

bool build_needs_own_base(const struct rubric *rubric)
{
    if (!rubric->base)
        return false;
    g_autofree char *file = g_strconcat(rubric->base, ".base.o", NULL);
    g_autofree char *path = kit_path("build", "subject", file, NULL);
    return !g_file_test(path, G_FILE_TEST_EXISTS);
}

void build_own_base(struct submission *submission, const char *from)
{
    if (!submission->rubric->base)
        return;
    struct rubric *below = rubric_load(submission->rubric->base);
    bool only = build_needs_own_base(submission->rubric);
    struct own_base own = take_own(submission, below, from, only);
    if (only && !own.compiles)
        submission->problem = g_strdup_printf("this lab stands on your lab %s: %s", below->number, own.problem);
    else if (own.passes)
        g_ptr_array_add(submission->notes, g_strdup_printf("your own lab %s is under this one", below->number));
    else if (only)
        g_ptr_array_add(submission->notes,
                        g_strdup_printf("your own lab %s is under this one; it does not pass all its tests yet, so "
                                        "what goes wrong here may come from there",
                                        below->number));
    else
        g_ptr_array_add(
            submission->notes,
            g_strdup_printf("the kit's lab %s is under this one, until yours passes all its tests", below->number));
    g_free(own.problem);
    rubric_free(below);
}
