// SPDX-License-Identifier: MIT
/*
 * picture.c - the student's heap in a line or two (report.h): a box a block, in order of address.
 *
 *     [▐a 112███▌][▐free 48░▌][>▐b 32█▌<]
 *
 * A box starts with the block's header and ends with its footer, where it has them. The size is that of the whole
 * block; payloads are drawn longer the larger they are. The block in question is marked. Where the line is too narrow,
 * payloads are drawn shorter; if it still is, the blocks far from the marked one are left out, and counted.
 */
#include "report/report.h"

#include <string.h>

static const struct alphabet {
    const char *header, *footer, *used, *free, *damaged;
} unicode_marks = {"▐", "▌", "█", "░", "✗"}, ascii_marks = {"|", "|", "#", ".", "!!"};

static const struct alphabet *alphabet(bool unicode)
{
    return unicode ? &unicode_marks : &ascii_marks;
}

static bool is_kind(const json_t *cell, const char *kind)
{
    return strcmp(text_at(cell, "kind"), kind) == 0;
}

/* How many columns the payload of CELL takes. */
static json_int_t length_of(const json_t *cell, json_int_t most)
{
    enum { BYTES_A_COLUMN = 32 };
    json_int_t payload = number_at(cell, "bytes") - number_at(cell, "header") - number_at(cell, "footer");
    return is_kind(cell, "damaged") || payload <= 0 ? 0 : CLAMP(payload / BYTES_A_COLUMN, 1, most);
}

/* CELL as a box, its payload at most MOST columns long. */
static char *box(const json_t *cell, const struct alphabet *marks, json_int_t most)
{
    const char *note = text_at(cell, "note");
    bool marked = json_is_true(json_object_get(cell, "marked"));
    GString *text = g_string_new(marked ? "[>" : "[");
    if (number_at(cell, "header") > 0)
        g_string_append(text, marks->header);
    if (is_kind(cell, "damaged"))
        g_string_append_printf(text, "%s ", marks->damaged);
    else if (is_kind(cell, "free"))
        g_string_append(text, "free ");
    if (note[0])
        g_string_append_printf(text, "%s ", note);
    g_string_append_printf(text, "%" JSON_INTEGER_FORMAT, number_at(cell, "bytes"));
    for (json_int_t i = length_of(cell, most); i > 0; i--)
        g_string_append(text, is_kind(cell, "free") ? marks->free : marks->used);
    if (number_at(cell, "footer") > 0)
        g_string_append(text, marks->footer);
    g_string_append(text, marked ? "<]" : "]");
    return g_string_free(text, FALSE);
}

static int columns(const char *text)
{
    return (int)g_utf8_strlen(text, -1);
}

/* The index of the marked cell; of the last one if none is marked. */
static guint centre(const json_t *cells)
{
    size_t i;
    json_t *cell;
    json_array_foreach(cells, i, cell) if (json_is_true(json_object_get(cell, "marked"))) return (guint)i;
    return (guint)json_array_size(cells) - 1;
}

/* All CELLS as boxes, payloads at most MOST columns long. */
static GPtrArray *boxes_of(const json_t *cells, const struct alphabet *marks, json_int_t most)
{
    GPtrArray *boxes = g_ptr_array_new_with_free_func(g_free);
    size_t i;
    json_t *cell;
    json_array_foreach(cells, i, cell) g_ptr_array_add(boxes, box(cell, marks, most));
    return boxes;
}

/* --- lines --- */

struct page {
    int width;
    GPtrArray *lines; /* GString */
};

/* Puts TEXT (taken over) behind what is there, or on a line of its own. Nothing if it is empty. */
static void put_text(struct page *page, char *text)
{
    GString *line = page->lines->len > 0 ? page->lines->pdata[page->lines->len - 1] : NULL;
    if (text[0] && (!line || columns(line->str) + columns(text) > page->width))
        g_ptr_array_add(page->lines, line = g_string_new(NULL));
    if (text[0])
        g_string_append(line, text);
    g_free(text);
}

static void free_line(gpointer line)
{
    g_string_free(line, TRUE);
}

static char *count_text(const char *before, json_int_t blocks, const char *after)
{
    return blocks == 0 ? g_strdup("")
                       : g_strdup_printf("%s(%" JSON_INTEGER_FORMAT " block%s)%s", before, blocks,
                                         blocks == 1 ? "" : "s", after);
}

/* The boxes from FIRST to LAST on lines of WIDTH columns; MORE blocks behind the last box are not among them. */
static struct page lay_out(const GPtrArray *boxes, guint first, guint last, json_int_t more, int width)
{
    struct page page = {width, g_ptr_array_new_with_free_func(free_line)};
    put_text(&page, count_text("", first, " "));
    for (guint i = first; i <= last; i++)
        put_text(&page, g_strdup(boxes->pdata[i]));
    put_text(&page, count_text(" ", more + (json_int_t)(boxes->len - 1 - last), ""));
    return page;
}

static bool fits(const GPtrArray *boxes, guint first, guint last, json_int_t more, int width)
{
    struct page page = lay_out(boxes, first, last, more, width);
    bool does = page.lines->len <= PICTURE_LINES;
    for (guint i = 0; i < page.lines->len; i++)
        does = does && columns(((GString *)page.lines->pdata[i])->str) <= width;
    g_ptr_array_unref(page.lines);
    return does;
}

/* Widens [first, last] around the centre while the boxes fit. */
static void choose(const GPtrArray *boxes, json_int_t more, int width, guint *first, guint *last)
{
    for (bool grew = true; grew;) {
        grew = false;
        if (*first > 0 && fits(boxes, *first - 1, *last, more, width)) {
            --*first;
            grew = true;
        }
        if (*last + 1 < boxes->len && fits(boxes, *first, *last + 1, more, width)) {
            ++*last;
            grew = true;
        }
    }
}

char *picture_lines(const json_t *picture, int width, bool unicode)
{
    enum { LONGEST = 8 };
    const json_t *cells = json_object_get(picture, "cells");
    json_int_t more = number_at(picture, "left_out");
    GString *text = g_string_new(NULL);
    if (json_array_size(cells) == 0)
        return g_string_free(text, FALSE);
    json_int_t most = LONGEST;
    GPtrArray *boxes = boxes_of(cells, alphabet(unicode), most);
    while (most > 1 && !fits(boxes, 0, boxes->len - 1, more, width)) {
        g_ptr_array_unref(boxes);
        boxes = boxes_of(cells, alphabet(unicode), most /= 2);
    }
    guint first = centre(cells);
    guint last = first;
    choose(boxes, more, width, &first, &last);
    struct page page = lay_out(boxes, first, last, more, width);
    for (guint i = 0; i < page.lines->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", ((GString *)page.lines->pdata[i])->str);
    g_ptr_array_unref(page.lines);
    g_ptr_array_unref(boxes);
    return g_string_free(text, FALSE);
}

/* Does a cell of HEAP's pictures have a KEY that is true, or more than 0? */
static bool any_cell(json_t *heap, const char *key)
{
    const char *when;
    json_t *picture;
    json_object_foreach(heap, when, picture)
    {
        size_t i;
        json_t *cell;
        json_array_foreach(json_object_get(picture, "cells"), i,
                           cell) if (json_is_true(json_object_get(cell, key)) || number_at(cell, key) > 0) return true;
    }
    return false;
}

char *picture_legend(json_t *heap, bool unicode)
{
    const struct alphabet *marks = alphabet(unicode);
    GString *text = g_string_new(NULL);
    if (!any_cell(heap, "header"))
        return g_string_free(text, FALSE);
    g_string_append_printf(text, "%s header, ", marks->header);
    if (any_cell(heap, "footer"))
        g_string_append_printf(text, "%s footer, ", marks->footer);
    g_string_append_printf(text, "%s in use, %s free", marks->used, marks->free);
    if (any_cell(heap, "marked"))
        g_string_append(text, ", > < the block in question");
    return g_string_free(text, FALSE);
}
