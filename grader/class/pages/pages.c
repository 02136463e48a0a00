// SPDX-License-Identifier: MIT
/*
 * pages.c - writes all pages of a batch folder (class.h).
 */
#include "class/pages/pages.h"
#include "class/marks/marks.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

static void write_page(const char *dir, const char *name, char *page)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    files_write_anew(path, page);
    g_free(page);
}

/* --- marks: all results have to be known for them, so they are read twice --- */

/* A new object with the KEYS of OBJECT and their values. */
static json_t *part_of(const json_t *object, const char *const *keys)
{
    json_t *part = json_object();
    for (; *keys; keys++)
        json_object_set(part, *keys, json_object_get(object, *keys));
    return part;
}

/* What marks depend on; a whole result is large. */
static json_t *without_stories(json_t *document, gpointer data)
{
    static const char *const of_document[] = {"id", "student", "score", "max_score", NULL};
    static const char *const of_lab[] = {"lab", "score", "max_score", NULL};
    static const char *const of_test[] = {"name", "points", NULL};
    json_t *slim = part_of(document, of_document);
    json_t *labs = json_array();
    size_t i, k;
    json_t *lab, *test;
    (void)data;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        json_t *slim_lab = part_of(lab, of_lab);
        json_t *tests = json_array();
        json_array_foreach(json_object_get(lab, "tests"), k, test) json_array_append_new(tests, part_of(test, of_test));
        json_object_set_new(slim_lab, "tests", tests);
        json_array_append_new(labs, slim_lab);
    }
    json_object_set_new(slim, "labs", labs);
    return slim;
}

/* Who has no result, of MARKS: {missing, unsure, pending, sure}. ANONYMOUS: how many, in place of names. */
static json_t *absent_of(const json_t *marks, bool anonymous)
{
    static const char *const lists[] = {"missing", "unsure", "pending"};
    const json_t *unclaimed = json_object_get(marks, "unclaimed");
    json_t *absent = json_pack("{s:b}", "sure", json_array_size(unclaimed) == 0);
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        json_t *list = json_copy(json_object_get(marks, lists[i]));
        if (strcmp(lists[i], "pending") == 0)
            json_array_extend(list, (json_t *)(uintptr_t)unclaimed);
        size_t n = json_array_size(list);
        if (anonymous && n > 0) {
            json_array_clear(list);
            json_array_append_new(list, json_sprintf("%zu", n));
        }
        json_object_set_new(absent, lists[i], list);
    }
    return absent;
}

/* The marks of DIR's submissions, by id. A page for partners shows the first one's. */
static json_t *marks_by_id(const char *dir, json_t **absent, json_t **aliases)
{
    json_t *results = results_read_each(dir, without_stories, NULL);
    json_t *marks = marks_of(dir, results);
    json_t *table = json_object();
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(marks, "documents"), i, document)
    {
        if (text_at(document, "id")[0] && !json_object_get(table, text_at(document, "id")))
            json_object_set(table, text_at(document, "id"), document);
    }
    *aliases = aliases_wanted(dir) ? aliases_of(dir, results) : NULL;
    *absent = absent_of(marks, *aliases != NULL);
    json_decref(marks);
    json_decref(results);
    return table;
}

/* --- pages --- */

struct writing {
    const char *dir;    /* the batch's */
    const char *folder; /* of the pages */
    GHashTable *pool;   /* for digest_of */
    json_t *marks;      /* from id to a document with "mark" and "student" */
    json_t *aliases;    /* from id to alias; NULL: names are shown */
};

/* Names several partners, if a group has handed in together. */
static void add_mark(json_t *document, const json_t *marks)
{
    const json_t *marked = json_object_get(marks, text_at(document, "id"));
    const json_t *partners = json_object_get(json_object_get(document, "student"), "partners");
    json_object_set(document, "mark", json_object_get(marked, "mark"));
    if (!partners && json_is_true(json_object_get(json_object_get(marked, "student"), "in_roster")))
        json_object_set(document, "student", json_object_get(marked, "student"));
}

void pages_add_sources(const char *dir, const json_t *document)
{
    g_autofree char *folder = g_build_filename(dir, "files", text_at(document, "id"), NULL);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) lab_add_sources(lab, folder);
}

static json_t *write_student(json_t *document, gpointer data)
{
    const struct writing *writing = data;
    add_mark(document, writing->marks);
    pages_add_sources(writing->dir, document);
    if (writing->aliases)
        aliases_hide(document, writing->aliases);
    g_autofree char *name = g_strdup_printf("%s.html", text_at(document, "id"));
    write_page(writing->folder, name, student_page(document));
    return digest_of(document, writing->pool);
}

/* Puts aliases in place of the ids of SIMILAR's pairs. Earlier submissions keep theirs. */
static void hide_pairs(const json_t *similar, const json_t *aliases)
{
    static const char *const sides[] = {"a", "b"};
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(similar, "pairs"), i, pair)
    {
        for (guint k = 0; k < G_N_ELEMENTS(sides); k++) {
            json_t *alias = json_object_get(aliases, text_at(pair, sides[k]));
            if (alias)
                json_object_set(pair, sides[k], alias);
        }
    }
}

/* The paths of what was compared contain names. */
static void drop_folders(const json_t *similar)
{
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(similar, "pairs"), i, pair)
    {
        json_object_del(pair, "a_folder");
        json_object_del(pair, "b_folder");
    }
}

static void write_pairs(const char *folder, const json_t *similar)
{
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(similar, "pairs"), i, pair)
    {
        g_autofree char *name = similarity_page_name(pair);
        write_page(folder, name, similarity_page(pair));
    }
}

void pages_write(const char *dir)
{
    g_autofree char *folder = g_build_filename(dir, "pages", NULL);
    if (!g_file_test(dir, G_FILE_TEST_IS_DIR))
        die_unusable("%s is not a folder; name the folder that heaplab batch wrote", dir);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_unusable("cannot make the folder %s: %s", folder, g_strerror(errno));
    g_autofree char *settings_path = g_build_filename(dir, "batch.json", NULL);
    json_t *settings = json_load_file(settings_path, 0, NULL); /* NULL: the folder is no batch's */
    json_t *absent = NULL;
    struct writing writing = {.dir = dir, .folder = folder, .pool = digest_pool()};
    writing.marks = marks_by_id(dir, &absent, &writing.aliases);
    if (writing.aliases) { /* pages with names may be left from before */
        files_remove_tree(folder);
        if (g_mkdir_with_parents(folder, 0755) != 0)
            die_unusable("cannot make the folder %s: %s", folder, g_strerror(errno));
    }
    json_t *documents = results_read_each(dir, write_student, &writing);
    if (writing.aliases)
        aliases_sort(documents);
    g_hash_table_destroy(writing.pool);
    const json_t *first = json_array_get(json_object_get(json_array_get(documents, 0), "labs"), 0);
    json_t *similar = similarity_find(dir, text_at(first, "lab"), json_object_get(settings, "against"));
    if (writing.aliases)
        hide_pairs(similar, writing.aliases);
    write_pairs(folder, similar);
    if (writing.aliases)
        drop_folders(similar);
    write_page(dir, "similarity.json", report_dump_lines(json_deep_copy(similar)));
    write_page(dir, "index.html", class_page(dir, documents, absent, similar));
    json_decref(absent);
    json_decref(settings);
    json_decref(writing.marks);
    json_decref(writing.aliases);
    json_decref(similar);
    json_decref(documents);
}
