// SPDX-License-Identifier: MIT
/*
 * replay.c - replays traces on an allocator, whichever handout it was written for (replay.h).
 */
#include "programs/replay/replay.h"

#include <string.h>
#include <sys/stat.h>

/* --- which sources --- */

static bool is_defined(const GPtrArray *functions, const char *name, bool anywhere)
{
    for (guint i = 0; i < functions->len; i++) {
        const struct prototype *function = functions->pdata[i];
        if (function->defined && (anywhere || !function->is_static) && strcmp(function->name, name) == 0)
            return true;
    }
    return false;
}

/* Does a source with the functions ADDED go together with one that has FUNCTIONS, and supply NAME? */
static bool supplies(const GPtrArray *added, const GPtrArray *functions, const char *name)
{
    bool clash = false;
    for (guint i = 0; i < added->len; i++) {
        const struct prototype *function = added->pdata[i];
        clash = clash || (function->defined && !function->is_static && is_defined(functions, function->name, false));
    }
    return !clash && is_defined(added, name, false);
}

/* Adds the source of BESIDE that defines NAME, if there is one. */
static void add_supplier(struct beside *beside, struct submission *submission, GPtrArray *functions, const char *name)
{
    guint from = 0;
    const char *file;
    while ((file = beside_mentions(beside, name, &from)) != NULL) {
        g_autoptr(GPtrArray) added = prototypes_new();
        beside_take(beside, submission, file);
        prototypes_add(submission, file, added);
        if (!supplies(added, functions, name))
            continue;
        add_source(submission, file);
        g_ptr_array_extend_and_steal(functions, g_steal_pointer(&added));
        return;
    }
}

/* Functions that the allocator's own files declare and do not define may stand in other sources. */
static void add_sources(struct beside *beside, struct submission *submission, GPtrArray *functions)
{
    for (guint i = 0; i < functions->len; i++) {
        const struct prototype *function = functions->pdata[i];
        g_autofree char *name = g_strdup(function->name);
        if (!function->defined && beside_took(beside, function->file) && !is_defined(functions, name, true))
            add_supplier(beside, submission, functions, name);
    }
}

/* --- the whole --- */

/* Where LAB's files are in FROM: the folder of that name in it (as in labs/), or FROM itself. A link is no folder: what
 * was handed in could lead to anybody's work with it. Free with g_free. */
static char *lab_folder(const char *from, const char *lab)
{
    char *inside = g_build_filename(from, lab, NULL);
    struct stat status;
    if (lstat(inside, &status) == 0 && S_ISDIR(status.st_mode))
        return inside;
    g_free(inside);
    return g_strdup(from);
}

static const char *first_source(const struct rubric *rubric)
{
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]))
            return rubric->files[i];
    return "";
}

static struct submission *intake_adapted(const struct rubric *rubric, const struct grade_plan *plan, bool bits32)
{
    const struct surroundings around = {plan->alignment, plan->heap};
    g_autofree char *folder = lab_folder(plan->from, rubric->lab);
    struct beside beside = beside_find(folder, first_source(rubric));
    struct submission *submission = intake_nothing(rubric, bits32, plan->compiler);
    build_demand_bits(submission);
    beside_take(&beside, submission, beside.main);
    g_autofree char *first_text = beside_text(&beside);
    adapt_headers(submission, &around, first_text);
    add_source(submission, beside.source);
    g_autoptr(GPtrArray) functions = prototypes_new();
    prototypes_add(submission, beside.source, functions);
    add_sources(&beside, submission, functions);
    g_autofree char *text = beside_text(&beside);
    adapt(submission, &around, functions, text);
    beside_clear(&beside);
    return submission;
}

json_t *replay(const struct rubric *rubric, const struct grade_plan *plan, bool bits32)
{
    if (rubric->cost.points == 0) { /* it has functions of its own */
        struct submission *submission = intake_to_measure(rubric, plan->from, bits32);
        build_demand_bits(submission);
        json_t *found = grade_traces(submission, plan);
        submission_free(submission);
        return found;
    }
    struct submission *submission = intake_adapted(rubric, plan, bits32);
    json_t *found = grade_foreign_traces(submission, plan);
    submission_free(submission);
    return found;
}
