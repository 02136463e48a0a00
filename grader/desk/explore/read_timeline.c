// SPDX-License-Identifier: MIT
/*
 * read_timeline.c - reads the file that judge/lib/timeline.c writes (explore.h).
 */
#include "desk/explore/explore.h"

#include <string.h>

struct reader {
    GString *kinds;
    json_t *ids, *sizes, *offsets, *heaps, *texts, *cells, *stores, *steps, *locks, *names;
    json_t *codes;           /* of the stores, each once */
    GHashTable *code_places; /* a code's place in that array, plus one */
    json_int_t lost;
    json_int_t refused;
    json_int_t failing; /* -1 for none */
};

/* Returns the number at *AT and moves *AT past it and the space that follows. Sizes above JSON's largest integer become
 * that integer. */
static json_int_t next_number(const char **at)
{
    char *end;
    bool negative = **at == '-';
    guint64 size = negative ? 0 : g_ascii_strtoull(*at, &end, 10);
    gint64 number = negative ? g_ascii_strtoll(*at, &end, 10) : (gint64)MIN(size, (guint64)G_MAXINT64);
    *at = *end == ' ' ? end + 1 : end;
    return number;
}

static json_t *clean_string(const char *text)
{
    g_autofree char *clean = text_clean(text, strlen(text));
    return json_string(clean);
}

/* "KIND ID SIZE OFFSET HEAP TEXT" */
static void read_operation(struct reader *reader, const char *line)
{
    g_string_append_c(reader->kinds, line[0]);
    const char *at = line + strlen("a ");
    json_array_append_new(reader->ids, json_integer(next_number(&at)));
    json_array_append_new(reader->sizes, json_integer(next_number(&at)));
    json_array_append_new(reader->offsets, json_integer(next_number(&at)));
    json_array_append_new(reader->heaps, json_integer(next_number(&at)));
    json_array_append_new(reader->texts, clean_string(at));
}

/* "OFFSET BYTES KIND HEADER FOOTER NOTE" */
static void read_cell(struct reader *reader, const char *line)
{
    const char *at = line;
    json_t *cell = json_array();
    json_array_append_new(cell, json_integer((json_int_t)reader->kinds->len - 1));
    json_array_append_new(cell, json_integer(next_number(&at)));
    json_array_append_new(cell, json_integer(next_number(&at)));
    json_t *kind = json_stringn(at, 1);
    at += strlen("u ");
    json_int_t header = next_number(&at);
    json_int_t footer = next_number(&at);
    json_array_append_new(cell, kind);
    json_array_append_new(cell, clean_string(at));
    json_array_append_new(cell, json_integer(header));
    json_array_append_new(cell, json_integer(footer));
    json_array_append_new(reader->cells, cell);
}

/* The place of CODE, "40123a", in reader->codes; -1 for "0". */
static json_int_t place_of_code(struct reader *reader, const char *code)
{
    if (strcmp(code, "0") == 0)
        return -1;
    gpointer place = g_hash_table_lookup(reader->code_places, code);
    if (!place) {
        json_array_append_new(reader->codes, json_sprintf("0x%s", code));
        place = GUINT_TO_POINTER(json_array_size(reader->codes));
        g_hash_table_insert(reader->code_places, g_strdup(code), place);
    }
    return (json_int_t)GPOINTER_TO_UINT(place) - 1;
}

/* "CODE OFFSET BYTES DATA", in the operation whose line comes next. */
static void read_store(struct reader *reader, const char *line)
{
    gsize length = strcspn(line, " ");
    g_autofree char *code = g_strndup(line, length);
    const char *at = line[length] == ' ' ? line + length + 1 : "";
    json_t *store = json_array();
    json_array_append_new(store, json_integer((json_int_t)reader->kinds->len));
    json_array_append_new(store, json_integer(place_of_code(reader, code)));
    json_array_append_new(store, json_integer(next_number(&at)));
    json_array_append_new(store, json_integer(next_number(&at)));
    json_array_append_new(store, clean_string(at));
    json_array_append_new(reader->stores, store);
}

/* "CODE", in the operation whose line comes next. */
static void read_step(struct reader *reader, const char *code)
{
    json_array_append_new(reader->steps,
                          json_pack("[I, I]", (json_int_t)reader->kinds->len, place_of_code(reader, code)));
}

/* "CODE LOCK" */
static void read_lock(struct reader *reader, const char *line, bool taken)
{
    gsize length = strcspn(line, " ");
    g_autofree char *code = g_strndup(line, length);
    const char *at = line[length] == ' ' ? line + length + 1 : "";
    json_array_append_new(reader->locks,
                          json_pack("[I, I, I, i, I]", (json_int_t)reader->kinds->len, place_of_code(reader, code),
                                    next_number(&at), (int)taken, (json_int_t)json_array_size(reader->steps)));
}

/* "OFFSET NAME" */
static void read_name(struct reader *reader, const char *line)
{
    const char *at = line;
    json_t *name = json_array();
    json_array_append_new(name, json_integer(next_number(&at)));
    json_array_append_new(name, clean_string(at));
    json_array_append_new(reader->names, name);
}

static void read_line(struct reader *reader, const char *line)
{
    bool has_operation = reader->kinds->len > 0;
    const char *rest = line + strlen("o ");
    if (g_str_has_prefix(line, "o ") && strlen(rest) > strlen("a "))
        read_operation(reader, rest);
    else if (g_str_has_prefix(line, "+ ") && has_operation)
        read_cell(reader, rest);
    else if (g_str_has_prefix(line, "- ") && has_operation)
        json_array_append_new(reader->cells,
                              json_pack("[I, I]", (json_int_t)reader->kinds->len - 1, next_number(&rest)));
    else if (g_str_has_prefix(line, "s "))
        read_store(reader, rest);
    else if (g_str_has_prefix(line, "p "))
        read_step(reader, rest);
    else if (g_str_has_prefix(line, "l ") || g_str_has_prefix(line, "u "))
        read_lock(reader, rest, line[0] == 'l');
    else if (g_str_has_prefix(line, "n "))
        read_name(reader, rest);
    else if (g_str_has_prefix(line, "x "))
        reader->lost = next_number(&rest);
    else if (g_str_has_prefix(line, "r "))
        reader->refused = next_number(&rest);
    else if (g_str_has_prefix(line, "! ") && has_operation)
        reader->failing = (json_int_t)reader->kinds->len - 1;
}

bool timeline_read(const char *path, json_t *page)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL) || !g_str_has_prefix(text, "heaplab-timeline 1\n"))
        return false;
    struct reader reader = {.kinds = g_string_new(NULL),
                            .ids = json_array(),
                            .sizes = json_array(),
                            .offsets = json_array(),
                            .heaps = json_array(),
                            .texts = json_array(),
                            .cells = json_array(),
                            .stores = json_array(),
                            .steps = json_array(),
                            .locks = json_array(),
                            .names = json_array(),
                            .codes = json_array(),
                            .code_places = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                            .failing = -1};
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 1; lines[i]; i++)
        read_line(&reader, lines[i]);
    json_t *read = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:I}", "kinds", reader.kinds->str, "ids",
        reader.ids, "sizes", reader.sizes, "offsets", reader.offsets, "heaps", reader.heaps, "texts", reader.texts,
        "cells", reader.cells, "failing", reader.failing < 0 ? json_null() : json_integer(reader.failing), "stores",
        reader.stores, "names", reader.names, "codes", reader.codes, "lost", reader.lost, "refused", reader.refused);
    g_hash_table_destroy(reader.code_places);
    g_string_free(reader.kinds, TRUE);
    if (json_array_size(reader.steps) > 0)
        json_object_set(read, "steps", reader.steps);
    if (json_array_size(reader.locks) > 0)
        json_object_set(read, "locks", reader.locks);
    json_decref(reader.steps);
    json_decref(reader.locks);
    json_object_update(page, read);
    json_decref(read);
    return true;
}
