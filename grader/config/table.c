// SPDX-License-Identifier: MIT
/*
 * table.c - a table as spreadsheets and learning management systems write it (config.h): CSV with commas, semicolons or
 * tabs, in UTF-8, UTF-16 or Windows' Latin-1, with or without a byte order mark or Excel's line "sep=;", and with line
 * ends of any system.
 */
#include "config/config.h"

#include <errno.h>
#include <string.h>

enum { MOST_BYTES = 32 << 20 };

/* The N BYTES as UTF-8. A title begins with a Latin letter in most tables, so UTF-16 is seen even without its mark. */
static char *decoded(const char *bytes, gsize n)
{
    const guchar *first = (const guchar *)bytes;
    const char *from = n >= 2 && first[0] == 0xff && first[1] == 0xfe   ? "UTF-16LE"
                       : n >= 2 && first[0] == 0xfe && first[1] == 0xff ? "UTF-16BE"
                       : n >= 2 && first[0] != 0 && first[1] == 0       ? "UTF-16LE"
                       : n >= 2 && first[0] == 0 && first[1] != 0       ? "UTF-16BE"
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

/* Is C a space of any kind, or a mark without width? */
static bool is_blank(gunichar c)
{
    return g_unichar_isspace(c) || c == 0x200b || c == 0x2060 || c == 0xfeff;
}

static bool is_blank_text(const char *text)
{
    while (*text && is_blank(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return !*text;
}

/* Ends the cell CELL: it joins ROW without what is blank around it. */
static void end_cell(GPtrArray *row, GString *cell)
{
    g_autofree char *valid = g_utf8_make_valid(cell->str, (gssize)cell->len);
    const char *first = valid;
    while (*first && is_blank(g_utf8_get_char(first)))
        first = g_utf8_next_char(first);
    const char *end = first;
    for (const char *at = first; *at; at = g_utf8_next_char(at))
        end = is_blank(g_utf8_get_char(at)) ? end : g_utf8_next_char(at);
    g_ptr_array_add(row, text_clean(first, (size_t)(end - first)));
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

/* TEXT with one line end, "\n", for all systems'. */
static char *with_plain_ends(const char *text)
{
    GString *plain = g_string_new(NULL);
    for (const char *at = text; *at; at++)
        if (*at != '\r')
            g_string_append_c(plain, *at);
        else if (at[1] != '\n')
            g_string_append_c(plain, '\n');
    return g_string_free(plain, FALSE);
}

/* What separates the cells of TEXT. Excel's first line may say it, "sep=;": then *TEXT becomes what follows. */
static char separator_told(const char **text)
{
    const char *at = *text;
    bool quoted = at[0] == '"';
    at += quoted;
    if (g_ascii_strncasecmp(at, "sep=", strlen("sep=")) != 0 || !at[strlen("sep=")])
        return separator_of(*text);
    char separator = at[strlen("sep=")];
    at += strlen("sep=") + 1;
    at += quoted && *at == '"';
    if (*at != '\n')
        return separator_of(*text);
    *text = at + 1;
    return separator;
}

static GPtrArray *parse(const char *bytes)
{
    g_autofree char *plain = with_plain_ends(bytes);
    const char *text = plain + strspn(plain, "\n");
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) cell = g_string_new(NULL);
    char separator = separator_told(&text);
    bool quoted = false;
    for (const char *at = text; *at; at++) {
        bool end = !quoted && (*at == separator || *at == '\n');
        if (*at == '"' && quoted && at[1] == '"')
            g_string_append_c(cell, *at++);
        else if (*at == '"' && (quoted || is_blank_text(cell->str)))
            quoted = !quoted;
        else if (!end)
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
