// SPDX-License-Identifier: MIT
/*
 * remarks.c - what a class lacks, in sentences (marks.h).
 */
#include "class/class.h"
#include "class/marks/marks.h"

enum { MOST = 40 }; /* names on a terminal */

/* Adds LIST after START, a printf format for its length. ALL: the file that has what is cut; NULL: nothing is. */
static void add_list(GString *text, const char *start, const json_t *list, const char *all)
{
    size_t n = json_array_size(list);
    size_t shown = all && n > MOST ? MOST : n;
    if (n == 0)
        return;
    g_string_append_printf(text, start, (int)n);
    for (size_t i = 0; i < shown; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", json_string_value(json_array_get(list, i)));
    if (shown < n)
        g_string_append_printf(text, "; and %zu more: see %s", n - shown, all);
    g_string_append_c(text, '\n');
}

char *marks_remarks(const json_t *marks, const char *all)
{
    GString *text = g_string_new(NULL);
    const json_t *unclaimed = json_object_get(marks, "unclaimed");
    bool sure = json_array_size(unclaimed) == 0;
    add_list(text, sure ? "Handed in nothing (%d): " : "No result (%d): ", json_object_get(marks, "missing"), all);
    add_list(text, "Perhaps handed in, see below (%d): ", json_object_get(marks, "unsure"), all);
    add_list(text, "Not graded yet (%d): ", json_object_get(marks, "pending"), all);
    add_list(text, "Not graded yet, and perhaps theirs (%d): ", unclaimed, all);
    add_list(text, "Withdrawn, so not in the marks (%d): ", json_object_get(marks, "withdrawn"), all);
    add_list(text, "Not in the marks (%d): ", json_object_get(marks, "unmatched"), all);
    return g_string_free(text, FALSE);
}

void marks_tell(const char *dir, const json_t *marks, FILE *to)
{
    g_autofree char *settings = g_build_filename(dir, "batch.json", NULL);
    g_autofree char *path = g_build_filename(dir, "remarks.txt", NULL);
    g_autofree char *whole = marks_remarks(marks, NULL);
    bool kept = g_file_test(settings, G_FILE_TEST_EXISTS) && g_file_set_contents(path, whole, -1, NULL);
    g_autofree char *text = marks_remarks(marks, kept ? path : NULL);
    fputs(text, to);
}
