// SPDX-License-Identifier: MIT
/*
 * vpl.c - Moodle's Virtual Programming Lab (report.h): comments in blocks, the grade as the last line.
 *
 * VPL interprets whole lines: "--|>" ends a block, "Grade :=>>" is the grade, "-" starts a title. So every line that is
 * not our own starts with '>', and VPL shows it unchanged.
 */
#include "report/report.h"

#include <string.h>

static void quote(GString *out, const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (lines[i][0] || lines[i + 1])
            g_string_append_printf(out, ">%s\n", lines[i]);
}

/* A block: TITLE, with TEXT below. */
static void block(GString *out, const char *title, const char *text)
{
    if (!text[0])
        return;
    g_string_append(out, "<|--\n");
    g_string_append_printf(out, "-%s\n", title);
    quote(out, text);
    g_string_append(out, "--|>\n\n");
}

static void add_item(GString *out, const json_t *item)
{
    g_autofree char *title =
        g_strdup_printf("%s: %d of %d points (%s)", text_at(item, "title"), (int)number_at(item, "points"),
                        (int)number_at(item, "max_points"), text_at(item, "status"));
    g_strdelimit(title, "\n", ' ');
    if (strcmp(text_at(item, "status"), "passed") != 0)
        block(out, title, text_at(item, "text"));
}

char *report_vpl(const json_t *document)
{
    GString *out = g_string_new(NULL);
    g_autofree char *text = document_text(document);
    json_t *items = document_items(document);
    size_t i;
    json_t *item;
    block(out, "Summary", text);
    json_array_foreach(items, i, item) add_item(out, item);
    json_decref(items);
    g_string_append_printf(out, "Grade :=>>%d\n", (int)number_at(document, "score"));
    return g_string_free(out, FALSE);
}
