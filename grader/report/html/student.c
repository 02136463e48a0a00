// SPDX-License-Identifier: MIT
/*
 * student.c - the feedback page of one result (report.h). It fills parts/student.html from the result document, after
 * adding what a template cannot work out for itself.
 */
#include "report/html/source.h"

#include <string.h>

static const struct {
    const char *status, *word;
} words[] = {{"passed", "passed"},      {"failed", "failed"},          {"crashed", "crashed"},
             {"timed_out", "too slow"}, {"misused", "memory misused"}, {"not_run", "not run"}};

const char *status_in_words(const char *status)
{
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        if (strcmp(words[i].status, status) == 0)
            return words[i].word;
    return status;
}

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text));
}

static void set_flag(json_t *object, const char *key, bool is)
{
    json_object_set_new(object, key, json_boolean(is));
}

/* --- heap pictures --- */

/* How many cells fit on a line of the page; those around the marked one are shown. */
enum { MOST_CELLS = 14 };

static size_t marked_cell(const json_t *cells)
{
    size_t i;
    json_t *cell;
    json_array_foreach(cells, i, cell) if (json_is_true(json_object_get(cell, "marked"))) return i;
    return json_array_size(cells) - 1;
}

/* A cell's width grows slowly with its size, so that a page of 4096 bytes does not crowd out a header of 16. */
static void add_width(json_t *cell)
{
    int width = 2;
    for (json_int_t bytes = number_at(cell, "bytes"); bytes > 16; bytes /= 2)
        width++;
    json_object_set_new(cell, "width", json_integer(width));
}

static void count_of(json_t *picture, const char *key, json_int_t blocks)
{
    g_autofree char *text = g_strdup_printf("%d more block%s", (int)blocks, blocks == 1 ? "" : "s");
    if (blocks > 0)
        set_text(picture, key, text);
}

static void complete_picture(json_t *picture)
{
    json_t *cells = json_object_get(picture, "cells");
    size_t n = json_array_size(cells);
    if (n == 0)
        return;
    size_t centre = marked_cell(cells);
    size_t first = n <= MOST_CELLS || centre < MOST_CELLS / 2 ? 0 : MIN(centre - MOST_CELLS / 2, n - MOST_CELLS);
    json_t *shown = json_array();
    for (size_t i = first; i < n && i < first + MOST_CELLS; i++) {
        add_width(json_array_get(cells, i));
        json_array_append(shown, json_array_get(cells, i));
    }
    size_t end = first + json_array_size(shown);
    json_int_t after = picture_blocks(cells, end, n) + number_at(picture, "left_out");
    count_of(picture, "more_before", picture_blocks(cells, 0, first) + number_at(picture, "left_out_before"));
    count_of(picture, "more_after", after);
    json_object_set_new(picture, "cells", shown);
}

/* Leaves "before" out if it shows the same as "after". */
static void complete_heap(json_t *test)
{
    json_t *heap = json_object_get(test, "heap");
    json_t *before = json_object_get(heap, "before");
    json_t *after = json_object_get(heap, "after");
    bool same = json_equal(before, after) != 0;
    complete_picture(before);
    complete_picture(after);
    json_t *shown = json_array();
    if (!same && json_array_size(json_object_get(before, "cells")) > 0) {
        set_text(before, "when", "before the last call");
        json_array_append(shown, before);
    }
    if (json_array_size(json_object_get(after, "cells")) > 0) {
        set_text(after, "when", "after the last call");
        json_array_append(shown, after);
    }
    json_object_set_new(test, "pictures", shown);
}

/* --- tests --- */

static void join_story(json_t *test)
{
    GString *story = g_string_new(NULL);
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(test, "story"), i, line)
        g_string_append_printf(story, "%s\n", json_string_value(line));
    set_text(test, "calls", story->str);
    g_string_free(story, TRUE);
}

/* Adds to TEST: word, style, calls, pictures, and whether it has a story ("told"). */
static void complete_test(json_t *test, bool built)
{
    const char *status = text_at(test, "status");
    bool ran = built || strcmp(text_at(test, "kind"), "answer") == 0;
    set_text(test, "word", status_in_words(status));
    set_text(test, "style", test_passed(test) ? "pass" : test_waits(test) ? "idle" : "fail");
    set_flag(test, "told", ran && strcmp(text_at(test, "style"), "fail") == 0);
    if (test_waits(test))
        set_text(test, "why", text_at(test, "message"));
    join_story(test);
    complete_heap(test);
}

/* The first failed test comes first on the page; the others follow the table of tests. */
static void divide_stories(json_t *lab)
{
    json_t *first = json_array();
    json_t *others = json_array();
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test) if (json_is_true(json_object_get(test, "told")))
        json_array_append(json_array_size(first) == 0 ? first : others, test);
    json_object_set_new(lab, "first_story", first);
    json_object_set_new(lab, "other_stories", others);
    set_flag(lab, "has_others", json_array_size(others) > 0);
}

/* --- the table of tests: what was not run is one row --- */

/* One row for the N tests from FIRST on. */
static json_t *row_of_many(const json_t *tests, size_t first, size_t n)
{
    json_int_t points = 0;
    json_t *titles = json_array();
    for (size_t i = first; i < first + n; i++) {
        const json_t *test = json_array_get(tests, i);
        points += number_at(test, "max_points");
        json_array_append_new(titles,
                              json_sprintf("%s%s%s%s", text_at(test, "title"), text_at(test, "why")[0] ? " (" : "",
                                           text_at(test, "why"), text_at(test, "why")[0] ? ")" : ""));
    }
    return json_pack("{s:i, s:I, s:s, s:s, s:o, s:o}", "points", 0, "max_points", points, "word", "not run", "style",
                     "idle", "many_title", json_sprintf("%d tests were not run", (int)n), "titles", titles);
}

static json_t *board_of(const json_t *tests)
{
    enum { MANY = 3 };
    json_t *rows = json_array();
    size_t all = json_array_size(tests);
    for (size_t i = 0; i < all;) {
        size_t n = 0;
        while (i + n < all && test_waits(json_array_get(tests, i + n)))
            n++;
        if (n >= MANY)
            json_array_append_new(rows, row_of_many(tests, i, n));
        else
            json_array_append(rows, json_array_get(tests, i));
        i += n >= MANY ? n : 1;
    }
    return rows;
}

/* --- a lab --- */

static void add_percent(json_t *object, const char *key, const json_t *part)
{
    g_autofree char *text = g_strdup_printf("%.1f", json_number_value(json_object_get(part, "percent")));
    set_text(object, key, text);
}

static void complete_coverage(json_t *covered)
{
    if (!json_is_object(covered))
        return;
    add_percent(covered, "lines_percent", json_object_get(covered, "lines"));
    add_percent(covered, "branches_percent", json_object_get(covered, "branches"));
    set_flag(covered, "has_unreached", json_array_size(json_object_get(covered, "unreached")) > 0);
    set_flag(covered, "has_untaken", json_array_size(json_object_get(covered, "untaken")) > 0);
}

static void complete_lab(json_t *lab)
{
    json_t *built = json_object_get(lab, "build");
    bool ok = json_is_true(json_object_get(built, "ok"));
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test) complete_test(test, ok);
    divide_stories(lab);
    json_object_set_new(lab, "board", board_of(json_object_get(lab, "tests")));
    set_flag(built, "warned", ok && text_at(built, "diagnostics")[0]);
    set_flag(built, "refused", !ok && text_at(built, "diagnostics")[0]);
    complete_coverage(json_object_get(lab, "coverage"));
    source_complete(lab);
    json_t *own = json_object_get(lab, "own_tests");
    g_autofree char *facts = own_tests_facts(own);
    if (json_is_object(own)) {
        set_text(own, "facts", facts);
        complete_coverage(json_object_get(own, "coverage"));
    }
    g_autofree char *cost = cost_sentence(json_object_get(lab, "cost"));
    set_text(lab, "cost_text", cost);
    set_flag(lab, "whole", number_at(lab, "score") == number_at(lab, "max_score"));
}

/* --- what staff and policy say (class/marks/marks.h) --- */

static char *sentence_of(const json_t *entry)
{
    const char *name = text_at(entry, "test");
    int points = (int)number_at(entry, "points");
    g_autofree char *what = json_is_true(json_object_get(entry, "relative"))
                                ? g_strdup_printf("%+d points", points)
                                : g_strdup_printf("set to %d points", points);
    return g_strdup_printf("%s%s%s: %s (%s, %s)", name, name[0] ? " " : "", what, text_at(entry, "text"),
                           text_at(entry, "by"), text_at(entry, "at"));
}

static char *comment_of(const json_t *entry)
{
    const char *file = text_at(entry, "file");
    g_autofree char *line =
        number_at(entry, "line") > 0 ? g_strdup_printf(":%d", (int)number_at(entry, "line")) : g_strdup("");
    return g_strdup_printf("%s%s%s%s (%s, %s)", file, line, file[0] ? ": " : "", text_at(entry, "text"),
                           text_at(entry, "by"), text_at(entry, "at"));
}

/* The id of the line that the comment ENTRY is about, where it is put; NULL if it has none. */
static const char *place_of_comment(const json_t *view, const json_t *entry, const char *text)
{
    const char *place = NULL;
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(view, "labs"), i, lab) if (!place) place = source_comment(lab, entry, text);
    return place;
}

/* A comment on a line stands at that line, and here is a link to it; the others are here. */
static json_t *comment_in(const json_t *view, const json_t *entry)
{
    g_autofree char *signed_text =
        g_strdup_printf("%s (%s, %s)", text_at(entry, "text"), text_at(entry, "by"), text_at(entry, "at"));
    const char *place = place_of_comment(view, entry, signed_text);
    g_autofree char *whole = comment_of(entry);
    if (place)
        return json_pack("{s:o, s:s}", "says",
                         json_sprintf("On %s, line %d", text_at(entry, "file"), (int)number_at(entry, "line")), "place",
                         place);
    return json_pack("{s:s}", "says", whole);
}

static void add_mark(json_t *view)
{
    const json_t *mark = json_object_get(view, "mark");
    const char *late = text_at(json_object_get(mark, "late"), "sentence");
    json_t *decisions = json_array();
    json_t *comments = json_array();
    size_t i;
    json_t *entry;
    if (late[0])
        json_array_append_new(decisions, json_string(late));
    json_array_foreach(json_object_get(mark, "adjustments"), i, entry)
    {
        g_autofree char *text = sentence_of(entry);
        json_array_append_new(decisions, json_string(text));
    }
    if (number_at(mark, "over") > 0)
        json_array_append_new(decisions,
                              json_sprintf("%d points more than there are do not count", (int)number_at(mark, "over")));
    json_array_foreach(json_object_get(mark, "comments"), i, entry)
        json_array_append_new(comments, comment_in(view, entry));
    bool differs = json_is_object(mark) && number_at(mark, "points") != number_at(view, "score");
    json_object_set_new(view, "points", json_integer(number_at(differs ? mark : view, differs ? "points" : "score")));
    set_flag(view, "differs", differs);
    set_flag(view, "has_comments", json_array_size(comments) > 0);
    json_object_set_new(view, "decisions", decisions);
    json_object_set_new(view, "comments", comments);
}

char *student_page(const json_t *document)
{
    json_t *view = document_for(document, STUDENTS);
    json_t *student = json_object_get(view, "student");
    const json_t *labs = json_object_get(view, "labs");
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab) complete_lab(lab);
    const char *name = text_at(student, "name");
    set_text(view, "who", name[0] ? name : text_at(view, "submission"));
    set_flag(view, "is_late", json_is_true(json_object_get(student, "late")));
    set_flag(view, "many", json_array_size(labs) > 1);
    add_mark(view);
    char *page = template_fill("student.html", view);
    json_decref(view);
    return page;
}
