// SPDX-License-Identifier: MIT
/*
 * page.c - one page out of page.html, page.css, page.js and the data (explore.h).
 *
 * The page is whole in itself: it fetches nothing, and its own policy (a meta element in page.html) forbids it to.
 */
#include "desk/explore/explore.h"

#include <stdlib.h>

static char *part(const char *name)
{
    g_autofree char *path = kit_path("grader", "desk", "explore", name, NULL);
    char *text = NULL;
    GError *error = NULL;
    if (!g_file_get_contents(path, &text, NULL, &error))
        die_fault("%s", error->message);
    return text;
}

/* In JSON these characters stand in strings only. As escapes they can't end the script element, or begin a comment. */
static char *safe_json(const json_t *data)
{
    char *json = json_dumps(data, JSON_COMPACT);
    if (!json)
        die_fault("the data of the page cannot be written");
    GString *safe = g_string_new(json);
    free(json);
    g_string_replace(safe, "<", "\\u003c", 0);
    g_string_replace(safe, ">", "\\u003e", 0);
    g_string_replace(safe, "&", "\\u0026", 0);
    return g_string_free(safe, FALSE);
}

/* Puts TEXT (taken over) in the place of MARK. */
static void fill_in(GString *page, const char *mark, char *text)
{
    if (g_string_replace(page, mark, text, 1) != 1)
        die_fault("page.html has no %s", mark);
    g_free(text);
}

char *page_make(const json_t *data)
{
    g_autofree char *frame = part("page.html");
    GString *page = g_string_new(frame);
    fill_in(page, "/*page.css*/", part("page.css"));
    fill_in(page, "/*page.js*/", part("page.js"));
    fill_in(page, "/*data*/", safe_json(data)); /* last: nothing is looked for in it */
    return g_string_free(page, FALSE);
}
