// SPDX-License-Identifier: MIT
/*
 * plot.c - plots by gnuplot (pages.h). It sees numbers of ours only, never a student's text.
 *
 * A plot's colours stand in its .gp file as names of roles; style.css gives the roles their colours, light and dark.
 */
#include "class/pages/pages.h"

#include <string.h>

/* The svg element of gnuplot's DOCUMENT, with ids that no other plot of the page has. */
static char *element_of(const char *document, const char *name)
{
    const char *start = strstr(document, "<svg");
    if (!start)
        return NULL;
    g_autofree char *id = g_strdup_printf("id='%s-", name);
    g_autofree char *link = g_strdup_printf("'#%s-gp", name);
    GString *svg = g_string_new(start);
    g_string_replace(svg, "id='", id, 0);
    g_string_replace(svg, "id=\"", "data-id=\"", 0);
    g_string_replace(svg, "'#gp", link, 0);
    g_string_replace(svg, "<svg", "<svg aria-hidden=\"true\"", 1);
    return g_string_free(svg, FALSE);
}

char *plot_svg(const char *name, const char *data)
{
    g_autofree char *file = g_strconcat(name, ".gp", NULL);
    g_autofree char *script = kit_path("grader", "class", "pages", "parts", file, NULL);
    g_autofree char *folder = files_make_temporary();
    g_autofree char *path = g_build_filename(folder, "data", NULL);
    g_autofree char *set = g_strdup_printf("data='%s'", path);
    g_autofree char *document = NULL;
    g_autofree char *errors = NULL;
    const char *command[] = {"gnuplot", "-e", set, script, NULL};
    int status = 0;
    files_write(path, data);
    if (!g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &document, &errors,
                      &status, NULL))
        return NULL; /* it is not installed */
    if (!g_spawn_check_wait_status(status, NULL))
        die_fault("gnuplot could not draw %s: %s", name, errors);
    return element_of(document, name);
}
