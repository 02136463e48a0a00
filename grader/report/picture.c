// SPDX-License-Identifier: MIT
/*
 * picture.c - the student's heap in one line (report.h): a box a block, in order of address.
 *
 *     [a 112][free 48][>b 32<]          the block in question is marked
 *
 * Where the line is too narrow, the blocks far from the marked one are left out, and counted.
 */
#include "report/report.h"

#include <string.h>

static char *cell_text(const json_t *cell, bool unicode)
{
    const char *kind = text_at(cell, "kind");
    const char *note = text_at(cell, "note");
    bool marked = json_is_true(json_object_get(cell, "marked"));
    GString *text = g_string_new(NULL);
    if (strcmp(kind, "damaged") == 0)
        g_string_append(text, unicode ? "✗ " : "!! ");
    else if (strcmp(kind, "free") == 0)
        g_string_append(text, "free ");
    if (note[0])
        g_string_append_printf(text, "%s ", note);
    g_string_append_printf(text, "%" JSON_INTEGER_FORMAT, number_at(cell, "bytes"));
    char *boxed = marked ? g_strdup_printf("[>%s<]", text->str) : g_strdup_printf("[%s]", text->str);
    g_string_free(text, TRUE);
    return boxed;
}

/* The index of the marked cell; of the last one if none is marked. */
static guint centre(const json_t *cells)
{
    size_t i;
    json_t *cell;
    json_array_foreach(cells, i, cell) if (json_is_true(json_object_get(cell, "marked"))) return (guint)i;
    return (guint)json_array_size(cells) - 1;
}

static int columns(const char *text)
{
    return (int)g_utf8_strlen(text, -1);
}

/* Widens [first, last] around the centre while the boxes fit in WIDTH. */
static void choose(const GPtrArray *boxes, int width, guint *first, guint *last)
{
    int used = columns(boxes->pdata[*first]);
    for (bool grew = true; grew;) {
        grew = false;
        if (*first > 0 && used + columns(boxes->pdata[*first - 1]) <= width) {
            used += columns(boxes->pdata[--*first]);
            grew = true;
        }
        if (*last + 1 < boxes->len && used + columns(boxes->pdata[*last + 1]) <= width) {
            used += columns(boxes->pdata[++*last]);
            grew = true;
        }
    }
}

char *picture_line(const json_t *picture, int width, bool unicode)
{
    enum { ROOM_FOR_COUNTS = 24 };
    const json_t *cells = json_object_get(picture, "cells");
    json_int_t left_out = number_at(picture, "left_out");
    if (json_array_size(cells) == 0)
        return g_strdup("");
    g_autoptr(GPtrArray) boxes = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_t *cell;
    json_array_foreach(cells, i, cell) g_ptr_array_add(boxes, cell_text(cell, unicode));
    guint first = centre(cells);
    guint last = first;
    choose(boxes, MAX(width - ROOM_FOR_COUNTS, 1), &first, &last);
    GString *line = g_string_new(NULL);
    if (first > 0)
        g_string_append_printf(line, "(%u block%s) ", first, first == 1 ? "" : "s");
    for (guint k = first; k <= last; k++)
        g_string_append(line, boxes->pdata[k]);
    json_int_t more = left_out + (json_int_t)(boxes->len - 1 - last);
    if (more > 0)
        g_string_append_printf(line, " (%" JSON_INTEGER_FORMAT " block%s)", more, more == 1 ? "" : "s");
    return g_string_free(line, FALSE);
}
