// SPDX-License-Identifier: MIT
/*
 * driver.c - the list of default traces in a driver's source or in its config.h (import.h). It is a macro whose lines
 * end with backslashes, or the initialiser of an array; in both, the traces are string literals that end with .rep.
 */
#include "programs/import/import.h"

#include <string.h>

/* Where the list that begins at TEXT ends: a macro at the end of a line without a backslash, an array at its brace. */
static const char *end_of_list(const char *text, bool is_macro)
{
    const char *end = text;
    if (!is_macro)
        return text + strcspn(text, "}");
    for (;;) {
        size_t n = strcspn(end, "\n");
        size_t used = n;
        while (used > 0 && strchr(" \t\r", end[used - 1]))
            used--;
        if (end[n] == '\0' || used == 0 || end[used - 1] != '\\')
            return end + n;
        end += n + 1;
    }
}

/* The names in LIST, without their folders. */
static GStrv names_in_list(const char *list)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    g_autoptr(GRegex) regex = g_regex_new("\"([^\"\\n]+\\.rep)\"", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, list, 0, &match); g_match_info_matches(match); g_match_info_next(match, NULL)) {
        g_autofree char *path = g_match_info_fetch(match, 1);
        g_autofree char *name = g_path_get_basename(path);
        g_strv_builder_add(names, name);
    }
    return g_strv_builder_end(names);
}

GStrv driver_traces(const char *text)
{
    static const struct {
        const char *pattern;
        bool is_macro;
    } lists[] = {{"#[ \\t]*define[ \\t]+DEFAULT_TRACEFILES\\b", true},
                 {"\\b\\w*(?:trace|TRACE)\\w*[ \\t]*\\[[^\\]]*\\][ \\t]*=\\s*\\{", false}};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(GRegex) regex = g_regex_new(lists[i].pattern, 0, 0, NULL);
        g_autoptr(GMatchInfo) match = NULL;
        int end = 0;
        if (!g_regex_match(regex, text, 0, &match) || !g_match_info_fetch_pos(match, 0, NULL, &end))
            continue;
        const char *list = text + end;
        g_autofree char *body = g_strndup(list, (gsize)(end_of_list(list, lists[i].is_macro) - list));
        GStrv names = names_in_list(body);
        if (names[0])
            return names;
        g_strfreev(names);
    }
    return NULL;
}
