// SPDX-License-Identifier: MIT
/*
 * class_folder.c - the folder that holds a class's submissions (batch.h).
 *
 * An archive is unpacked once, into a folder that gets its name when all is there. Which archive it was, and what was
 * left out of it, stands beside it in class.json.
 */
#include "class/class.h"
#include "class/unpack/unpack.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Adds what is wrong with PATH to all folders that it lies in: whoever looks one of them up learns of it. */
static void add_problem(const char *path, const char *sentence, gpointer data)
{
    json_t *problems = data;
    g_auto(GStrv) names = g_strsplit(path, "/", -1);
    g_autoptr(GString) at = g_string_new(NULL);
    for (guint i = 0; names[i]; i++) {
        if (names[i][0] == '\0')
            continue;
        g_string_append_printf(at, "%s%s", at->len ? "/" : "", names[i]);
        g_autofree char *key = g_utf8_make_valid(at->str, -1);
        if (!json_object_get(problems, key))
            json_object_set_new(problems, key, json_string(sentence));
    }
}

/* Unpacks SUBMISSIONS to FOLDER, and returns what is to be kept about it. */
static json_t *unpack_to(const char *submissions, const char *folder, const char *hash)
{
    g_autofree char *fresh = g_strconcat(folder, ".new", NULL);
    files_remove_tree(fresh);
    files_remove_tree(folder);
    if (g_mkdir_with_parents(fresh, 0755) != 0)
        die_unusable("cannot make %s: %s", fresh, g_strerror(errno));
    printf("Unpacking %s\n", submissions);
    fflush(stdout);
    json_t *problems = json_object();
    g_autofree char *problem = unpack_class(submissions, fresh, add_problem, problems);
    if (problem)
        die_unusable("%s: %s", submissions, problem);
    if (rename(fresh, folder) != 0)
        die_unusable("cannot rename %s: %s", fresh, g_strerror(errno));
    return json_pack("{s:s, s:o}", "hash", hash, "problems", problems);
}

static bool is_of(const json_t *record, const char *hash, const char *folder)
{
    const char *found = json_string_value(json_object_get(record, "hash"));
    return found && strcmp(found, hash) == 0 && g_file_test(folder, G_FILE_TEST_IS_DIR);
}

static GHashTable *table_of(json_t *problems)
{
    GHashTable *table = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *path;
    json_t *sentence;
    json_object_foreach(problems, path, sentence)
    {
        g_hash_table_insert(table, g_strdup(path), g_strdup(json_string_value(sentence)));
    }
    return table;
}

/* The record is written after the folder got its name: without it, all is unpacked again. */
static char *unpacked(const char *submissions, const char *out, GHashTable **problems)
{
    char *folder = g_build_filename(out, "class", NULL);
    g_autofree char *path = g_build_filename(out, "class.json", NULL);
    g_autofree char *hash = hash_tree(submissions);
    json_t *record = json_load_file(path, 0, NULL);
    if (!is_of(record, hash, folder)) {
        json_decref(record);
        remove(path);
        record = unpack_to(submissions, folder, hash);
        g_autofree char *text = report("json", record);
        files_write(path, text);
    }
    *problems = table_of(json_object_get(record, "problems"));
    json_decref(record);
    return folder;
}

char *class_folder(const char *submissions, const char *out, GHashTable **problems)
{
    struct stat status;
    *problems = NULL;
    if (stat(submissions, &status) != 0)
        die_unusable("cannot read %s: %s", submissions, g_strerror(errno));
    if (S_ISDIR(status.st_mode))
        return g_strdup(submissions);
    if (!S_ISREG(status.st_mode) || !unpack_is_archive(submissions))
        die_unusable("%s is neither a folder nor an archive (zip, tar, 7z, rar)", submissions);
    return unpacked(submissions, out, problems);
}
