// SPDX-License-Identifier: MIT
/*
 * limits.c - JSON as text, and texts that other systems take only up to some length (report.h).
 */
#include "report/report.h"

#include <string.h>

char *report_dump(json_t *value, size_t flags)
{
    char *dumped = json_dumps(value, flags | JSON_REAL_PRECISION(6));
    json_decref(value);
    if (!dumped)
        die_fault("cannot write the result as JSON");
    return dumped;
}

char *report_dump_lines(json_t *value)
{
    g_autofree char *dumped = report_dump(value, JSON_INDENT(2));
    return g_strconcat(dumped, "\n", NULL);
}

char *report_cut(const char *text, size_t most)
{
    if (strlen(text) <= most)
        return g_strdup(text);
    g_autofree char *start = g_strndup(text, most);
    g_autofree char *valid = g_utf8_make_valid(start, -1);
    return g_strconcat(valid, "\n... (shortened)", NULL);
}

char *report_within(size_t limit, report_maker *make, const json_t *document, size_t first, size_t step)
{
    char *text = make(document, first);
    for (size_t most = first / step; strlen(text) > limit && most > 0; most /= step) {
        g_free(text);
        text = make(document, most);
    }
    return text;
}
