// SPDX-License-Identifier: MIT
/*
 * csv.c - a class as a table (report.h): csv with all columns, canvas for Canvas's gradebook import, moodle as Moodle's
 * offline grading worksheet.
 *
 * RFC 4180: every text is quoted, lines end with CR LF. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
#include "report/report.h"

#include <string.h>

/* --- cells --- */

static void separate(GString *row)
{
    if (row->len > 0 && row->str[row->len - 1] != '\n')
        g_string_append_c(row, ',');
}

/* A spreadsheet skips spaces before it looks for a formula. */
static bool is_formula(const char *text)
{
    const char *first = text + strspn(text, " \t\r\n");
    return (*first && strchr("=+-@|%", *first)) || text[0] == '\t' || text[0] == '\r';
}

static void add_text(GString *row, const char *text)
{
    separate(row);
    g_string_append(row, is_formula(text) ? "\"'" : "\"");
    for (const char *at = text; *at; at++) {
        if (*at == '"')
            g_string_append_c(row, '"');
        g_string_append_c(row, *at == '\n' || *at == '\r' ? ' ' : *at);
    }
    g_string_append_c(row, '"');
}

static void add_number(GString *row, json_int_t number)
{
    separate(row);
    g_string_append_printf(row, "%" JSON_INTEGER_FORMAT, number);
}

/* Adds an empty cell if PERCENT is not a number. */
static void add_percent(GString *row, const json_t *percent)
{
    separate(row);
    if (json_is_number(percent))
        g_string_append_printf(row, "%.1f", json_number_value(percent));
}

static void add_texts(GString *row, const char *const *texts)
{
    for (; *texts; texts++)
        add_text(row, *texts);
}

static void end_row(GString *row)
{
    g_string_append(row, "\r\n");
}

/* --- who and what --- */

static const json_t *student_of(const json_t *document)
{
    return json_object_get(document, "student");
}

static const char *id_of(const json_t *document)
{
    const char *number = text_at(student_of(document), "id");
    const char *id = text_at(document, "id");
    return number[0] ? number : id[0] ? id : text_at(document, "submission");
}

static bool is_number(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

static const json_t *first_failure(const json_t *lab)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test) if (!test_passed(test)) return test;
    return NULL;
}

/* --- csv: one row per student and lab --- */

static void add_lab(GString *out, const json_t *document, const json_t *lab)
{
    const json_t *covered = json_object_get(lab, "coverage");
    const json_t *own = json_object_get(lab, "own_tests");
    const json_t *failure = first_failure(lab);
    add_text(out, id_of(document));
    add_text(out, text_at(student_of(document), "name"));
    add_text(out, json_is_true(json_object_get(student_of(document), "late")) ? "yes" : "no");
    add_text(out, text_at(lab, "lab"));
    add_number(out, number_at(lab, "score"));
    add_number(out, number_at(lab, "max_score"));
    add_text(out, text_at(json_object_get(lab, "build"), "problem"));
    add_text(out, text_at(failure, "name"));
    add_text(out, text_at(failure, "status"));
    add_percent(out, json_object_get(json_object_get(covered, "lines"), "percent"));
    add_percent(out, json_object_get(json_object_get(covered, "branches"), "percent"));
    add_number(out, number_at(own, "points"));
    end_row(out);
}

char *class_csv(const json_t *documents)
{
    static const char *const columns[] = {"student_id",
                                          "name",
                                          "late",
                                          "lab",
                                          "score",
                                          "max_score",
                                          "build_problem",
                                          "first_failure",
                                          "first_failure_status",
                                          "line_coverage",
                                          "branch_coverage",
                                          "own_tests_points",
                                          NULL};
    GString *out = g_string_new(NULL);
    size_t i, k;
    json_t *document, *lab;
    add_texts(out, columns);
    end_row(out);
    json_array_foreach(documents, i, document) json_array_foreach(json_object_get(document, "labs"), k, lab)
        add_lab(out, document, lab);
    return g_string_free(out, FALSE);
}

/* --- canvas: one column per lab --- */

/* The labs that were graded: those of the first result. */
static const json_t *labs_of(const json_t *documents)
{
    return json_object_get(json_array_get(documents, 0), "labs");
}

/* Adds an empty cell if DOCUMENT has no such lab: Canvas then changes nothing. */
static void add_score(GString *out, const json_t *document, const char *wanted)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) if (strcmp(text_at(lab, "lab"), wanted) == 0)
    {
        add_number(out, number_at(lab, "score"));
        return;
    }
    add_text(out, "");
}

/* Canvas finds a student by Canvas's own number or by login name. */
static void add_canvas_student(GString *out, const json_t *document)
{
    const char *id = id_of(document);
    add_text(out, text_at(student_of(document), "name"));
    add_text(out, is_number(id) ? id : "");
    add_text(out, "");
    add_text(out, is_number(id) ? "" : id);
    add_text(out, "");
}

char *class_canvas(const json_t *documents)
{
    static const char *const columns[] = {"Student", "ID", "SIS User ID", "SIS Login ID", "Section", NULL};
    static const char *const possible[] = {"    Points Possible", "", "", "", "", NULL};
    GString *out = g_string_new(NULL);
    size_t i, k;
    json_t *document, *lab;
    add_texts(out, columns);
    json_array_foreach(labs_of(documents), k, lab) add_text(out, text_at(lab, "lab"));
    end_row(out);
    add_texts(out, possible);
    json_array_foreach(labs_of(documents), k, lab) add_number(out, number_at(lab, "max_score"));
    end_row(out);
    json_array_foreach(documents, i, document)
    {
        add_canvas_student(out, document);
        json_array_foreach(labs_of(documents), k, lab) add_score(out, document, text_at(lab, "lab"));
        end_row(out);
    }
    return g_string_free(out, FALSE);
}

/* --- moodle --- */

/* Moodle shows feedback as HTML. It holds the rubric's words, escaped, and no text from the student. */
static char *feedback(const json_t *document)
{
    GString *text = g_string_new(NULL);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        const json_t *failure = first_failure(lab);
        g_autofree char *title = g_markup_escape_text(text_at(failure, "title"), -1);
        g_string_append_printf(text, "%s: %d of %d points.", text_at(lab, "lab"), (int)number_at(lab, "score"),
                               (int)number_at(lab, "max_score"));
        if (failure)
            g_string_append_printf(text, " Look at this first: %s.", title);
    }
    return g_string_free(text, FALSE);
}

char *class_moodle(const json_t *documents)
{
    static const char *const columns[] = {
        "Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments", NULL};
    GString *out = g_string_new(NULL);
    size_t i;
    json_t *document;
    add_texts(out, columns);
    end_row(out);
    json_array_foreach(documents, i, document)
    {
        const char *id = id_of(document);
        g_autofree char *participant = g_strdup_printf("%s%s", is_number(id) ? "Participant " : "", id);
        g_autofree char *said = feedback(document);
        add_text(out, participant);
        add_text(out, text_at(student_of(document), "name"));
        add_number(out, number_at(document, "score"));
        add_number(out, number_at(document, "max_score"));
        add_text(out, "");
        add_text(out, said);
        end_row(out);
    }
    return g_string_free(out, FALSE);
}
