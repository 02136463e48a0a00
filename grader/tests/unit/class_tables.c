// SPDX-License-Identifier: MIT
/*
 * class_tables.c - unit tests of report/csv.c: a class as the tables that Canvas, Moodle and nbgrader read.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

static const char ini[] = "[lab]\ntitle = T\nfiles = a.c\n"
                          "[test good]\ntitle = It works\npoints = 60\nhint = H\n"
                          "[test bad]\ntitle = It <breaks>\npoints = 40\nhint = H\n";

static const char course[] = "name: N\nlabs:\n  " UNIT_LAB ":\n    due: 2026-11-02\n    column: Lab one (4711)\n"
                             "    out_of: 30\n";

static void make_kit(void)
{
    unit_file(unit_kit(ini), "handouts/course.yaml", course);
}

/* The document of a student of a roster who got 60 of 100 points. */
static json_t *student(const char *name, const char *identifier, const char *login)
{
    json_t *verdicts = json_pack("[o, o]", unit_verdict("good", "passed"), unit_verdict("bad", "failed"));
    json_t *document = unit_document(unit_score(unit_submission(unit_rubric(ini)), verdicts));
    json_object_set_new(document, "student",
                        json_pack("{s:s, s:s, s:s, s:s, s:b}", "name", name, "identifier", identifier, "login", login,
                                  "number", "4242", "in_roster", 1));
    return document;
}

static json_t *one_student(void)
{
    make_kit();
    return json_pack("[o]", student("Ada Byron King", "Teilnehmer/in 7", "ada"));
}

/* --- Moodle's worksheet --- */

static char *filled(const char *sheet, const json_t *documents)
{
    return moodle_fill(unit_file(unit_folder(), "sheet.csv", sheet), documents);
}

START_TEST(worksheet_keeps_its_columns)
{
    g_autofree char *text =
        filled("ID,\"Vollständiger Name\",Bewertung,\"Beste Bewertung\",\"Feedback als Kommentar\"\r\n"
               "\"Teilnehmer/in 7\",\"Ada King\",,\"50,00\",\r\n",
               one_student());
    ck_assert_has(text,
                  "\"ID\",\"Vollständiger Name\",\"Bewertung\",\"Beste Bewertung\",\"Feedback als Kommentar\"\r\n");
    ck_assert_has(text, "\"Teilnehmer/in 7\",\"Ada King\",30,\"50,00\",\"" UNIT_LAB ": 60 of 100 points.");
    ck_assert_has(text, "Look at this first: It &lt;breaks&gt;.");
}
END_TEST

START_TEST(worksheet_scales_to_its_maximum)
{
    g_autofree char *text =
        filled("Identifier,Name,Grade,Maximum,Feedback\nTeilnehmer/in 7,Ada,,7.00,\n", one_student());
    ck_assert_has(text, "\"Ada\",4.20,\"7.00\"");
}
END_TEST

START_TEST(worksheet_keeps_what_staff_wrote)
{
    g_autofree char *text = filled(
        "Identifier,Name,Grade,Maximum,Feedback\nTeilnehmer/in 7,Ada,,100,See me.\nTeilnehmer/in 8,Bob,12,100,\n",
        one_student());
    ck_assert_has(text, "\"Ada\",60,\"100\",\"See me.\"\r\n");
    ck_assert_has(text, "\"Teilnehmer/in 8\",\"Bob\",\"12\",\"100\",\"\"\r\n");
}
END_TEST

START_TEST(a_table_without_maximum_is_refused)
{
    filled("Identifier,Name\nTeilnehmer/in 7,Ada\n", one_student());
}
END_TEST

/* --- Canvas --- */

START_TEST(canvas_has_the_assignments_column)
{
    g_autofree char *text = report_class("canvas", one_student());
    ck_assert_has(text, "\"Section\",\"Lab one (4711)\"\r\n");
    ck_assert_has(text, "\"    Points Possible\",\"\",\"\",\"\",\"\",30\r\n");
    ck_assert_has(text, "\"Ada Byron King\",\"4242\",\"\",\"ada\",\"\",18\r\n");
}
END_TEST

/* --- nbgrader --- */

START_TEST(nbgrader_has_its_own_columns)
{
    g_autofree char *text = report_class("nbgrader", one_student());
    ck_assert(g_str_has_prefix(text,
                               "\"assignment\",\"duedate\",\"timestamp\",\"student_id\",\"last_name\",\"first_name\","
                               "\"email\",\"raw_score\",\"late_submission_penalty\",\"score\",\"max_score\"\r\n"));
    ck_assert_has(text, "\"4242\",\"King\",\"Ada Byron\",\"\",60,0,60,100\r\n");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, worksheet_keeps_its_columns);
    tcase_add_test(tcase, worksheet_scales_to_its_maximum);
    tcase_add_test(tcase, worksheet_keeps_what_staff_wrote);
    tcase_add_exit_test(tcase, a_table_without_maximum_is_refused, EXIT_UNUSABLE);
    tcase_add_test(tcase, canvas_has_the_assignments_column);
    tcase_add_test(tcase, nbgrader_has_its_own_columns);
}
