// SPDX-License-Identifier: MIT
/*
 * base.c - a lab that builds on an earlier one: whose code of that lab is used (grade.h).
 *
 * Staff grading always uses the reference, so that one lab never sinks another. At home a student may use their own
 * earlier lab, once all its tests pass.
 */
#include "grade/grade.h"

bool base_is_missing(const struct rubric *rubric)
{
    if (!rubric->base)
        return false;
    g_autofree char *file = g_strconcat(rubric->base, ".base.o", NULL);
    g_autofree char *path = kit_path("build", "subject", file, NULL);
    return !g_file_test(path, G_FILE_TEST_EXISTS);
}

static void copy_object(const struct submission *earlier, const struct submission *submission)
{
    g_autofree char *object = submission_path(earlier, "obj/student");
    g_autofree char *target = submission_path(submission, "base.o");
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(object, &bytes, &n, NULL) || !g_file_set_contents(target, bytes, (gssize)n, NULL))
        die_fault("cannot put lab %s under lab %s", earlier->rubric->number, submission->rubric->number);
}

static const char *note_about(const struct base_found *found, bool missing)
{
    if (found->passes)
        return "your own lab %s is under this one";
    if (missing)
        return "your own lab %s is under this one; it does not pass all its tests yet, so what goes wrong here may "
               "come from there";
    return "the kit's lab %s is under this one, until yours passes all its tests";
}

void base_put(struct submission *submission, const struct submission *earlier, const struct base_found *found)
{
    bool missing = base_is_missing(submission->rubric);
    const char *number = earlier->rubric->number;
    if (found->compiles && (found->passes || missing))
        copy_object(earlier, submission);
    if (missing && !found->compiles) {
        submission->problem = g_strdup_printf("this lab stands on your lab %s: %s", number, found->problem);
        return;
    }
    g_auto(GStrv) parts = g_strsplit(note_about(found, missing), "%s", -1);
    g_ptr_array_add(submission->notes, g_strjoinv(number, parts));
}
