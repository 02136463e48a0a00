// SPDX-License-Identifier: MIT
/*
 * heap_line.c - the student's heap in a line or two (report.h): one box per block, in order of address.
 *
 *     [▐a 112███▌][▐free 48░▌][>▐b 32█▌<]
 *
 *     (12 blocks) [p3 24█] 8 [>p7 112███<] 4008
 *
 * A box starts with the block's header and ends with its footer, if it has them. The number is the size of the whole
 * block; larger payloads are drawn longer. The block in question is marked. If the line is too narrow, payloads are
 * drawn shorter; if that is not enough, blocks far from the marked one are left out and counted. If only payloads are
 * known, a number between boxes says how many bytes lie there.
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
    if (is_kind(cell, "gap"))
        return g_strdup_printf("%" JSON_INTEGER_FORMAT, number_at(cell, "bytes"));
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
    bool apart;       /* the last text needs a space after it */
    GPtrArray *lines; /* GString */
};

/* What is to be drawn. */
struct row {
    const json_t *cells;
    GPtrArray *boxes;         /* of the cells */
    json_int_t before, after; /* blocks without a cell */
};

/* Appends TEXT to the last line or, if it does not fit, puts it on a new line; frees TEXT. Does nothing if TEXT is
 * empty. If TEXT or the text before it is APART, a space separates them. */
static void put_text(struct page *page, char *text, bool apart)
{
    GString *line = page->lines->len > 0 ? page->lines->pdata[page->lines->len - 1] : NULL;
    const char *space = apart || page->apart ? " " : "";
    if (text[0] && (!line || columns(line->str) + columns(space) + columns(text) > page->width)) {
        g_ptr_array_add(page->lines, line = g_string_new(NULL));
        space = "";
    }
    if (text[0]) {
        g_string_append_printf(line, "%s%s", space, text);
        page->apart = apart;
    }
    g_free(text);
}

static void free_line(gpointer line)
{
    g_string_free(line, TRUE);
}

static char *count_text(json_int_t blocks)
{
    return blocks == 0 ? g_strdup("")
                       : g_strdup_printf("(%" JSON_INTEGER_FORMAT " block%s)", blocks, blocks == 1 ? "" : "s");
}

json_int_t picture_blocks(const json_t *cells, size_t first, size_t end)
{
    json_int_t blocks = 0;
    for (size_t i = first; i < end; i++)
        blocks += !is_kind(json_array_get(cells, i), "gap");
    return blocks;
}

/* The boxes from FIRST to LAST on lines of WIDTH columns, and how many blocks there are before and after them. */
static struct page lay_out(const struct row *row, guint first, guint last, int width)
{
    struct page page = {.width = width, .lines = g_ptr_array_new_with_free_func(free_line)};
    put_text(&page, count_text(row->before + picture_blocks(row->cells, 0, first)), true);
    for (guint i = first; i <= last; i++)
        put_text(&page, g_strdup(row->boxes->pdata[i]), is_kind(json_array_get(row->cells, i), "gap"));
    put_text(&page, count_text(row->after + picture_blocks(row->cells, last + 1, row->boxes->len)), true);
    return page;
}

static bool fits(const struct row *row, guint first, guint last, int width)
{
    struct page page = lay_out(row, first, last, width);
    bool does = page.lines->len <= PICTURE_LINES;
    for (guint i = 0; i < page.lines->len; i++)
        does = does && columns(((GString *)page.lines->pdata[i])->str) <= width;
    g_ptr_array_unref(page.lines);
    return does;
}

/* Widens [first, last] around the centre while the boxes fit. */
static void choose(const struct row *row, int width, guint *first, guint *last)
{
    for (bool grew = true; grew;) {
        grew = false;
        if (*first > 0 && fits(row, *first - 1, *last, width)) {
            --*first;
            grew = true;
        }
        if (*last + 1 < row->boxes->len && fits(row, *first, *last + 1, width)) {
            ++*last;
            grew = true;
        }
    }
}

char *picture_lines(const json_t *picture, int width, bool unicode)
{
    enum { LONGEST = 8 };
    const json_t *cells = json_object_get(picture, "cells");
    GString *text = g_string_new(NULL);
    if (json_array_size(cells) == 0)
        return g_string_free(text, FALSE);
    json_int_t most = LONGEST;
    struct row row = {.cells = cells,
                      .boxes = boxes_of(cells, alphabet(unicode), most),
                      .before = number_at(picture, "left_out_before"),
                      .after = number_at(picture, "left_out")};
    while (most > 1 && !fits(&row, 0, row.boxes->len - 1, width)) {
        g_ptr_array_unref(row.boxes);
        row.boxes = boxes_of(cells, alphabet(unicode), most /= 2);
    }
    guint first = centre(cells);
    guint last = first;
    choose(&row, width, &first, &last);
    struct page page = lay_out(&row, first, last, width);
    for (guint i = 0; i < page.lines->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "\n" : "", ((GString *)page.lines->pdata[i])->str);
    g_ptr_array_unref(page.lines);
    g_ptr_array_unref(row.boxes);
    return g_string_free(text, FALSE);
}

typedef bool cell_test(const json_t *cell, const char *word);

/* Does a cell of HEAP's pictures pass TEST with WORD? */
static bool any_cell(json_t *heap, cell_test *test, const char *word)
{
    const char *when;
    json_t *picture;
    json_object_foreach(heap, when, picture)
    {
        size_t i;
        json_t *cell;
        json_array_foreach(json_object_get(picture, "cells"), i, cell) if (test(cell, word)) return true;
    }
    return false;
}

static bool has(const json_t *cell, const char *key)
{
    return json_is_true(json_object_get(cell, key)) || number_at(cell, key) > 0;
}

char *picture_legend(json_t *heap, bool unicode)
{
    const struct alphabet *marks = alphabet(unicode);
    GString *text = g_string_new(NULL);
    bool marked = any_cell(heap, has, "marked");
    if (any_cell(heap, is_kind, "gap"))
        g_string_append_printf(text, "%s in use, bare numbers: bytes in no block%s", marks->used,
                               marked ? ", > < in question" : "");
    if (!any_cell(heap, has, "header"))
        return g_string_free(text, FALSE);
    g_string_append_printf(text, "%s header, ", marks->header);
    if (any_cell(heap, has, "footer"))
        g_string_append_printf(text, "%s footer, ", marks->footer);
    g_string_append_printf(text, "%s in use, %s free", marks->used, marks->free);
    if (marked)
        g_string_append(text, ", > < the block in question");
    return g_string_free(text, FALSE);
}
