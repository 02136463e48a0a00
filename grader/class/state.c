// SPDX-License-Identifier: MIT
/*
 * state.c - what is already graded (class.h), as the result files show.
 */
#include "class/class.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

void state_make_folders(const char *out)
{
    static const char *const folders[] = {"results", "history", "files", "faults", "cache"};
    for (guint i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_build_filename(out, folders[i], NULL);
        if (g_mkdir_with_parents(path, 0755) != 0)
            die_unusable("cannot make %s: %s", path, g_strerror(errno));
    }
}

static char *below(const struct batch *batch, const char *folder, const char *id, const char *ending)
{
    g_autofree char *name = g_strconcat(id, ending, NULL);
    return g_build_filename(batch->out, folder, name, NULL);
}

char *state_result_path(const struct batch *batch, const char *id)
{
    return below(batch, "results", id, ".json");
}

char *state_files_path(const struct batch *batch, const char *id)
{
    return below(batch, "files", id, "");
}

char *state_fault_path(const struct batch *batch, const char *id)
{
    return below(batch, "faults", id, ".txt");
}

static char *history_path(const struct batch *batch, const char *id, int revision)
{
    g_autofree char *ending = g_strdup_printf(".%d.json", revision);
    return below(batch, "history", id, ending);
}

json_t *state_result(const struct batch *batch, const char *id)
{
    g_autofree char *path = state_result_path(batch, id);
    return json_load_file(path, 0, NULL);
}

int state_next_revision(const struct batch *batch, const char *id)
{
    for (int revision = 1;; revision++) {
        g_autofree char *path = history_path(batch, id, revision);
        if (!g_file_test(path, G_FILE_TEST_EXISTS))
            return revision;
    }
}

void state_retire(const struct batch *batch, const char *id)
{
    g_autofree char *from = state_result_path(batch, id);
    g_autofree char *to = history_path(batch, id, state_next_revision(batch, id));
    if (rename(from, to) != 0 && errno != ENOENT)
        die_unusable("cannot move %s to %s: %s", from, to, g_strerror(errno));
}

json_t *state_history(const struct batch *batch, const char *id)
{
    json_t *history = json_array();
    int next = state_next_revision(batch, id);
    for (int revision = 1; revision < next; revision++) {
        g_autofree char *path = history_path(batch, id, revision);
        json_t *document = json_load_file(path, 0, NULL);
        if (document)
            json_array_append_new(history, document);
    }
    return history;
}

static bool has_hash(const json_t *document, const char *key, const char *hash)
{
    const char *found = json_string_value(json_object_get(json_object_get(document, "grading"), key));
    return found && strcmp(found, hash) == 0;
}

static bool differs_in_points(const struct batch *batch, const json_t *document)
{
    return !has_hash(document, "rubric", batch->rubric_hash) && has_hash(document, "rubric_rest", batch->rubric_rest);
}

const char *state_reason(const struct batch *batch, const struct handed_in *submission)
{
    json_t *document = state_result(batch, submission->id);
    bool points = differs_in_points(batch, document);
    const char *reason = !document                                                      ? "new"
                         : !has_hash(document, "handed_in", submission->hash)           ? "changed"
                         : !has_hash(document, "rubric", batch->rubric_hash) && !points ? "the rubric changed"
                         : !has_hash(document, "kit", batch->kit_hash)                  ? "the kit changed"
                         : points                                                       ? STATE_POINTS
                                                                                        : NULL;
    json_decref(document);
    return reason;
}
