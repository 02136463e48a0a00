// SPDX-License-Identifier: MIT
/*
 * submission.c - what the stages ask about a submission: where its files lie, and which they are (grade.h).
 */
#include "grade/grade.h"

#include <string.h>

enum { NARROW = 32 /* bits */ };

char *submission_path(const struct submission *submission, const char *name)
{
    return g_build_filename(submission->work, name, NULL);
}

bool submission_is_watched(const struct submission *submission)
{
    return !submission->measured;
}

GStrv submission_sources(const struct submission *submission)
{
    if (submission->sources)
        return g_strdupv(submission->sources);
    g_autoptr(GStrvBuilder) sources = g_strv_builder_new();
    for (guint i = 0; submission->rubric->files[i]; i++)
        if (rubric_is_source(submission->rubric->files[i]))
            g_strv_builder_add(sources, submission->rubric->files[i]);
    return g_strv_builder_end(sources);
}

GStrv submission_texts(const struct submission *submission)
{
    static const char *const endings[] = {".c", ".h"};
    g_autofree char *folder = submission_path(submission, "src");
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
    g_auto(GStrv) sources = submission_sources(submission);
    for (guint i = 0; sources[i]; i++)
        if (!g_str_has_prefix(sources[i], KITS_PREFIX))
            g_strv_builder_add(texts, sources[i]);
    for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
        g_autoptr(GPtrArray) names = files_names(folder, endings[i]);
        for (guint k = 0; k < names->len; k++)
            if (!g_strv_contains((const char *const *)sources, names->pdata[k]) &&
                !g_str_has_prefix(names->pdata[k], KITS_PREFIX) && strcmp(names->pdata[k], "my_tests.c") != 0)
                g_strv_builder_add(texts, names->pdata[k]);
    }
    return g_strv_builder_end(texts);
}

bool rubric_is_narrow(const struct rubric *rubric)
{
    return rubric->judged_as && rubric->cost.bits == NARROW;
}
