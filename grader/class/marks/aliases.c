// SPDX-License-Identifier: MIT
/*
 * aliases.c - names that tell nothing (marks.h), for grading without knowing whose work it is. DIR/aliases.csv is the
 * key: whoever has it can tell who is who. An alias is drawn once and kept.
 */
#include "class/marks/marks.h"
#include "report/report.h"

#include <string.h>

enum { FIRST = 1000, LAST = 9999 };

bool aliases_wanted(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "batch.json", NULL);
    json_t *settings = json_load_file(path, 0, NULL);
    bool wanted = json_is_true(json_object_get(settings, "anonymous"));
    json_decref(settings);
    return wanted;
}

/* From ids to aliases, as the key in PATH has them. */
static json_t *read_key(const char *path)
{
    json_t *aliases = json_object();
    char *mistake = NULL;
    g_autoptr(GPtrArray) rows = g_file_test(path, G_FILE_TEST_EXISTS) ? table_read(path, &mistake) : NULL;
    for (guint i = 1; rows && i < rows->len; i++) {
        const GPtrArray *row = rows->pdata[i];
        if (row->len >= 2)
            json_object_set_new(aliases, row->pdata[1], json_string(row->pdata[0]));
    }
    return aliases;
}

static bool is_taken(json_t *aliases, const char *alias)
{
    const char *id;
    json_t *other;
    json_object_foreach(aliases, id, other)
    {
        if (strcmp(json_string_value(other), alias) == 0)
            return true;
    }
    return false;
}

/* Draws an alias for ID. More submissions than four digits have room for get longer ones. */
static void draw(json_t *aliases, const char *id)
{
    int scale = 1 + (int)json_object_size(aliases) / (LAST - FIRST) * 2;
    g_autofree char *alias = NULL;
    do {
        g_free(alias);
        alias = g_strdup_printf("student-%d", g_random_int_range(FIRST * scale, LAST * scale * 2));
    } while (is_taken(aliases, alias));
    json_object_set_new(aliases, id, json_string(alias));
}

static void add_cell(GString *out, const char *text, const char *end)
{
    g_auto(GStrv) parts = g_strsplit(text, "\"", -1);
    g_autofree char *quoted = g_strjoinv("\"\"", parts);
    g_string_append_printf(out, "\"%s\"%s", quoted, end);
}

json_t *aliases_of(const char *dir, const json_t *documents)
{
    g_autofree char *path = g_build_filename(dir, "aliases.csv", NULL);
    json_t *aliases = read_key(path);
    g_autoptr(GString) key = g_string_new("alias,submission,name,number\r\n");
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        const char *id = text_at(document, "id");
        const json_t *student = json_object_get(document, "student");
        if (!id[0])
            continue;
        if (!json_object_get(aliases, id))
            draw(aliases, id);
        add_cell(key, text_at(aliases, id), ",");
        add_cell(key, id, ",");
        add_cell(key, text_at(student, "name"), ",");
        add_cell(key, text_at(student, "number")[0] ? text_at(student, "number") : text_at(student, "id"), "\r\n");
    }
    files_write(path, key->str);
    return aliases;
}

void aliases_hide(json_t *document, const json_t *aliases)
{
    const char *alias = text_at(aliases, text_at(document, "id"));
    const json_t *student = json_object_get(document, "student");
    json_t *hidden = json_pack("{s:s, s:s, s:b, s:s}", "id", alias, "name", alias, "late",
                               json_is_true(json_object_get(student, "late")), "source", "");
    json_object_set(document, "files_id", json_object_get(document, "id"));
    json_object_set_new(document, "id", json_string(alias));
    json_object_set_new(document, "submission", json_string(alias));
    json_object_set_new(document, "student", hidden);
}

static gint by_alias(gconstpointer a, gconstpointer b)
{
    const json_t *const *left = a;
    const json_t *const *right = b;
    return strcmp(text_at(*left, "id"), text_at(*right, "id"));
}

void aliases_sort(json_t *documents)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) g_ptr_array_add(sorted, json_incref(document));
    g_ptr_array_sort(sorted, by_alias);
    json_array_clear(documents);
    for (guint k = 0; k < sorted->len; k++)
        json_array_append_new(documents, sorted->pdata[k]);
}
