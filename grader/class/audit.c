// SPDX-License-Identifier: MIT
/*
 * audit.c - grades a sample of a batch again, from the files that were kept (class.h).
 */
#include "class/class.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct audit {
    const struct batch *original;
    guint differ;
    guint faults;
};

/* Orders ids by their hashes, so that the sample is spread over the class and is the same in every audit. */
static int by_hash(gconstpointer a, gconstpointer b)
{
    g_autofree char *first = g_compute_checksum_for_string(G_CHECKSUM_SHA256, *(const char *const *)a, -1);
    g_autofree char *second = g_compute_checksum_for_string(G_CHECKSUM_SHA256, *(const char *const *)b, -1);
    return strcmp(first, second);
}

static struct handed_in *again(const struct batch *original, const char *id)
{
    struct handed_in *submission = g_new0(struct handed_in, 1);
    submission->id = g_strdup(id);
    submission->source = g_strdup(id);
    submission->name = g_strdup(id);
    submission->number = g_strdup("");
    submission->when = g_strdup("");
    submission->hash = g_strdup("");
    submission->parts = g_ptr_array_new();
    struct part *part = g_new0(struct part, 1);
    part->path = state_files_path(original, id);
    part->as = g_strdup(id);
    part->when = g_strdup("");
    g_ptr_array_add(submission->parts, part);
    return submission;
}

static void compare(const struct batch *batch, const struct handed_in *submission, const char *fault, gpointer data)
{
    struct audit *audit = data;
    if (fault) {
        printf("%s could not be graded: %s\n", submission->id, fault);
        audit->faults++;
        return;
    }
    json_t *old = state_result(audit->original, submission->id);
    json_t *new = state_result(batch, submission->id);
    audit->differ += diff_print(old, new);
    json_decref(old);
    json_decref(new);
}

/* The settings of the batch in OUT. */
static json_t *settings_of(const char *out)
{
    g_autofree char *path = g_build_filename(out, "batch.json", NULL);
    json_t *settings = json_load_file(path, 0, NULL);
    if (!json_is_string(json_object_get(settings, "lab")))
        die_unusable("%s is not a batch's folder: it has no batch.json", out);
    return settings;
}

static void refuse_another_kit(const struct batch *batch, const json_t *settings)
{
    if (strcmp(batch->kit_hash, json_string_value(json_object_get(settings, "kit"))) != 0 ||
        strcmp(batch->rubric_hash, json_string_value(json_object_get(settings, "rubric"))) != 0)
        die_unusable(
            "the kit or the rubric has changed since %s was graded, so scores may differ. heaplab batch grades it "
            "again; heaplab regrade --diff lists what changed",
            batch->out);
}

int audit_run(const char *out, guint sample, unsigned jobs)
{
    json_t *settings = settings_of(out);
    struct batch original = {.out = out, .lab = json_string_value(json_object_get(settings, "lab"))};
    original.rubric = rubric_load(original.lab);
    original.kit_hash = hash_kit(original.rubric);
    original.rubric_hash = hash_rubric(original.rubric);
    original.rubric_rest = hash_rubric_without_points(original.rubric);
    refuse_another_kit(&original, settings);
    g_autoptr(GPtrArray) ids = diff_ids(out);
    g_ptr_array_sort(ids, by_hash);
    struct batch batch = original;
    g_autofree char *folder = files_make_temporary();
    if (chmod(folder, 0711) != 0)
        die_fault("cannot open %s: %s", folder, g_strerror(errno));
    batch.out = folder;
    batch.afresh = true;
    batch.jobs = jobs;
    batch.coverage = json_is_true(json_object_get(settings, "coverage"));
    state_make_folders(folder);
    files_temporaries_below(folder);
    g_autoptr(GPtrArray) todo = g_ptr_array_new();
    for (guint i = 0; i < ids->len && i < sample; i++)
        g_ptr_array_add(todo, again(&original, ids->pdata[i]));
    kit_set_workers(jobs > 1 ? 1 : kit_workers());
    struct audit audit = {.original = &original};
    local_run(&batch, todo, compare, &audit);
    printf("%u of %u graded again: %u scores differ.\n", todo->len - audit.faults, ids->len, audit.differ);
    if (audit.differ + audit.faults > 0)
        die_fault("a grade should be the same every time");
    return EXIT_GRADED;
}
