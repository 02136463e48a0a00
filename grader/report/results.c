// SPDX-License-Identifier: MIT
/*
 * results.c - reads stored results (report.h).
 *
 * A result contains text from students, and files can come from anywhere, so all text is cleaned again here.
 */
#include "report/report.h"

#include <string.h>

char *result_path(const char *dir, const char *id)
{
    g_autofree char *file = g_strconcat(id, ".json", NULL);
    return g_build_filename(dir, "results", file, NULL);
}

bool result_exists(const char *dir, const char *id)
{
    g_autofree char *path = result_path(dir, id);
    return !strchr(id, '/') && g_file_test(path, G_FILE_TEST_IS_REGULAR);
}

/* A copy of VALUE with every string cleaned. */
static json_t *cleaned(const json_t *value)
{
    if (json_is_string(value)) {
        g_autofree char *text = text_clean(json_string_value(value), json_string_length(value));
        return json_string(text);
    }
    size_t i;
    const char *key;
    json_t *part;
    json_t *copy = json_is_array(value)    ? json_array()
                   : json_is_object(value) ? json_object()
                                           : json_copy((json_t *)(uintptr_t)value);
    if (json_is_array(value))
        json_array_foreach(value, i, part) json_array_append_new(copy, cleaned(part));
    if (json_is_object(value))
        json_object_foreach((json_t *)(uintptr_t)value, key, part) json_object_set_new(copy, key, cleaned(part));
    return copy;
}

/* The file name identifies the result: a single grade names no student, and a batch does not always know a number. */
static void name_student(json_t *document, const char *path)
{
    g_autofree char *id = g_path_get_basename(path);
    if (g_str_has_suffix(id, ".json"))
        id[strlen(id) - strlen(".json")] = '\0';
    g_autofree char *clean = text_clean(id, strlen(id));
    json_object_set_new(document, "id", json_string(clean));
    if (!json_is_object(json_object_get(document, "student")))
        json_object_set_new(document, "student",
                            json_pack("{s:s, s:s, s:b, s:s}", "id", "", "name", clean, "late", false, "source", ""));
}

static json_t *read_one(const char *path)
{
    json_error_t error;
    json_t *read = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
    if (!read)
        die_unusable("%s is not a result: %s (line %d); write one with heaplab grade --json FILE", path, error.text,
                     error.line);
    if (json_integer_value(json_object_get(read, "schema")) != RESULT_SCHEMA ||
        !json_is_array(json_object_get(read, "labs")))
        die_unusable("%s is not a heaplab result (schema %d); write one with heaplab grade --json FILE", path,
                     RESULT_SCHEMA);
    json_t *document = cleaned(read);
    json_decref(read);
    name_student(document, path);
    return document;
}

/* The .json files of FOLDER, sorted. */
static GPtrArray *files_of(const char *folder)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) names = files_names(folder, ".json");
    for (guint i = 0; i < names->len; i++)
        g_ptr_array_add(files, g_build_filename(folder, names->pdata[i], NULL));
    return files;
}

json_t *results_read(const char *path)
{
    return results_read_each(path, NULL, NULL);
}

static void add_document(json_t *documents, const char *path, results_visit visit, gpointer data)
{
    json_t *document = read_one(path);
    json_array_append_new(documents, visit ? visit(document, data) : json_incref(document));
    json_decref(document);
}

json_t *results_read_each(const char *path, results_visit visit, gpointer data)
{
    json_t *documents = json_array();
    g_autofree char *results = g_build_filename(path, "results", NULL);
    const char *folder = g_file_test(results, G_FILE_TEST_IS_DIR) ? results : path;
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        die_unusable("there is no '%s'; give a result that heaplab grade --json wrote, or a batch folder", path);
    if (!g_file_test(folder, G_FILE_TEST_IS_DIR)) {
        add_document(documents, path, visit, data);
        return documents;
    }
    g_autoptr(GPtrArray) files = files_of(folder);
    if (files->len == 0)
        die_unusable("%s holds no results (files that end in .json)", folder);
    for (guint i = 0; i < files->len; i++)
        add_document(documents, files->pdata[i], visit, data);
    return documents;
}
