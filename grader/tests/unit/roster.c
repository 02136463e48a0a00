// SPDX-License-Identifier: MIT
/*
 * roster.c - unit tests of config/table.c and config/roster.c: who is in the course, as systems write it.
 */
#include "config/config.h"
#include "tests/unit/support/program.h"

static json_t *read_bytes(const char *bytes, size_t n)
{
    char *mistake;
    g_autofree char *path = unit_bytes(unit_folder(), "roster.csv", bytes, n);
    json_t *roster = roster_read(path, &mistake);
    ck_assert_msg(roster != NULL, "%s", mistake);
    return json_object_get(roster, "students");
}

static json_t *read_text(const char *text)
{
    return read_bytes(text, strlen(text));
}

static void expect(const json_t *students, size_t i, const char *key, const char *text)
{
    ck_assert_str_eq(text_at(json_array_get(students, i), key), text);
}

START_TEST(a_plain_table_is_read)
{
    json_t *students = read_text("login,number,name,email,group,extension\n"
                                 "jdoe,4711,Jane Doe,jane@example.edu,A,2026-11-14\n\n"
                                 "jroe,4712,\"Roe, \"\"Jim\"\"\",jim@example.edu,B,\n");
    ck_assert_uint_eq((unsigned)json_array_size(students), 2);
    expect(students, 0, "login", "jdoe");
    expect(students, 0, "number", "4711");
    expect(students, 0, "extension", "2026-11-14");
    expect(students, 1, "name", "Roe, \"Jim\"");
    expect(students, 1, "group", "B");
}
END_TEST

START_TEST(canvas_writes_maxima_and_a_test_student)
{
    json_t *students = read_text("Student,ID,SIS User ID,SIS Login ID,Section,Lab 6 (812)\n"
                                 "    Points Possible,,,,,100\n"
                                 "\"Doe, Jane\",123,s1,jdoe,CS 240,80\n"
                                 "\"Student, Test\",999,,,CS 240,\n");
    ck_assert_uint_eq((unsigned)json_array_size(students), 1);
    expect(students, 0, "name", "Doe, Jane");
    expect(students, 0, "number", "123");
    expect(students, 0, "sis", "s1");
    expect(students, 0, "login", "jdoe");
    expect(students, 0, "section", "CS 240");
}
END_TEST

START_TEST(blackboard_and_brightspace_are_read)
{
    json_t *students = read_text("OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
                                 "#4711,#jdoe,Doe,Jane,jane@example.edu,#\n");
    json_t *learn = read_text("\"Last Name\",\"First Name\",\"Username\",\"Student ID\",\"Availability\"\n"
                              "Doe,Jane,jdoe,4711,Yes\n");
    expect(students, 0, "sis", "4711");
    expect(students, 0, "login", "jdoe");
    expect(learn, 0, "number", "4711");
    expect(learn, 0, "name", "Jane Doe");
}
END_TEST

START_TEST(moodle_writes_identifiers)
{
    json_t *sheet = read_text("\xEF\xBB\xBFIdentifier,\"Full name\",\"Email address\",Status,Grade\n"
                              "\"Participant 77\",\"Ann-Lee \xC3\x96z\",ann@example.edu,Submitted,\n");
    expect(sheet, 0, "identifier", "Participant 77");
    expect(sheet, 0, "number", "77");
    expect(sheet, 0, "name", "Ann-Lee \xC3\x96z");
    json_t *people = read_text("First name,Last name,ID number,Email address,Groups\nJane,Doe,4711,j@x.edu,A\n");
    expect(people, 0, "name", "Jane Doe");
    expect(people, 0, "sis", "4711");
}
END_TEST

START_TEST(moodle_writes_in_the_sites_language)
{
    json_t *sheet = read_text("ID,\"Vollst\xC3\xA4ndiger Name\",E-Mail-Adresse,Bewertung\n"
                              "Teilnehmer/in 77,Jane Doe,jane@example.edu,\n");
    json_t *german = read_text("Kennung;\"Vollst\xC3\xA4ndiger Name\";E-Mail-Adresse;Bewertung\n"
                               "Teilnehmer/in 77;Jane Doe;jane@example.edu;\n");
    expect(sheet, 0, "email", "jane@example.edu");
    expect(sheet, 0, "number", "77");
    expect(german, 0, "number", "77");
    expect(german, 0, "name", "Jane Doe");
    expect(german, 0, "email", "jane@example.edu");
}
END_TEST

START_TEST(moodles_identifiers_may_have_no_space)
{
    json_t *sheet = read_text("ID;\"Vollst\xC3\xA4ndiger Name\";E-Mail-Adresse;Status;Bewertung;Bestwertung;"
                              "\"Zuletzt ge\xC3\xA4ndert (Abgabe)\";\"Zuletzt ge\xC3\xA4ndert (Bewertung)\"\n"
                              "Teilnehmer/in77;Jane Doe;jane@example.edu;;;100,00;\"Dienstag, 10. M\xC3\xA4rz 2026, "
                              "20:00\";-\nTeilnehmer/in78;Jim Roe;jim@example.edu;;;100,00;-;-\n");
    json_t *spanish = read_text("Identificador,\"Nombre completo\",Estado\nParticipante771,Jane Doe,x\n");
    expect(sheet, 0, "number", "77");
    expect(sheet, 0, "identifier", "Teilnehmer/in77");
    expect(sheet, 0, "name", "Jane Doe");
    expect(sheet, 0, "submitted", "Dienstag, 10. M\xC3\xA4rz 2026, 20:00");
    expect(sheet, 1, "submitted", "-");
    expect(spanish, 0, "number", "771");
    expect(spanish, 0, "name", "Jane Doe");
}
END_TEST

START_TEST(lists_of_people_come_in_the_sites_language)
{
    static const char *const heads[] = {"Vorname;Nachname;E-Mail-Adresse;Gruppen",
                                        "Pr\xC3\xA9nom;Nom de famille;Adresse de courriel;Groupes",
                                        "Nombre;Apellido(s);Direcci\xC3\xB3n de correo;Grupos",
                                        "\xE5\x90\x8D;\xE5\xA7\x93;\xE3\x83\xA1\xE3\x83\xBC\xE3\x83\xAB;x"};
    for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
        g_autofree char *text = g_strconcat(heads[i], "\nJane;Doe;jane@example.edu;A\n", NULL);
        json_t *students = read_text(text);
        expect(students, 0, "name", "Jane Doe");
        expect(students, 0, "email", "jane@example.edu");
    }
    expect(read_text("Nachname;Vorname;Matrikelnummer\nDoe;Jane;4711\n"), 0, "sis", "4711");
}
END_TEST

START_TEST(gradescope_lists_staff_too)
{
    json_t *students = read_text("First Name,Last Name,SID,Email,Role,Sections\n"
                                 "Jane,Doe,4711,jane@example.edu,Student,1\n"
                                 "Tom,Assist,,ta@example.edu,TA,1\n");
    ck_assert_uint_eq((unsigned)json_array_size(students), 1);
    expect(students, 0, "number", "4711");
    expect(students, 0, "section", "1");
}
END_TEST

START_TEST(github_classroom_names_logins)
{
    json_t *students = read_text("\"identifier\",\"github_username\",\"github_id\",\"name\"\n"
                                 "\"jane@example.edu\",\"janed\",\"99\",\"\"\n\"4712\",\"jimr\",\"98\",\"\"\n");
    expect(students, 0, "github", "janed");
    expect(students, 0, "email", "jane@example.edu");
    expect(students, 1, "sis", "4712");
    json_t *marks = read_text("github_username,roster_identifier,submission_timestamp\n"
                              "janed,Jane Doe,2026-03-12 20:00:00 UTC\njimr,S4711,\n");
    expect(marks, 0, "name", "Jane Doe");
    expect(marks, 0, "submitted", "2026-03-12 20:00:00 UTC");
    expect(marks, 1, "sis", "S4711");
}
END_TEST

START_TEST(withdrawn_students_are_gone)
{
    json_t *students = read_text("login\tstatus\njdoe\tactive\njroe\twithdrawn\n");
    ck_assert_uint_eq((unsigned)json_array_size(students), 1);
}
END_TEST

START_TEST(spreadsheets_have_their_own_alphabets)
{
    static const char wide[] = "\xff\xfel\0o\0g\0i\0n\0\t\0n\0a\0m\0e\0\n\0j\0\t\0\xd6\0z\0\n\0";
    expect(read_bytes(wide, sizeof wide - 1), 0, "name", "\xC3\x96z");
    expect(read_text("login;name\r\nj;\xD6z\r\n"), 0, "name", "\xC3\x96z");
    expect(read_bytes(wide + 2, sizeof wide - 3), 0, "name", "\xC3\x96z");
}
END_TEST

START_TEST(tables_come_from_programs_of_all_kinds)
{
    static const char *const texts[] = {"login,name\rj,\xC3\x96z\r", "sep=;\r\nlogin;name\r\nj;\xC3\x96z\r\n",
                                        "\"sep=;\"\nlogin;name\nj;\xC3\x96z\n", "\n\nlogin;name\nj;\xC3\x96z",
                                        "login,name\n\xE2\x80\x8Bj,\xC2\xA0\xC3\x96z\xC2\xA0\n"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        json_t *students = read_text(texts[i]);
        ck_assert_uint_eq((unsigned)json_array_size(students), 1);
        expect(students, 0, "login", "j");
        expect(students, 0, "name", "\xC3\x96z");
    }
    json_t *quotes = read_text("login,name\nj,Jim \"JJ\" Roe\nk,5\" Kay\nl,Leo\n");
    expect(quotes, 0, "name", "Jim \"JJ\" Roe");
    expect(quotes, 1, "name", "5\" Kay");
    expect(quotes, 2, "login", "l");
}
END_TEST

START_TEST(a_student_may_have_two_rows)
{
    json_t *more = read_text("login,name,section,extension\njdoe,Jane Doe,lecture,\nJDoe,\"Doe, Jane\",lab,2 days\n");
    ck_assert_uint_eq((unsigned)json_array_size(more), 1);
    expect(more, 0, "section", "lecture");
    expect(more, 0, "extension", "2 days");
    json_t *students = read_text("login,name,section\njdoe,Jane Doe,lecture\njdoe,Jane Doe,lab\n");
    ck_assert_uint_eq((unsigned)json_array_size(students), 1);
}
END_TEST

static void expect_mistake(const char *text, const char *part)
{
    char *mistake;
    g_autofree char *path = unit_file(unit_folder(), "roster.csv", text);
    ck_assert_ptr_null(roster_read(path, &mistake));
    ck_assert_has(mistake, part);
}

START_TEST(what_is_no_roster_is_told)
{
    expect_mistake("", "it names no student");
    expect_mistake("Jane Doe\nJim Roe\n", "the first row should hold titles of columns");
    expect_mistake("login,name\njdoe,Jane\njdoe,Jim\n", "Jane and Jim have the same login, jdoe");
    expect_mistake("jdoe,4711,Jane Doe,j@x.edu\njroe,4712,Jim Roe,r@x.edu\n", "the first row should hold titles");
    expect_mistake("login,name,extension\njdoe,Jane,3/12/2026\n", "the extension of Jane should be a date like");
    expect_mistake("login,name,extension\njdoe,Jane,2026-02-30\n", "not '2026-02-30'");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_plain_table_is_read);
    tcase_add_test(tcase, canvas_writes_maxima_and_a_test_student);
    tcase_add_test(tcase, blackboard_and_brightspace_are_read);
    tcase_add_test(tcase, moodle_writes_identifiers);
    tcase_add_test(tcase, moodle_writes_in_the_sites_language);
    tcase_add_test(tcase, moodles_identifiers_may_have_no_space);
    tcase_add_test(tcase, lists_of_people_come_in_the_sites_language);
    tcase_add_test(tcase, gradescope_lists_staff_too);
    tcase_add_test(tcase, github_classroom_names_logins);
    tcase_add_test(tcase, withdrawn_students_are_gone);
    tcase_add_test(tcase, spreadsheets_have_their_own_alphabets);
    tcase_add_test(tcase, tables_come_from_programs_of_all_kinds);
    tcase_add_test(tcase, a_student_may_have_two_rows);
    tcase_add_test(tcase, what_is_no_roster_is_told);
}
