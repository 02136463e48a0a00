// SPDX-License-Identifier: MIT
/*
 * marks.c - unit tests of class/marks: whose a result is, what being late costs, what staff adjusted.
 */
#include "class/marks/marks.h"
#include "tests/unit/support/program.h"

#include <glib/gstdio.h>

#define RUBRIC "[lab]\ntitle = T\nfiles = a.c\n[test a]\ntitle = T\npoints = 100\n"
#define ROSTER                                                                                                         \
    "login,number,name,email,group,extension\n"                                                                        \
    "jdoe,4711,Jane Doe,jane.d@example.edu,Group 7,\n"                                                                 \
    "anna-berg,4712,\"Berg, Anna\",anna@example.edu,Group 7,2 days\n"                                                  \
    "roe,4713,Zo\xC3\xAB van der Roe,zoe@example.edu,,\n"                                                              \
    "x1,4714,Kim Lee,k1@example.edu,,\n"                                                                               \
    "x2,4715,Kim Lee,k2@example.edu,,\n"
#define COURSE                                                                                                         \
    "name: N\ntimezone: Europe/Berlin\nlate: {grace_minutes: 10, percent_per_day: 10, days: 3, slip_days: 1}\n"        \
    "extensions:\n  - {student: roe, lab: 1, until: 2026-01-12}\nlabs:\n  1: {due: 2026-01-10}\n"

/* A batch's folder with a result for each of STUDENTS (JSON texts), in a kit with COURSE. */
static char *folder_of(const char *const *students)
{
    char *folder = unit_folder();
    unit_file(unit_kit(RUBRIC), "handouts/course.yaml", COURSE);
    for (int i = 0; students[i]; i++) {
        g_autofree char *name = g_strdup_printf("results/s%d.json", i);
        g_autofree char *text = g_strdup_printf(
            "{\"schema\": 1, \"submission\": \"s%d\", \"score\": 80, \"max_score\": 100, \"student\": %s,"
            " \"labs\": [{\"lab\": \"" UNIT_LAB "\", \"score\": 80, \"max_score\": 100, \"tests\":"
            " [{\"name\": \"a\", \"points\": 80, \"max_points\": 100}]}]}",
            i, students[i]);
        unit_file(folder, name, text);
    }
    return folder;
}

/* The submission and the points of each student, in order: "s0 80, - -". */
static char *marks_in(const char *folder)
{
    json_t *marks = marks_read(folder);
    GString *text = g_string_new(NULL);
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(marks, "documents"), i, document)
    {
        const json_t *points = json_object_get(json_object_get(document, "mark"), "points");
        g_string_append_printf(text, "%s%s ", i > 0 ? ", " : "",
                               text_at(document, "id")[0] ? text_at(document, "id") : "-");
        if (json_is_integer(points))
            g_string_append_printf(text, "%d", (int)json_integer_value(points));
        else
            g_string_append(text, "-");
    }
    return g_string_free(text, FALSE);
}

static char *with_roster(const char *const *students)
{
    char *folder = folder_of(students);
    unit_file(folder, "roster.csv", ROSTER);
    return folder;
}

#define STUDENT(id, name) "{\"id\": \"" id "\", \"name\": \"" name "\", \"late\": false, \"source\": \"" name "\"}"
#define TIMED(id, when)                                                                                                \
    "{\"id\": \"" id "\", \"name\": \"\", \"late\": false, \"source\": \"\", \"handed_in_at\": \"" when "\"}"

START_TEST(marks_come_in_the_rosters_order)
{
    static const char *const students[] = {STUDENT("4712", "x"), STUDENT("", "doejane"), STUDENT("", "zoe van der roe"),
                                           NULL};
    char *folder = with_roster(students);
    ck_assert_str_eq(marks_in(folder), "s1 80, s0 80, s2 80, - -, - -");
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(remarks, "Handed in nothing (2): Kim Lee; Kim Lee");
    g_autofree char *faults = g_build_filename(folder, "faults", NULL);
    g_autofree char *file = g_build_filename(faults, "kimlee.txt", NULL);
    ck_assert_int_eq(g_mkdir(faults, 0755), 0);
    ck_assert(g_file_set_contents(file, "no space left", -1, NULL));
    g_autofree char *unsure = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(unsure, "No result (2): Kim Lee; Kim Lee");
    ck_assert_has(unsure, "perhaps theirs (1): kimlee");
}
END_TEST

START_TEST(what_is_not_graded_yet_was_handed_in)
{
    static const char *const students[] = {STUDENT("4711", ""), NULL};
    char *folder = with_roster(students);
    unit_file(folder, "submissions.json",
              "[{\"id\": \"s0\", \"student\": " STUDENT("4711", "") "},"
                                                                    " {\"id\": \"zoe\", \"student\": " STUDENT(
                                                                        "roe", "Zo\xC3\xAB") "}]");
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_str_eq(remarks, "Handed in nothing (3): Berg, Anna; Kim Lee; Kim Lee\n"
                              "Not graded yet (1): Zo\xC3\xAB van der Roe\n");
    json_t *marks = marks_read(folder);
    ck_assert_str_eq(text_at(json_array_get(json_object_get(marks, "documents"), 1), "ungraded"), "");
    ck_assert_str_eq(text_at(json_array_get(json_object_get(marks, "documents"), 2), "ungraded"), "not graded yet");
    unit_file(folder, "submissions.json", "[{\"id\": \"who\", \"student\": " STUDENT("", "who") "}]");
    g_autofree char *unsure = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(unsure, "No result (4): Berg, Anna;");
    ck_assert_has(unsure, "Not graded yet, and perhaps theirs (1): who\n");
}
END_TEST

/* The remarks after the roster of the batch in FOLDER has become TEXT, as the command's user does it. */
static char *remarks_with(const char *folder, const char *text)
{
    marks_remember(folder);
    unit_file(folder, "roster.csv", text);
    return marks_remarks(marks_read(folder), NULL);
}

START_TEST(who_has_withdrawn_is_named)
{
    static const char *const students[] = {STUDENT("4711", ""), STUDENT("roe", "Zo\xC3\xAB"), STUDENT("", "stranger"),
                                           NULL};
    char *folder = with_roster(students);
    g_autofree char *marked = remarks_with(folder, "login,number,name,status\njdoe,4711,Jane Doe,\n"
                                                   "roe,4713,Zo\xC3\xAB van der Roe,Withdrawn\n");
    ck_assert_str_eq(marked, "Withdrawn, so not in the marks (1): s1 (Zo\xC3\xAB van der Roe; the roster says: "
                             "Withdrawn)\nNot in the marks (1): s2 (stranger) is nobody in the roster\n");
    ck_assert_str_eq(marks_in(folder), "s0 80");
    g_autofree char *gone = remarks_with(folder, "login,number,name\njdoe,4711,Jane Doe\n");
    ck_assert_has(gone, "(1): s1 (Zo\xC3\xAB van der Roe, who was in an earlier roster)\n");
    g_autofree char *back = remarks_with(folder, ROSTER);
    ck_assert_has(back, "Handed in nothing (3): Berg, Anna; Kim Lee; Kim Lee\nNot in the marks (1): s2");
}
END_TEST

START_TEST(long_lists_are_cut_where_all_of_it_is_kept)
{
    json_t *missing = json_array();
    for (int i = 0; i < 43; i++)
        json_array_append_new(missing, json_sprintf("n%d", i));
    json_t *marks = json_pack("{s:o}", "missing", missing);
    g_autofree char *whole = marks_remarks(marks, NULL);
    g_autofree char *cut = marks_remarks(marks, "out/remarks.txt");
    ck_assert(g_str_has_prefix(whole, "Handed in nothing (43): n0; n1; "));
    ck_assert(g_str_has_suffix(whole, "; n41; n42\n"));
    ck_assert(g_str_has_suffix(cut, "; n38; n39; and 3 more: see out/remarks.txt\n"));
}
END_TEST

START_TEST(students_are_found_by_what_systems_say)
{
    static const char *const said[] = {STUDENT("4711", ""),
                                       STUDENT("JDOE", ""),
                                       STUDENT("", "jdoe.zip"),
                                       STUDENT("", "Doe, Jane"),
                                       STUDENT("", "doe_jane"),
                                       STUDENT("", "lab-06-jdoe"),
                                       STUDENT("jane.d@example.edu", ""),
                                       STUDENT("jane.d", ""),
                                       STUDENT("", "lab-06-jdoe-main.zip")};
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        const char *const students[] = {said[i], NULL};
        ck_assert_msg(g_str_has_prefix(marks_in(with_roster(students)), "s0 80, - -"), "%s", said[i]);
    }
}
END_TEST

START_TEST(what_fits_two_fits_nobody)
{
    static const char *const students[] = {STUDENT("", "Kim Lee"), STUDENT("", "stranger"), NULL};
    char *folder = with_roster(students);
    ck_assert_str_eq(marks_in(folder), "- -, - -, - -, - -, - -");
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(remarks, "Handed in nothing (3): Jane Doe; Berg, Anna; Zo\xC3\xAB van der Roe\n");
    ck_assert_has(remarks, "Perhaps handed in, see below (2): Kim Lee; Kim Lee\n");
    ck_assert_has(remarks, "s0 (Kim Lee) could be the work of Kim Lee (4714) or Kim Lee (4715)");
    ck_assert_has(remarks, "s1 (stranger) is nobody in the roster");
}
END_TEST

/* One of them has work that is certainly theirs; then what fits both may still be the other's. */
START_TEST(who_has_a_result_is_not_unsure)
{
    static const char *const students[] = {STUDENT("", "Kim Lee"), STUDENT("x2", ""), NULL};
    char *folder = with_roster(students);
    ck_assert_str_eq(marks_in(folder), "- -, - -, - -, - -, s1 80");
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(remarks, "Perhaps handed in, see below (1): Kim Lee\n");
    ck_assert_has(remarks, "s0 (Kim Lee) could be the work of Kim Lee (4714) or Kim Lee (4715)");
}
END_TEST

START_TEST(a_partner_who_could_be_two_is_unsure)
{
    static const char *const students[] = {
        "{\"id\": \"7\", \"name\": \"Jane Doe, Kim Lee\", \"partners\": [{\"name\": \"Kim Lee\"}, {\"name\": \"Jane "
        "Doe\"}]}",
        NULL};
    char *folder = with_roster(students);
    ck_assert_str_eq(marks_in(folder), "s0 80, - -, - -, - -, - -");
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(remarks, "Perhaps handed in, see below (2): Kim Lee; Kim Lee\n");
    ck_assert_has(remarks, "s0 (Jane Doe, Kim Lee) could be the work of Kim Lee (4714) or Kim Lee (4715)");
}
END_TEST

START_TEST(a_number_beside_anothers_name_fits_nobody)
{
    static const char *const by_chance[] = {STUDENT("4711", "Zo\xC3\xAB van der Roe"), NULL};
    static const char *const unknown[] = {STUDENT("9999", "Zo\xC3\xAB van der Roe"), NULL};
    static const char *const same_name[] = {STUDENT("4715", "kim lee"), NULL};
    static const char *const after_group[] = {STUDENT("9", "Gruppe 7-Zo\xC3\xAB van der Roe"), NULL};
    static const char *const part_of_login[] = {"{\"id\": \"berg\", \"name\": \"berg\", \"source\": \"lab-anna-berg\"}",
                                                NULL};
    ck_assert_str_eq(marks_in(with_roster(by_chance)), "- -, - -, - -, - -, - -");
    ck_assert_str_eq(marks_in(with_roster(unknown)), "- -, - -, s0 80, - -, - -");
    ck_assert_str_eq(marks_in(with_roster(same_name)), "- -, - -, - -, - -, s0 80");
    ck_assert_str_eq(marks_in(with_roster(after_group)), "- -, - -, s0 80, - -, - -");
    ck_assert_str_eq(marks_in(with_roster(part_of_login)), "- -, s0 80, - -, - -, - -");
}
END_TEST

START_TEST(names_are_spelt_in_more_than_one_way)
{
    static const char *const pairs[][2] = {
        {"M\xC3\xBCller", "Mueller"}, {"Mueller", "M\xC3\xBCller"}, {"S\xC3\xB8ren \xC5\x81uk", "soren luk"},
        {"S\xC3\xB8ren", "Soeren"},   {"Gro\xC3\x9F", "gross"},     {"O\xE2\x80\x99Neil, J\xC3\xB6rg", "Joerg ONeil"},
        {"\xC3\x85se", "Aase"},       {"Y\xC4\xB1lmaz", "YILMAZ"},  {"Jose\xCC\x81", "Jos\xC3\xA9"}};
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
        g_autofree char *student = g_strdup_printf(STUDENT("", "%s"), pairs[i][1], pairs[i][1]);
        const char *const students[] = {student, NULL};
        char *folder = folder_of(students);
        g_autofree char *roster = g_strdup_printf("login;name\nx;%s\n", pairs[i][0]);
        unit_file(folder, "roster.csv", roster);
        ck_assert_msg(strcmp(marks_in(folder), "s0 80") == 0, "%s, %s", pairs[i][0], pairs[i][1]);
    }
}
END_TEST

START_TEST(partners_get_the_same_mark)
{
    static const char *const group[] = {STUDENT("", "group7"), NULL};
    static const char *const uploaded_by_one[] = {STUDENT("4711", "group_7"), NULL}; /* as in Canvas's downloads */
    static const char *const both[] = {"{\"id\": \"1, 2\", \"name\": \"J, A\", \"source\": \"\", \"partners\":"
                                       " [{\"id\": \"4711\", \"name\": \"J\"}, {\"id\": \"4712\", \"name\": \"A\"}]}",
                                       NULL};
    static const char *const blackboard[] = {"{\"id\": \"4713\", \"name\": \"7\", \"source\": \"Lab 1_Group_7\"}",
                                             NULL};
    ck_assert(g_str_has_prefix(marks_in(with_roster(blackboard)), "s0 80, s0 80, - -"));
    ck_assert(g_str_has_prefix(marks_in(with_roster(group)), "s0 80, s0 80, - -"));
    ck_assert(g_str_has_prefix(marks_in(with_roster(uploaded_by_one)), "s0 80, s0 80, - -"));
    ck_assert(g_str_has_prefix(marks_in(with_roster(both)), "s0 80, s0 80, - -"));
    static const char *const by_chance[] = {STUDENT("4713", "Group 7"), NULL}; /* Brightspace numbers groups */
    ck_assert_str_eq(marks_in(with_roster(by_chance)), "s0 80, s0 80, - -, - -, - -");
    ck_assert_str_eq(marks_in(folder_of(both)), "s0 80, s0 80");
}
END_TEST

START_TEST(of_two_submissions_the_better_one_counts)
{
    static const char *const students[] = {STUDENT("4711", ""), STUDENT("jdoe", ""), NULL};
    char *folder = with_roster(students);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 80, - -"));
    g_autofree char *remarks = marks_remarks(marks_read(folder), NULL);
    ck_assert_has(remarks, "s1 does not count: s0 is of the same student");
}
END_TEST

static void expect_mark(const char *student, const char *marks)
{
    const char *const students[] = {student, NULL};
    char *found = marks_in(with_roster(students));
    ck_assert_msg(strstr(found, marks) != NULL, "%s: %s, not %s", student, found, marks);
}

START_TEST(lateness_is_taken_off)
{
    expect_mark(TIMED("4711", "2026-01-10 23:59:00"), "s0 80");
    expect_mark(TIMED("4711", "2026-01-11 00:09:00"), "s0 80");
    expect_mark(TIMED("4711", "2026-01-11 12:00:00"), "s0 80"); /* a slip day */
    expect_mark(TIMED("4711", "2026-01-12 12:00:00"), "s0 72");
    expect_mark(TIMED("4711", "2026-01-12 11:00:00 Z"), "s0 72");
    expect_mark(TIMED("4711", "2026-01-20 12:00:00"), "s0 0");
}
END_TEST

START_TEST(times_are_written_in_many_ways)
{
    static const char *const two_days[] = {"2026-01-12T12:00:00Z",
                                           "2026-01-12 11:00:00 UTC",
                                           "2026-01-12 12:00:00 +0100",
                                           "2026-01-12 06:00:00 -05:00",
                                           "2026-01-12 12:00 PM",
                                           "12.1.2026, 12:00",
                                           "Monday, 12 January 2026, 12:00 PM",
                                           "Montag, 12. Januar 2026, 12:00",
                                           "January 12, 2026 12:00:30 PM"};
    for (guint i = 0; i < G_N_ELEMENTS(two_days); i++) {
        g_autofree char *student = g_strdup_printf(TIMED("4711", "%s"), two_days[i]);
        expect_mark(student, "s0 72");
    }
    static const char *const unread[] = {TIMED("4711", "3/12/26 20:00"), NULL};
    json_t *marks = marks_read(with_roster(unread));
    const json_t *mark = json_object_get(json_array_get(json_object_get(marks, "documents"), 0), "mark");
    ck_assert_has(text_at(json_object_get(mark, "late"), "sentence"),
                  "at '3/12/26 20:00', which cannot be read as a time");
}
END_TEST

START_TEST(extensions_are_in_the_roster_and_in_the_course)
{
    expect_mark(TIMED("4712", "2026-01-12 12:00:00"), "s0 80");
    expect_mark(TIMED("4712", "2026-01-14 12:00:00"), "s0 72");
    expect_mark(TIMED("4713", "2026-01-12 12:00:00"), "s0 80");
    expect_mark(TIMED("4713", "2026-01-14 12:00:00"), "s0 72");
}
END_TEST

START_TEST(an_unknown_lateness_takes_nothing_off)
{
    static const char *const students[] = {"{\"id\": \"4711\", \"name\": \"\", \"late\": true, \"source\": \"\"}",
                                           NULL};
    json_t *marks = marks_read(with_roster(students));
    const json_t *mark = json_object_get(json_array_get(json_object_get(marks, "documents"), 0), "mark");
    ck_assert_int_eq((int)number_at(mark, "points"), 80);
    ck_assert_has(text_at(json_object_get(mark, "late"), "sentence"), "does not tell by how much");
}
END_TEST

/* Adds a change of POINTS, of the test NAME or ("") of the total. */
static int change(const char *folder, const char *name, int points, bool relative)
{
    return adjustments_add(folder, json_pack("{s:s, s:s, s:s, s:i, s:b, s:s, s:s}", "kind", "points", "submission",
                                             "s0", "test", name, "points", points, "relative", (int)relative, "text",
                                             "why", "by", "Ben"));
}

START_TEST(changes_add_up_and_are_undone)
{
    static const char *const students[] = {TIMED("4711", "2026-01-12 12:00:00"), NULL};
    char *folder = with_roster(students);
    int first = change(folder, "", 10, true);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 81")); /* 90 less 10 % */
    change(folder, "a", 50, false);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 54")); /* 50 + 10 */
    adjustments_undo(folder, "s0", "points", first);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 45"));
    change(folder, "", 100, false);
    change(folder, "", 50, true);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 90")); /* never more than there is */
    ck_assert_uint_eq((unsigned)json_array_size(adjustments_read(folder)), 4);
}
END_TEST

START_TEST(the_last_points_of_a_test_count)
{
    static const char *const students[] = {TIMED("4711", "2026-01-10 12:00:00"), NULL};
    char *folder = with_roster(students); /* the test "a" gave 80 */
    change(folder, "a", 50, false);
    change(folder, "a", 60, false);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 60"));
    change(folder, "a", 5, true);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 65"));
    change(folder, "a", 70, false);
    ck_assert(g_str_has_prefix(marks_in(folder), "s0 70"));
}
END_TEST

START_TEST(what_is_not_there_cannot_be_undone)
{
    static const char *const students[] = {STUDENT("4711", ""), NULL};
    char *folder = with_roster(students);
    change(folder, "", 10, true);
    adjustments_undo(folder, "s0", "comment", 1);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, marks_come_in_the_rosters_order);
    tcase_add_test(tcase, what_is_not_graded_yet_was_handed_in);
    tcase_add_test(tcase, who_has_withdrawn_is_named);
    tcase_add_test(tcase, long_lists_are_cut_where_all_of_it_is_kept);
    tcase_add_test(tcase, students_are_found_by_what_systems_say);
    tcase_add_test(tcase, what_fits_two_fits_nobody);
    tcase_add_test(tcase, who_has_a_result_is_not_unsure);
    tcase_add_test(tcase, a_partner_who_could_be_two_is_unsure);
    tcase_add_test(tcase, a_number_beside_anothers_name_fits_nobody);
    tcase_add_test(tcase, names_are_spelt_in_more_than_one_way);
    tcase_add_test(tcase, partners_get_the_same_mark);
    tcase_add_test(tcase, of_two_submissions_the_better_one_counts);
    tcase_add_test(tcase, lateness_is_taken_off);
    tcase_add_test(tcase, times_are_written_in_many_ways);
    tcase_add_test(tcase, extensions_are_in_the_roster_and_in_the_course);
    tcase_add_test(tcase, an_unknown_lateness_takes_nothing_off);
    tcase_add_test(tcase, changes_add_up_and_are_undone);
    tcase_add_test(tcase, the_last_points_of_a_test_count);
    tcase_add_exit_test(tcase, what_is_not_there_cannot_be_undone, EXIT_UNUSABLE);
}
