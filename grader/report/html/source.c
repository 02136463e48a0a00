// SPDX-License-Identifier: MIT
/*
 * source.c - the graded files on a feedback page (report.h), line by line: what no test reached, where tests ended,
 * what the compiler and staff say about a line.
 *
 *     lab_add_sources   puts "sources" into a lab's result: an array of {file, text}
 *     source_complete   makes "files" of them, as parts/source.html shows them, and tells stories and comments where
 *                       their line is
 *
 * A student may hand in a million lines, so what is shown of a file is limited, and so are the remarks on one line.
 */
#include "report/html/source.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_BYTES = 1 << 20, /* of a file */
    MOST_LINES = 4000,    /* of a file */
    MOST_COLUMNS = 500,   /* bytes of a line */
    MOST_REMARKS = 5      /* tests and messages of the compiler on one line, each */
};

/* --- reading --- */

static void add_file(json_t *sources, const char *folder, const char *file)
{
    g_autofree char *path = g_build_filename(folder, file, NULL);
    g_autofree char *name = text_clean(file, strlen(file));
    g_autofree char *text = files_read_text(path, MOST_BYTES);
    if (text[0])
        json_array_append_new(sources, json_pack("{s:s, s:s}", "file", name, "text", text));
}

/* Where FILE comes on a page: the solution, its headers, then own tests and answers. */
static int rank_of(const char *file)
{
    if (strcmp(file, "my_tests.c") == 0)
        return 2;
    return g_str_has_suffix(file, ".c") ? 0 : g_str_has_suffix(file, ".h") ? 1 : 3;
}

void lab_add_sources(json_t *lab, const char *folder)
{
    json_t *sources = json_array();
    g_autoptr(GPtrArray) names = files_names(folder, "");
    for (int rank = 0; rank <= 3; rank++)
        for (guint i = 0; i < names->len; i++)
            if (rank_of(names->pdata[i]) == rank)
                add_file(sources, folder, names->pdata[i]);
    json_object_set_new(lab, "sources", sources);
}

/* --- lines --- */

/* LAB's line LINE of FILE as it is shown; NULL if it is not. */
static json_t *source_line(const json_t *lab, const char *file, json_int_t line)
{
    size_t i;
    json_t *shown;
    json_array_foreach(json_object_get(lab, "files"), i, shown)
    {
        if (strcmp(text_at(shown, "file"), file) == 0)
            return line > 0 ? json_array_get(json_object_get(shown, "rows"), (size_t)line - 1) : NULL;
    }
    return NULL;
}

static json_t *row_of(const json_t *lab, int file, guint number, const char *text)
{
    g_autofree char *cut = report_cut(text, MOST_COLUMNS);
    return json_pack("{s:s, s:i, s:o, s:[]}", "text", cut, "number", (int)number, "place",
                     json_sprintf("%s-file-%d-line-%u", text_at(lab, "lab"), file, number), "remarks");
}

/* One of LAB's SOURCES, number FILE, as lines; those that are left out are counted. */
static json_t *file_of(const json_t *lab, const json_t *source, int file)
{
    g_autofree char *text = g_strdup(text_at(source, "text"));
    g_auto(GStrv) lines = g_strsplit(g_strchomp(text), "\n", -1);
    guint all = g_strv_length(lines);
    json_t *rows = json_array();
    for (guint i = 0; i < all && i < MOST_LINES; i++)
        json_array_append_new(rows, row_of(lab, file, i + 1, lines[i]));
    return json_pack("{s:s, s:o, s:i}", "file", text_at(source, "file"), "rows", rows, "left_out",
                     (int)(all > MOST_LINES ? all - MOST_LINES : 0));
}

static json_t *files_of(const json_t *lab)
{
    json_t *files = json_array();
    size_t i;
    json_t *source;
    json_array_foreach(json_object_get(lab, "sources"), i, source)
        json_array_append_new(files, file_of(lab, source, (int)i + 1));
    return files;
}

/* --- what is known of a line --- */

static void mark_lines(const json_t *lab, const json_t *places, const char *style, const char *word)
{
    size_t i;
    json_t *place;
    json_array_foreach(places, i, place)
    {
        json_t *row = source_line(lab, text_at(place, "file"), number_at(place, "line"));
        if (row) {
            json_object_set_new(row, "reach", json_string(style));
            json_object_set_new(row, "reach_word", json_string(word));
        }
    }
}

/* Adds to ROW a remark of KIND: TEXT, and where there is more about it (an id, or ""). After some of a kind, only
 * counts them. */
static void add_remark(json_t *row, const char *kind, const char *text, const char *more)
{
    json_int_t before = number_at(row, kind);
    json_object_set_new(row, kind, json_integer(before + 1));
    if (before < MOST_REMARKS)
        json_array_append_new(json_object_get(row, "remarks"),
                              json_pack("{s:s, s:s, s:s}", "kind", kind, "says", text, "more", more));
}

/* TEXT's place, such as "in coalesce, free_list.c:87": LAB's line there; NULL if there is none. */
static json_t *line_named_by(const json_t *lab, const char *text)
{
    g_autoptr(GRegex) place = g_regex_new("(\\S+\\.[chCH]):(\\d+)", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(place, text, 0, &match))
        return NULL;
    g_autofree char *file = g_match_info_fetch(match, 1);
    g_autofree char *line = g_match_info_fetch(match, 2);
    return source_line(lab, file, strtol(line, NULL, 10));
}

static void place_test(const json_t *lab, json_t *test)
{
    json_t *row = line_named_by(lab, text_at(test, "where"));
    if (!row || !json_is_true(json_object_get(test, "told")))
        return;
    g_autofree char *text = g_strdup_printf("%s: %s", text_at(test, "word"), text_at(test, "title"));
    g_autofree char *story = g_strdup_printf("%s-%s", text_at(lab, "lab"), text_at(test, "name"));
    add_remark(row, "test", text, story);
    json_object_set(test, "where_place", json_object_get(row, "place"));
}

/* The compiler's LINE, such as "a.c:3:5: warning: unused variable". */
static void place_message(const json_t *lab, const char *line)
{
    g_autoptr(GRegex) message =
        g_regex_new("^(\\S+\\.[chCH]):(\\d+):(?:\\d+:)? ((?:fatal )?error|warning): (.*)$", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!g_regex_match(message, line, 0, &match))
        return;
    g_autofree char *file = g_match_info_fetch(match, 1);
    g_autofree char *number = g_match_info_fetch(match, 2);
    g_autofree char *kind = g_match_info_fetch(match, 3);
    g_autofree char *says = g_match_info_fetch(match, 4);
    g_autofree char *text = g_strdup_printf("%s: %s", kind, says);
    json_t *row = source_line(lab, file, strtol(number, NULL, 10));
    if (row)
        add_remark(row, "compiler", text, "");
}

static void place_messages(const json_t *lab)
{
    const char *diagnostics = text_at(json_object_get(lab, "build"), "diagnostics");
    g_auto(GStrv) lines = g_strsplit(diagnostics, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        place_message(lab, lines[i]);
}

static void count_rest(json_t *row, const char *kind, const char *of_one, const char *of_many)
{
    int rest = (int)number_at(row, kind) - MOST_REMARKS;
    g_autofree char *text = g_strdup_printf("and %d more %s", rest, rest == 1 ? of_one : of_many);
    if (rest > 0)
        json_array_append_new(json_object_get(row, "remarks"),
                              json_pack("{s:s, s:s, s:s}", "kind", kind, "says", text, "more", ""));
}

static void count_rests(const json_t *lab)
{
    size_t i, k;
    json_t *file, *row;
    json_array_foreach(json_object_get(lab, "files"), i, file) json_array_foreach(json_object_get(file, "rows"), k, row)
    {
        count_rest(row, "test", "test", "tests");
        count_rest(row, "compiler", "message", "messages");
    }
}

void source_complete(json_t *lab)
{
    const json_t *covered = json_object_get(lab, "coverage");
    size_t i;
    json_t *test;
    json_object_set_new(lab, "files", files_of(lab));
    json_object_set_new(lab, "has_files", json_boolean(json_array_size(json_object_get(lab, "files")) > 0));
    mark_lines(lab, json_object_get(covered, "untaken"), "partly", "partly");
    mark_lines(lab, json_object_get(covered, "unreached"), "never", "never");
    json_array_foreach(json_object_get(lab, "tests"), i, test) place_test(lab, test);
    place_messages(lab);
    count_rests(lab);
}

const char *source_comment(const json_t *lab, const json_t *entry, const char *text)
{
    json_t *row = source_line(lab, text_at(entry, "file"), number_at(entry, "line"));
    if (!row)
        return NULL;
    json_array_append_new(json_object_get(row, "remarks"),
                          json_pack("{s:s, s:s, s:s}", "kind", "comment", "says", text, "more", ""));
    return text_at(row, "place");
}
