// SPDX-License-Identifier: MIT
/*
 * pages.c - writes all pages of a batch folder (class.h).
 */
#include "class/pages/pages.h"
#include "report/report.h"

#include <errno.h>
#include <string.h>

static void write_page(const char *dir, const char *name, char *page)
{
    g_autofree char *path = g_build_filename(dir, name, NULL);
    files_write_anew(path, page);
    g_free(page);
}

struct writing {
    const char *folder;
    GHashTable *pool; /* digest_of's */
};

static json_t *write_student(json_t *document, gpointer data)
{
    const struct writing *writing = data;
    g_autofree char *name = g_strdup_printf("%s.html", text_at(document, "id"));
    write_page(writing->folder, name, student_page(document, "../index.html"));
    return digest_of(document, writing->pool);
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
    struct writing writing = {.folder = folder, .pool = digest_pool()};
    json_t *documents = results_read_each(dir, write_student, &writing);
    g_hash_table_destroy(writing.pool);
    const json_t *first = json_array_get(json_object_get(json_array_get(documents, 0), "labs"), 0);
    json_t *similar = similarity_find(dir, text_at(first, "lab"));
    write_page(dir, "similarity.json", report_dump_lines(json_deep_copy(similar)));
    write_pairs(dir, folder, similar);
    write_page(dir, "index.html", class_page(dir, documents, similar));
    json_decref(similar);
    json_decref(documents);
}
