// SPDX-License-Identifier: MIT
/*
 * handed_out.c - the files of a lab's folder that are the kit's, such as the contract header (grade.h).
 *
 * grader/labs/LAB/handed-out.sha256 lists them, in the format of sha256sum; `make stubs` writes it. Staff grade with
 * the files as they were handed out, so a student who changes a header may get another grade there than at home.
 */
#include "grade/grade.h"

#include <string.h>

GStrv handed_out_list(const char *lab)
{
    g_autofree char *path = kit_path("grader", "labs", lab, "handed-out.sha256", NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        text = g_strdup("");
    return g_strsplit(text, "\n", -1);
}

/* The name in a line "checksum  name". NULL if it holds none. */
static const char *name_in(const char *line)
{
    const char *gap = strstr(line, "  ");
    return gap ? gap + 2 : NULL;
}

static bool has_checksum(const char *line, const char *path)
{
    g_autofree char *bytes = NULL;
    gsize n = 0;
    if (!g_file_get_contents(path, &bytes, &n, NULL))
        return false;
    g_autofree char *found = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
    return g_str_has_prefix(line, found);
}

bool handed_out(GStrv lines, const char *file)
{
    for (guint i = 0; lines[i]; i++)
        if (g_strcmp0(name_in(lines[i]), file) == 0)
            return true;
    return false;
}

char *handed_out_changed(GStrv lines, const char *folder)
{
    for (guint i = 0; lines[i]; i++) {
        const char *name = name_in(lines[i]);
        if (!name || !g_str_has_suffix(name, ".h"))
            continue;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        if (g_file_test(path, G_FILE_TEST_EXISTS) && !has_checksum(lines[i], path))
            return g_strdup(name);
    }
    return NULL;
}
