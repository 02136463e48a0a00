// SPDX-License-Identifier: MIT
/*
 * pages.c - writes all pages of a batch folder (heaplab.h).
 */
#include "pages/pages.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

static void write_page(const char *dir, const char *name, char *page)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    files_write(path, page);
    g_free(page);
}

static void drop(json_t *object, const char *const *keys)
{
    for (; *keys; keys++)
        json_object_del(object, *keys);
}

/* What only the student's own page tells: a class of thousands would take gigabytes with it. */
static void shorten(json_t *document)
{
    static const char *const of_a_test[] = {"story", "heap", "hint",       "output", "message", "expected",
                                            "found", "kind", "visibility", "needs",  NULL};
    static const char *const of_coverage[] = {"unreached", NULL};
    static const char *const of_build[] = {"diagnostics", NULL};
    size_t i, k;
    json_t *lab, *test;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        drop(json_object_get(lab, "coverage"), of_coverage);
        drop(json_object_get(lab, "build"), of_build);
        json_array_foreach(json_object_get(lab, "tests"), k, test) drop(test, of_a_test);
    }
}

static void write_student(json_t *document, gpointer data)
{
    const char *folder = data;
    g_autofree char *name = g_strdup_printf("%s.html", text_at(document, "id"));
    write_page(folder, name, student_page(document, "../index.html"));
    shorten(document);
}

static void write_pairs(const char *dir, const char *folder, const json_t *similar)
{
    size_t i;
    json_t *pair;
    json_array_foreach(json_object_get(similar, "pairs"), i, pair)
    {
        g_autofree char *name = g_strdup_printf("%s-and-%s.html", text_at(pair, "a"), text_at(pair, "b"));
        write_page(folder, name, similarity_page(dir, pair));
    }
}

void pages_write(const char *dir)
{
    g_autofree char *folder = g_build_filename(dir, "pages", NULL);
    if (!g_file_test(dir, G_FILE_TEST_IS_DIR))
        die_unusable("%s is no folder; pages are made of the folder that heaplab batch wrote", dir);
    if (g_mkdir_with_parents(folder, 0755) != 0)
        die_unusable("cannot make the folder %s: %s", folder, g_strerror(errno));
    json_t *documents = results_read_each(dir, write_student, folder);
    const json_t *first = json_array_get(json_object_get(json_array_get(documents, 0), "labs"), 0);
    json_t *similar = similarity_find(dir, text_at(first, "lab"));
    write_page(dir, "similarity.json", report_dump_lines(json_deep_copy(similar)));
    write_pairs(dir, folder, similar);
    write_page(dir, "index.html", class_page(dir, documents, similar));
    json_decref(similar);
    json_decref(documents);
}
