// SPDX-License-Identifier: MIT
/*
 * page.c - builds one page from page.html, page.css, three scripts and the data (explore.h).
 *
 * The page is self-contained: it fetches nothing, and its content security policy (in page.html) forbids it to.
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

/* In JSON these characters occur only in strings. As escapes they cannot end the script element or begin a comment. */
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

/* Replaces MARK by TEXT, and frees TEXT. */
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
    fill_in(page, "/*stores.js*/", part("stores.js"));
    fill_in(page, "/*page.js*/", part("page.js"));
    fill_in(page, "/*strip.js*/", part("strip.js"));
    fill_in(page, "/*inside.js*/", part("inside.js"));
    fill_in(page, "/*data*/", safe_json(data)); /* last, so that no mark is looked for in it */
    return g_string_free(page, FALSE);
}
