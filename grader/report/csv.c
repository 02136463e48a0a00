// SPDX-License-Identifier: MIT
/*
 * csv.c - a class as a table (report.h): csv with all columns, canvas for Canvas's gradebook import, moodle as Moodle's
 * offline grading worksheet, nbgrader as nbgrader's export.
 *
 * A document with a "mark" (class/marks/marks.h) shows that; one of a student who has handed in nothing has no labs.
 *
 * RFC 4180: every text is quoted, lines end with CR LF. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front.
 */
#include "config/config.h"
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

/* The first of KEYS that STUDENT has; "" if it has none. */
static const char *first_of(const json_t *student, const char *const *keys)
{
    for (; *keys; keys++)
        if (text_at(student, *keys)[0])
            return text_at(student, *keys);
    return "";
}

static const char *id_of(const json_t *document)
{
    static const char *const keys[] = {"number", "login", "sis", "email", "name", NULL};
    if (json_is_true(json_object_get(student_of(document), "in_roster")))
        return first_of(student_of(document), keys);
    const char *number = text_at(student_of(document), "id");
    const char *id = text_at(document, "id");
    return number[0] ? number : id[0] ? id : text_at(document, "submission");
}

static bool is_number(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* --- marks --- */

static const json_t *mark_of(const json_t *document)
{
    return json_object_get(document, "mark");
}

/* The points of DOCUMENT, or of its lab LAB if it has several; NULL if there are none. */
static const json_t *points_of(const json_t *document, const json_t *lab)
{
    const json_t *labs = json_object_get(document, "labs");
    if (json_array_size(labs) == 0)
        return NULL;
    bool one = json_array_size(labs) == 1 && json_is_object(mark_of(document));
    return one ? json_object_get(mark_of(document), "points") : json_object_get(lab, "score");
}

/* POINTS of MOST, for an assignment that is worth WORTH. */
static void add_scaled(GString *row, json_int_t points, json_int_t most, double worth)
{
    double value = most > 0 ? (double)points * worth / (double)most : 0;
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(text, sizeof text, "%.2f", value);
    if (g_str_has_suffix(text, ".00"))
        text[strlen(text) - strlen(".00")] = '\0';
    separate(row);
    g_string_append(row, text);
}

/* Everything that staff and policy say of DOCUMENT, in sentences. */
static char *remarks_of(const json_t *document)
{
    GString *text = g_string_new(text_at(json_object_get(mark_of(document), "late"), "sentence"));
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(mark_of(document), "adjustments"), i, entry) g_string_append_printf(
        text, "%s%s%s%s%d: %s (%s, %s)", text->len > 0 ? "; " : "", text_at(entry, "test"),
        text_at(entry, "test")[0] ? " " : "",
        json_is_true(json_object_get(entry, "relative")) && number_at(entry, "points") > 0 ? "+" : "",
        (int)number_at(entry, "points"), text_at(entry, "text"), text_at(entry, "by"), text_at(entry, "at"));
    if (number_at(mark_of(document), "over") > 0)
        g_string_append_printf(text, "; %d points more than there are do not count",
                               (int)number_at(mark_of(document), "over"));
    json_array_foreach(json_object_get(mark_of(document), "comments"), i, entry) g_string_append_printf(
        text, "%s%s (%s)", text->len > 0 ? "; " : "", text_at(entry, "text"), text_at(entry, "by"));
    if (json_is_null(json_object_get(mark_of(document), "points")))
        g_string_append(text, text_at(document, "ungraded")[0] ? text_at(document, "ungraded") : "handed in nothing");
    return g_string_free(text, FALSE);
}

static const json_t *first_failure(const json_t *lab)
{
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(lab, "tests"), i, test) if (!test_passed(test)) return test;
    return NULL;
}

/* --- csv: one row per student and lab --- */

/* The columns that marks.h explains. */
static void add_mark(GString *out, const json_t *document, const json_t *lab)
{
    const json_t *late = json_object_get(mark_of(document), "late");
    const json_t *points = points_of(document, lab);
    g_autofree char *remarks = remarks_of(document);
    if (points)
        add_number(out, json_integer_value(points));
    else
        add_text(out, "");
    add_number(out, number_at(late, "days"));
    add_number(out, number_at(late, "slip_days"));
    add_number(out, number_at(late, "percent"));
    add_text(out, remarks);
    add_text(out, text_at(student_of(document), "login"));
    add_text(out, text_at(student_of(document), "email"));
    add_text(out, text_at(student_of(document), "section"));
    add_text(out, text_at(document, "id"));
}

static void add_lab(GString *out, const json_t *document, const json_t *lab)
{
    const json_t *covered = json_object_get(lab, "coverage");
    const json_t *own = json_object_get(lab, "own_tests");
    const json_t *failure = first_failure(lab);
    add_text(out, id_of(document));
    add_text(out, text_at(student_of(document), "name"));
    add_text(out, document_is_late(document) ? "yes" : "no");
    add_text(out, text_at(lab, "lab"));
    add_number(out, number_at(lab, "score"));
    add_number(out, number_at(lab, "max_score"));
    add_text(out, text_at(json_object_get(lab, "build"), "problem"));
    add_text(out, text_at(failure, "name"));
    add_text(out, text_at(failure, "status"));
    add_percent(out, json_object_get(json_object_get(covered, "lines"), "percent"));
    add_percent(out, json_object_get(json_object_get(covered, "branches"), "percent"));
    add_number(out, number_at(own, "points"));
    add_mark(out, document, lab);
    end_row(out);
}

/* A row for somebody who has handed in nothing. */
static void add_nobody(GString *out, const json_t *document)
{
    enum { EMPTY = 9 };
    add_text(out, id_of(document));
    add_text(out, text_at(student_of(document), "name"));
    add_text(out, "no");
    for (int i = 0; i < EMPTY; i++)
        add_text(out, "");
    add_mark(out, document, NULL);
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
                                          "mark",
                                          "days_late",
                                          "slip_days",
                                          "late_percent",
                                          "remarks",
                                          "login",
                                          "email",
                                          "section",
                                          "submission",
                                          NULL};
    GString *out = g_string_new(NULL);
    size_t i, k;
    json_t *document, *lab;
    add_texts(out, columns);
    end_row(out);
    json_array_foreach(documents, i, document)
    {
        json_array_foreach(json_object_get(document, "labs"), k, lab) add_lab(out, document, lab);
        if (json_array_size(json_object_get(document, "labs")) == 0)
            add_nobody(out, document);
    }
    return g_string_free(out, FALSE);
}

/* --- canvas: one column per lab --- */

/* The labs that were graded: those of the first result that has any. */
static const json_t *labs_of(const json_t *documents)
{
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) if (json_array_size(json_object_get(document, "labs")) >
                                                   0) return json_object_get(document, "labs");
    return NULL;
}

/* What COURSE says of LAB's assignment in the LMS; WORTH is its maximum. */
static const char *column_of(const json_t *course, const json_t *lab)
{
    const char *column = text_at(course_lab(course, text_at(lab, "lab")), "column");
    return column[0] ? column : text_at(lab, "lab");
}

static double worth_of(const json_t *course, const json_t *lab)
{
    json_int_t worth = number_at(course_lab(course, text_at(lab, "lab")), "out_of");
    return (double)(worth > 0 ? worth : number_at(lab, "max_score"));
}

/* Adds an empty cell if DOCUMENT has no such lab: Canvas then changes nothing. */
static void add_score(GString *out, const json_t *document, const json_t *wanted, const json_t *course)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        if (strcmp(text_at(lab, "lab"), text_at(wanted, "lab")) != 0)
            continue;
        add_scaled(out, json_integer_value(points_of(document, lab)), number_at(lab, "max_score"),
                   worth_of(course, lab));
        return;
    }
    add_text(out, "");
}

/* Canvas finds a student by Canvas's own number or by login name. */
static void add_canvas_student(GString *out, const json_t *document)
{
    const json_t *student = student_of(document);
    bool known = json_is_true(json_object_get(student, "in_roster"));
    const char *id = known ? text_at(student, "number") : id_of(document);
    add_text(out, text_at(student, "name"));
    add_text(out, is_number(id) ? id : "");
    add_text(out, text_at(student, "sis"));
    add_text(out, known ? text_at(student, "login") : is_number(id) ? "" : id);
    add_text(out, text_at(student, "section"));
}

char *class_canvas(const json_t *documents)
{
    static const char *const columns[] = {"Student", "ID", "SIS User ID", "SIS Login ID", "Section", NULL};
    static const char *const possible[] = {"    Points Possible", "", "", "", "", NULL};
    json_t *course = course_load();
    GString *out = g_string_new(NULL);
    size_t i, k;
    json_t *document, *lab;
    add_texts(out, columns);
    json_array_foreach(labs_of(documents), k, lab) add_text(out, column_of(course, lab));
    end_row(out);
    add_texts(out, possible);
    json_array_foreach(labs_of(documents), k, lab) add_scaled(out, 1, 1, worth_of(course, lab));
    end_row(out);
    json_array_foreach(documents, i, document)
    {
        add_canvas_student(out, document);
        json_array_foreach(labs_of(documents), k, lab) add_score(out, document, lab, course);
        end_row(out);
    }
    json_decref(course);
    return g_string_free(out, FALSE);
}

/* --- moodle --- */

/* Moodle shows feedback as HTML. It holds the rubric's words and those of staff, escaped, and no text from the student.
 */
static char *feedback(const json_t *document)
{
    GString *text = g_string_new(NULL);
    g_autofree char *remarks = remarks_of(document);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab)
    {
        const json_t *failure = first_failure(lab);
        const json_t *built = json_object_get(lab, "build");
        g_string_append_printf(text, "%s%s: %d of %d points.", i > 0 ? " " : "", text_at(lab, "lab"),
                               (int)number_at(lab, "score"), (int)number_at(lab, "max_score"));
        if (!json_is_true(json_object_get(built, "ok")))
            g_string_append_printf(text, " Nothing could be run: %s.", text_at(built, "problem"));
        else if (failure)
            g_string_append_printf(text, " Look at this first: %s.", text_at(failure, "title"));
    }
    if (remarks[0] && text->len > 0)
        g_string_append_printf(text, " %s.", remarks);
    char *escaped = g_markup_escape_text(text->str, -1);
    g_string_free(text, TRUE);
    return escaped;
}

static void add_row_of_moodle(GString *out, const json_t *document, double worth)
{
    const json_t *student = student_of(document);
    const char *id = id_of(document);
    g_autofree char *participant = text_at(student, "identifier")[0]
                                       ? g_strdup(text_at(student, "identifier"))
                                       : g_strdup_printf("%s%s", is_number(id) ? "Participant " : "", id);
    g_autofree char *said = feedback(document);
    const json_t *lab = json_array_get(json_object_get(document, "labs"), 0);
    const json_t *one = points_of(document, lab);
    bool several = json_array_size(json_object_get(document, "labs")) > 1;
    add_text(out, participant);
    add_text(out, text_at(student, "name"));
    if (one)
        add_scaled(out, several ? number_at(document, "score") : json_integer_value(one),
                   number_at(document, "max_score"), several ? (double)number_at(document, "max_score") : worth);
    else
        add_text(out, "");
    add_scaled(out, 1, 1, several ? (double)number_at(document, "max_score") : worth);
    add_text(out, "");
    add_text(out, said);
    end_row(out);
}

char *class_moodle(const json_t *documents)
{
    static const char *const columns[] = {
        "Identifier", "Full name", "Grade", "Maximum Grade", "Last modified (grade)", "Feedback comments", NULL};
    json_t *course = course_load();
    const json_t *lab = json_array_get(labs_of(documents), 0);
    GString *out = g_string_new(NULL);
    size_t i;
    json_t *document;
    add_texts(out, columns);
    end_row(out);
    json_array_foreach(documents, i, document) add_row_of_moodle(out, document, worth_of(course, lab));
    json_decref(course);
    return g_string_free(out, FALSE);
}

/* --- moodle's own worksheet, filled in --- */

/* The column of SHEET (rows, titles first) that holds the maximum: the last whose cells all are the same number. The
 * grade stands before it, and may be the same for everybody, too. */
static guint column_of_maximum(const GPtrArray *sheet)
{
    const GPtrArray *head = sheet->pdata[0];
    for (guint i = head->len; i-- > 2;) {
        const char *first = NULL;
        bool same = sheet->len > 1;
        for (guint k = 1; k < sheet->len && same; k++) {
            const GPtrArray *row = sheet->pdata[k];
            const char *cell = i < row->len ? row->pdata[i] : "";
            first = first ? first : cell;
            same = g_regex_match_simple("^\\d+([.,]\\d+)?$", cell, 0, 0) && strcmp(cell, first) == 0;
        }
        if (same)
            return i;
    }
    return 0;
}

static const json_t *document_of_row(const json_t *documents, const char *identifier)
{
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document)
    {
        if (strcmp(text_at(student_of(document), "identifier"), identifier) == 0)
            return document;
    }
    return NULL;
}

/* ROW of the worksheet with DOCUMENT's mark; what staff wrote into the last column stays. */
static void add_filled(GString *out, const GPtrArray *row, guint columns, guint maximum, const json_t *document)
{
    const json_t *lab = json_array_get(json_object_get(document, "labs"), 0);
    const json_t *points = document ? points_of(document, lab) : NULL;
    g_autofree char *said = document ? feedback(document) : g_strdup("");
    for (guint i = 0; i < columns; i++) {
        const char *cell = i < row->len ? row->pdata[i] : "";
        if (points && i + 1 == maximum)
            add_scaled(out, json_integer_value(points), number_at(document, "max_score"),
                       g_ascii_strtod(row->pdata[maximum], NULL));
        else if (points && i + 1 == columns && !cell[0])
            add_text(out, said);
        else
            add_text(out, cell);
    }
    end_row(out);
}

char *moodle_fill(const char *path, const json_t *documents)
{
    char *mistake = NULL;
    g_autoptr(GPtrArray) sheet = table_read(path, &mistake);
    if (!sheet || sheet->len < 2)
        die_unusable("%s", mistake ? mistake : "the worksheet is empty");
    guint maximum = column_of_maximum(sheet);
    const GPtrArray *head = sheet->pdata[0];
    if (maximum == 0)
        die_unusable("%s has no column with the assignment's maximum, so it is not Moodle's grading worksheet", path);
    GString *out = g_string_new(NULL);
    for (guint i = 0; i < head->len; i++)
        add_text(out, head->pdata[i]);
    end_row(out);
    json_t *shown = json_array();
    size_t k;
    json_t *document;
    json_array_foreach(documents, k, document) json_array_append_new(shown, document_for(document, STUDENTS));
    for (guint i = 1; i < sheet->len; i++) {
        const GPtrArray *row = sheet->pdata[i];
        add_filled(out, row, head->len, maximum, document_of_row(shown, row->pdata[0]));
    }
    json_decref(shown);
    return g_string_free(out, FALSE);
}

/* --- nbgrader --- */

static void add_nbgrader(GString *out, const json_t *document, const json_t *lab, const json_t *course)
{
    const json_t *student = student_of(document);
    const char *name = text_at(student, "name");
    const char *space = strrchr(name, ' ');
    g_autofree char *first = space ? g_strndup(name, (gsize)(space - name)) : g_strdup("");
    const char *last = space ? space + 1 : name;
    const char *due = text_at(course_lab(course, text_at(lab, "lab")), "due");
    const json_t *points = points_of(document, lab);
    json_int_t raw =
        json_is_object(mark_of(document)) ? number_at(mark_of(document), "adjusted") : number_at(lab, "score");
    add_text(out, text_at(lab, "lab"));
    add_text(out, due);
    add_text(out, text_at(student, "handed_in_at"));
    add_text(out, id_of(document));
    add_text(out, text_at(student, "last")[0] ? text_at(student, "last") : last);
    add_text(out, text_at(student, "first")[0] ? text_at(student, "first") : first);
    add_text(out, text_at(student, "email"));
    add_number(out, raw);
    add_number(out, raw - (points ? json_integer_value(points) : raw));
    add_number(out, points ? json_integer_value(points) : 0);
    add_number(out, number_at(lab, "max_score"));
    end_row(out);
}

char *class_nbgrader(const json_t *documents)
{
    static const char *const columns[] = {"assignment", "duedate",   "timestamp",
                                          "student_id", "last_name", "first_name",
                                          "email",      "raw_score", "late_submission_penalty",
                                          "score",      "max_score", NULL};
    json_t *course = course_load();
    GString *out = g_string_new(NULL);
    size_t i, k;
    json_t *document, *lab;
    add_texts(out, columns);
    end_row(out);
    json_array_foreach(documents, i, document)
    {
        const json_t *labs = json_object_get(document, "labs");
        json_array_foreach(json_array_size(labs) > 0 ? labs : labs_of(documents), k, lab)
        {
            json_t *nothing = json_pack("{s:O, s:i, s:O}", "lab", json_object_get(lab, "lab"), "score", 0, "max_score",
                                        json_object_get(lab, "max_score"));
            add_nbgrader(out, document, json_array_size(labs) > 0 ? lab : nothing, course);
            json_decref(nothing);
        }
    }
    json_decref(course);
    return g_string_free(out, FALSE);
}
