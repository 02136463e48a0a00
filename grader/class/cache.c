// SPDX-License-Identifier: MIT
/*
 * cache.c - results that a batch can reuse (class.h).
 *
 * A batch grades identical files once (untouched stubs, copies), and runs identical own tests once against the wrong
 * versions (the tests handed out with a lab). A grade is a function of the kit and the files alone. So the cache is
 * keyed by a hash of both, and a cached result is what grading again would give.
 */
#include "class/class.h"

#include <stdio.h>
#include <string.h>

static const char tests_file[] = "my_tests.c";

static void add_text(GChecksum *sum, const char *text)
{
    g_checksum_update(sum, (const guchar *)text, (gssize)strlen(text) + 1);
}

/* The path of the cache entry for KIND and TEXTS (ended by NULL), for this kit and rubric. */
static char *path_of(const struct batch *batch, const char *kind, const char *const *texts)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    add_text(sum, batch->kit_hash);
    add_text(sum, batch->rubric_hash);
    add_text(sum, batch->coverage ? "coverage" : "");
    for (guint i = 0; texts[i]; i++)
        add_text(sum, texts[i]);
    g_autofree char *name = g_strdup_printf("%s-%s.json", kind, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return g_build_filename(batch->out, "cache", name, NULL);
}

static char *path_of_grade(const struct batch *batch, const struct submission *submission)
{
    g_autofree char *sources = submission_path(submission, "src");
    g_autofree char *files = hash_tree(sources);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    g_ptr_array_add(texts, files);
    g_ptr_array_add(texts, submission->problem ? submission->problem : files);
    for (guint i = 0; i < submission->notes->len; i++)
        g_ptr_array_add(texts, submission->notes->pdata[i]);
    g_ptr_array_add(texts, NULL);
    return path_of(batch, "grade", (const char *const *)texts->pdata);
}

/* NULL if the student has no own tests. */
static char *path_of_own_tests(const struct batch *batch, const struct submission *submission)
{
    g_autofree char *source = g_build_filename(submission->work, "src", tests_file, NULL);
    if (!g_file_test(source, G_FILE_TEST_EXISTS))
        return NULL;
    g_autofree char *hash = hash_tree(source);
    const char *texts[] = {hash, NULL};
    return path_of(batch, "own", texts);
}

void cache_forget(const struct batch *batch)
{
    g_autofree char *folder = g_build_filename(batch->out, "cache", NULL);
    files_remove_tree(folder);
    state_make_folders(batch->out);
}

static json_t *look_up(const struct batch *batch, const char *path)
{
    return path && !batch->afresh ? json_load_file(path, 0, NULL) : NULL;
}

static void keep_result(const char *path, const json_t *value)
{
    if (!path || !json_is_object(value))
        return;
    g_autofree char *text = report("json", value);
    files_write(path, text);
}

json_t *cache_grade(const struct batch *batch, const struct submission *submission)
{
    g_autofree char *path = path_of_grade(batch, submission);
    json_t *result = look_up(batch, path);
    if (result)
        return result;
    g_autofree char *own_path = path_of_own_tests(batch, submission);
    json_t *own = look_up(batch, own_path);
    const struct grade_plan plan = {.coverage = batch->coverage, .own_known = own};
    result = grade_submission(submission, &plan);
    if (!own)
        keep_result(own_path, json_object_get(result, "own_tests"));
    keep_result(path, result);
    json_decref(own);
    return result;
}
