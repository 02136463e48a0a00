// SPDX-License-Identifier: MIT
/*
 * table.c - a table as spreadsheets and learning management systems write it (config.h): CSV with commas, semicolons or
 * tabs, in UTF-8, UTF-16 or Windows' Latin-1, with or without a byte order mark.
 */
#include "config/config.h"

#include <errno.h>
#include <string.h>

enum { MOST_BYTES = 32 << 20 };

/* The N BYTES as UTF-8. */
static char *decoded(const char *bytes, gsize n)
{
    const guchar *first = (const guchar *)bytes;
    const char *from = n >= 2 && first[0] == 0xff && first[1] == 0xfe   ? "UTF-16LE"
                       : n >= 2 && first[0] == 0xfe && first[1] == 0xff ? "UTF-16BE"
                       : g_utf8_validate(bytes, (gssize)n, NULL)        ? NULL
                                                                        : "WINDOWS-1252";
    char *text = from ? g_convert(bytes, (gssize)n, "UTF-8", from, NULL, NULL, NULL) : g_strndup(bytes, n);
    return text ? text : g_utf8_make_valid(bytes, (gssize)n);
}

/* What separates the cells of the first line of TEXT: the candidate that is there most often. */
static char separator_of(const char *text)
{
    static const char candidates[] = ",;\t";
    guint count[sizeof candidates - 1] = {0};
    bool quoted = false;
    for (const char *at = text; *at && (quoted || *at != '\n'); at++) {
        const char *which = strchr(candidates, *at);
        quoted = quoted != (*at == '"');
        if (which && !quoted)
            count[which - candidates]++;
    }
    guint best = 0;
    for (guint i = 1; i < G_N_ELEMENTS(count); i++)
        if (count[i] > count[best])
            best = i;
    return candidates[best];
}

/* Ends the cell CELL: it joins ROW without the spaces around it. */
static void end_cell(GPtrArray *row, GString *cell)
{
    g_autofree char *clean = text_clean(cell->str, cell->len);
    g_ptr_array_add(row, g_strdup(g_strstrip(clean)));
    g_string_truncate(cell, 0);
}

/* Ends ROW and begins another; a row without text is none. */
static GPtrArray *end_row(GPtrArray *rows, GPtrArray *row)
{
    bool empty = true;
    for (guint i = 0; i < row->len; i++)
        empty = empty && ((const char *)row->pdata[i])[0] == '\0';
    if (empty)
        g_ptr_array_set_size(row, 0);
    else
        g_ptr_array_add(rows, row);
    return empty ? row : g_ptr_array_new_with_free_func(g_free);
}

static GPtrArray *parse(const char *text)
{
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) cell = g_string_new(NULL);
    char separator = separator_of(text);
    bool quoted = false;
    for (const char *at = text; *at; at++) {
        bool end = !quoted && (*at == separator || *at == '\n');
        if (*at == '"' && quoted && at[1] == '"')
            g_string_append_c(cell, *at++);
        else if (*at == '"')
            quoted = !quoted;
        else if (!end && *at != '\r')
            g_string_append_c(cell, *at);
        if (end)
            end_cell(row, cell);
        if (end && *at == '\n')
            row = end_row(rows, row);
    }
    end_cell(row, cell);
    g_ptr_array_unref(end_row(rows, row));
    return rows;
}

GPtrArray *table_read(const char *path, char **mistake)
{
    g_autofree char *bytes = NULL;
    gsize n = 0;
    GError *error = NULL;
    if (!g_file_get_contents(path, &bytes, &n, &error)) {
        *mistake = g_strdup_printf("cannot read %s: %s", path, error->message);
        return NULL;
    }
    if (n > MOST_BYTES) {
        *mistake = g_strdup_printf("%s is too long for a table: %zu MB", path, (size_t)(n >> 20));
        return NULL;
    }
    static const char mark[] = "\xEF\xBB\xBF";
    g_autofree char *text = decoded(bytes, n);
    return parse(g_str_has_prefix(text, mark) ? text + strlen(mark) : text);
}
