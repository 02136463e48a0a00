// SPDX-License-Identifier: MIT
/*
 * lms_names.c - unit tests of class/lms_names.c and class/metadata.c: whose work it is.
 */
#include "class/class.h"
#include "tests/unit/support/program.h"

static void expect(const char *entry, const char *key, const char *name, const char *number, const char *file)
{
    g_autoptr(name_parts) parts = name_parse(entry);
    ck_assert_str_eq(parts->key, key);
    ck_assert_str_eq(parts->name, name);
    ck_assert_str_eq(parts->number, number);
    ck_assert_str_eq(parts->file, file);
}

static bool is_late(const char *entry)
{
    g_autoptr(name_parts) parts = name_parse(entry);
    return parts->late;
}

START_TEST(canvas_names_student_and_upload)
{
    expect("doejane_12345_67890_mm.c", "doejane_12345", "doejane", "12345", "mm.c");
    expect("doejane_12345_67891_my_tests-1.c", "doejane_12345", "doejane", "12345", "my_tests-1.c");
    ck_assert(!is_late("doejane_12345_67890_mm.c"));
}
END_TEST

START_TEST(canvas_marks_what_is_late)
{
    expect("doejane_LATE_12345_67890_mm.c", "doejane_12345", "doejane", "12345", "mm.c");
    ck_assert(is_late("doejane_LATE_12345_67890_mm.c"));
}
END_TEST

START_TEST(moodle_names_folders_and_files)
{
    expect("Jane Doe_123_assignsubmission_file_", "Jane Doe_123", "Jane Doe", "123", "");
    expect("Jane Doe_123_assignsubmission_file", "Jane Doe_123", "Jane Doe", "123", "");
    expect("Jane Doe_123_assignsubmission_file_mm.c", "Jane Doe_123", "Jane Doe", "123", "mm.c");
    expect("J_D_123_assignsubmission_onlinetext_", "J_D_123", "J_D", "123", "");
}
END_TEST

START_TEST(autolab_numbers_versions)
{
    expect("j_doe@cs.example.edu_12_mm.c", "j_doe@cs.example.edu", "j_doe@cs.example.edu", "j_doe@cs.example.edu",
           "mm.c");
    expect("doe_1_2_mail@example.edu.c", "doe_1", "doe", "1", "mail@example.edu.c");
    char *folder = unit_folder();
    unit_file(folder, "jdoe@example.edu_9_a.c", "int nine;\n");
    unit_file(folder, "jdoe@example.edu_10_a.c", "int ten;\n");
    unit_file(folder, "jroe@example.edu_1_a.c", "int one;\n");
    static const char *const files[] = {"a.c", NULL};
    const struct rubric rubric = {
        .lab = (char *)(uintptr_t) "01-unit", .number = (char *)(uintptr_t) "01", .files = (GStrv)(uintptr_t)files};
    g_autoptr(GPtrArray) class = find_class(folder, &rubric, NULL);
    ck_assert_uint_eq(class->len, 2);
    const struct handed_in *first = class->pdata[0];
    ck_assert_uint_eq(first->parts->len, 1);
    ck_assert(g_str_has_suffix(((const struct part *)first->parts->pdata[0])->path, "_10_a.c"));
    ck_assert_str_eq(first->when, "");
}
END_TEST

START_TEST(gradescope_names_a_number)
{
    expect("submission_12345", "submission_12345", "submission_12345", "12345", "");
}
END_TEST

START_TEST(canvas_names_may_hold_underscores)
{
    expect("de_la_cruz_ana_12345_67890_mm.c", "de_la_cruz_ana_12345", "de_la_cruz_ana", "12345", "mm.c");
    expect("de_la_cruz_LATE_12345_67890_mm.c", "de_la_cruz_12345", "de_la_cruz", "12345", "mm.c");
    expect("group_7_12345_67890_mm.c", "group_7_12345", "group_7", "12345", "mm.c");
    expect("group_7_LATE_12345_67890_my_tests.c", "group_7_12345", "group_7", "12345", "my_tests.c");
    expect("doejane_12345_67890_2026_work.zip", "doejane_12345", "doejane", "12345", "2026_work.zip");
}
END_TEST

START_TEST(canvas_hides_names_under_anonymous_marking)
{
    expect("anon_Xy3Ab_9002_mm.c", "anon_Xy3Ab", "anon_Xy3Ab", "", "mm.c");
    expect("LATE_anon_Xy3Ab_9003_my_tests.c", "anon_Xy3Ab", "anon_Xy3Ab", "", "my_tests.c");
    expect("anon_12345_9003_mm.c", "anon_12345", "anon_12345", "", "mm.c");
    ck_assert(is_late("LATE_anon_Xy3Ab_9003_my_tests.c"));
}
END_TEST

START_TEST(canvas_names_uploads_of_quizzes)
{
    expect("berg_anna501_question_9007_80001_free_list.c", "berg_anna_501", "berg_anna", "501", "free_list.c");
    expect("z_kim-lee4714_question_9007_80002_mm-1.c", "z_kim-lee_4714", "z_kim-lee", "4714", "mm-1.c");
    expect("annberg_question_501_9007_free_list.c", "annberg", "annberg", "", "free_list.c");
    expect("doejane_12345_67890_my_question_1_2_x.c", "doejane_12345", "doejane", "12345", "my_question_1_2_x.c");
    expect("question_12345_67890_mm.c", "question_12345", "question", "12345", "mm.c"); /* a group of that name */
}
END_TEST

START_TEST(words_of_systems_may_be_names)
{
    expect("lateplater_12345_67890_mm.c", "lateplater_12345", "lateplater", "12345", "mm.c");
    expect("late_birds_12345_67890_mm.c", "late_birds_12345", "late_birds", "12345", "mm.c");
    expect("attempt_group_12345_67890_mm.c", "attempt_group_12345", "attempt_group", "12345", "mm.c");
    expect("group_101_LATE_4711_90070_mm.c", "group_101_4711", "group_101", "4711", "mm.c");
    expect("group_101_4711_90070_mm.c", "group_101_4711", "group_101", "4711", "mm.c");
    expect("\xC3\xB6zkimlee_4714_90070_gr\xC3\xBC\xC3\x9F e,'.c", "\xC3\xB6zkimlee_4714", "\xC3\xB6zkimlee", "4714",
           "gr\xC3\xBC\xC3\x9F e,'.c");
    expect("Late Attempt_123_assignsubmission_file_mm.c", "Late Attempt_123", "Late Attempt", "123", "mm.c");
    ck_assert(!is_late("lateplater_12345_67890_mm.c") && !is_late("late_birds_12345_67890_mm.c"));
    ck_assert(is_late("group_101_LATE_4711_90070_mm.c"));
}
END_TEST

START_TEST(canvas_names_texts_and_links)
{
    expect("doejane_12345_text.html", "doejane_12345", "doejane", "12345", "text.html");
    expect("doejane_LATE_12345_link.html", "doejane_12345", "doejane", "12345", "link.html");
    expect("anon_Xy3Ab_text.html", "anon_Xy3Ab", "anon_Xy3Ab", "", "text.html");
}
END_TEST

static void expect_when(const char *entry, const char *when)
{
    g_autoptr(name_parts) parts = name_parse(entry);
    ck_assert_str_eq(parts->when, when);
}

START_TEST(blackboard_names_attempts)
{
    static const char file[] = "Lab 6_jdoe_attempt_2026-11-10-21-05-33_mm.c";
    static const char about[] = "Lab 6_jdoe_attempt_2026-11-10-21-05-33.txt";
    expect(file, "Lab 6_jdoe", "Lab 6_jdoe", "jdoe", "mm.c");
    expect(about, "Lab 6_jdoe", "Lab 6_jdoe", "jdoe", "");
    expect_when(file, "2026-11-10 21:05:33");
    g_autoptr(name_parts) parts = name_parse(about);
    ck_assert(parts->about);
}
END_TEST

START_TEST(brightspace_names_attempts)
{
    expect("12345-678 - Jane Doe - Nov 10, 2026 905 PM", "Jane Doe_12345", "Jane Doe", "12345", "");
    expect("12345-678 - Jane Doe - Nov 10, 2026 905 PM - mm.c", "Jane Doe_12345", "Jane Doe", "12345", "mm.c");
    expect_when("1-2 - Jane Doe - Nov 10, 2026 905 PM", "2026-11-10 21:05:00");
    expect_when("1-2 - Jane Doe - Nov 10, 2026 1205 AM", "2026-11-10 00:05:00");
    expect_when("1-2 - Jane Doe - 10 November, 2026 21_05", "2026-11-10 21:05:00");
    expect_when("1-2 - Jane Doe - Nov 9, 2026 12-59 PM", "2026-11-09 12:59:00");
    expect("1-2 - Anna - Maria Berg - Nov 9, 2026 1259 PM - a - b.c", "Anna - Maria Berg_1", "Anna - Maria Berg", "1",
           "a - b.c");
}
END_TEST

START_TEST(dates_come_in_many_languages)
{
    expect_when("1-2 - Jane Doe - 10 f\xC3\xA9vr. 2026 21 05", "2026-02-10 21:05:00");
    expect_when("1-2 - Jane Doe - 10 ao\xC3\xBBt, 2026 21h05", "2026-08-10 21:05:00");
    expect_when("1-2 - Jane Doe - 10 de noviembre de 2026 9 05 p. m.", "2026-11-10 21:05:00");
    expect_when("1-2 - Jane Doe - 3. M\xC3\xA4rz 2026 07.05", "2026-03-03 07:05:00");
    expect_when("1-2 - Jane Doe - juil. 1, 2026 2105", "2026-07-01 21:05:00");
    expect_when("1-2 - Jane Doe - 2026\xE5\xB9\xB4"
                "11\xE6\x9C\x88"
                "10\xE6\x97\xA5 2105",
                "");
    expect("1-2 - Jane Doe - 2026\xE5\xB9\xB4"
           "11\xE6\x9C\x88"
           "10\xE6\x97\xA5 2105",
           "Jane Doe_1", "Jane Doe", "1", "");
}
END_TEST

/* --- a class --- */

static const char *const lab_files[] = {"mm.c", "my_tests.c", NULL};
static const struct rubric lab = {
    .lab = UNIT_LAB, .number = (char *)(uintptr_t) "01", .files = (GStrv)(uintptr_t)lab_files};

/* "NAME NUMBER: FILES" of each submission in FOLDER, in order. */
static char *class_of(const char *folder)
{
    GPtrArray *class = find_class(folder, &lab, NULL);
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < class->len; i++) {
        const struct handed_in *one = class->pdata[i];
        g_string_append_printf(text, "%s %s:", one->name, one->number);
        for (guint k = 0; k < one->parts->len; k++)
            g_string_append_printf(text, " %s", ((const struct part *)one->parts->pdata[k])->as);
        g_string_append_c(text, '\n');
    }
    return g_string_free(text, FALSE);
}

static void touch_all(const char *folder, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        unit_file(folder, names[i], "x\n");
}

START_TEST(nobody_handed_in_what_systems_leave)
{
    static const char *const names[] = {"desktop.ini", "index.html", "Grades-Lab 6-123.csv", "README.md",
                                        "Thumbs.db",   ".DS_Store",  "marks.xlsx",           "README",
                                        "jane/mm.c",   "joe.c",      "__MACOSX/jane/._mm.c", "readme.c"};
    char *folder = unit_folder();
    touch_all(folder, names, G_N_ELEMENTS(names));
    ck_assert_str_eq(class_of(folder), "jane : jane\njoe : joe.c\nreadme : readme.c\n");
}
END_TEST

START_TEST(blackboard_counts_the_last_attempt)
{
    static const char *const names[] = {
        "Lab_6_jdoe_attempt_2026-11-09-08-00-00_mm.c", "Lab_6_jdoe_attempt_2026-11-09-08-00-00_my_tests.c",
        "Lab_6_jdoe_attempt_2026-11-10-08-00-00_mm.c", "Lab_6_xroe_attempt_2026-11-09-08-00-00_mm.c"};
    char *folder = unit_folder();
    touch_all(folder, names, G_N_ELEMENTS(names));
    unit_file(folder, "Lab_6_jdoe_attempt_2026-11-09-08-00-00.txt", "Name: Jane Doe (jdoe)\nAssignment: Lab_6\n");
    unit_file(folder, "Lab_6_jdoe_attempt_2026-11-10-08-00-00.txt", "Name: Jane Doe (jdoe)\nAssignment: Lab_6\n");
    unit_file(folder, "Lab_6_xroe_attempt_2026-11-09-08-00-00.txt", "no name");
    ck_assert_str_eq(class_of(folder), "Jane Doe jdoe: mm.c\nxroe xroe: mm.c\n");
}
END_TEST

/* FOLDER with a file for the attempt of each of WHO, and, unless TITLE is NULL, Blackboard's text beside it, whose
 * first line is that of LINES. */
static void attempts(const char *folder, const char *const *who, const char *title, const char *const *lines)
{
    for (size_t i = 0; who[i]; i++) {
        g_autofree char *file = g_strdup_printf("%s_attempt_2026-03-01-10-00-00_mm.c", who[i]);
        g_autofree char *about = g_strdup_printf("%s_attempt_2026-03-01-10-00-00.txt", who[i]);
        g_autofree char *text =
            g_strdup_printf("%s\nAssignment: %s\nCurrent Grade: 5 (late)\n\nFiles:\n", lines ? lines[i] : "", title);
        unit_file(folder, file, "x\n");
        if (title)
            unit_file(folder, about, text);
    }
}

START_TEST(blackboard_names_groups)
{
    static const char *const groups[] = {"Lab 1_Group_10", "Lab 1_Group_11", NULL};
    static const char *const words[] = {"Lab_1_Les \xC3\xA9l\xC3\xA8ves_1", "Lab_1_Late attempt", NULL};
    static const char *const numbers[] = {"Lab_1_4711", "Lab_1_4712", NULL};
    char *folder = unit_folder();
    attempts(folder, groups, NULL, NULL);
    ck_assert_str_eq(class_of(folder), "Group_10 Group_10: mm.c\nGroup_11 Group_11: mm.c\n");
    folder = unit_folder();
    attempts(folder, words, NULL, NULL);
    ck_assert_str_eq(class_of(folder), "Late attempt Late attempt: mm.c\n"
                                       "Les \xC3\xA9l\xC3\xA8ves_1 Les \xC3\xA9l\xC3\xA8ves_1: mm.c\n");
    folder = unit_folder();
    attempts(folder, numbers, NULL, NULL);
    ck_assert_str_eq(class_of(folder), "4711 4711: mm.c\n4712 4712: mm.c\n");
}
END_TEST

START_TEST(blackboards_text_tells_the_assignment)
{
    static const char *const who[] = {"Lab 1_smith_a", "Lab 1_smith_b", "Lab 1_Heroes_7", NULL};
    static const char *const lines[] = {"Name: Smith, Al (Bert) (smith_a)", "Nombre: Bea Smith (smith_b)",
                                        "Name: Heroes 7"};
    static const char *const one[] = {"Lab_1__a_b__smith_a", NULL};
    static const char *const nameless[] = {"Name:"};
    char *folder = unit_folder();
    attempts(folder, who, "Lab 1", lines);
    ck_assert_str_eq(class_of(folder),
                     "Heroes 7 Heroes_7: mm.c\nSmith, Al (Bert) smith_a: mm.c\nBea Smith smith_b: mm.c\n");
    folder = unit_folder();
    attempts(folder, one, "Lab 1: (a/b)", nameless);
    ck_assert_str_eq(class_of(folder), "smith_a smith_a: mm.c\n");
}
END_TEST

START_TEST(blackboards_text_tells_a_groups_members)
{
    static const char *const who[] = {"Lab 1_Group_7", NULL};
    static const char *const lines[] = {"Name: Anna Berg (annaberg), Leo O'Neill (leo) and Kim-Lee \xC3\x96z (kim)"};
    char *folder = unit_folder();
    attempts(folder, who, "Lab 1", lines);
    GPtrArray *class = find_class(folder, &lab, NULL);
    const struct handed_in *one = class->pdata[0];
    ck_assert_str_eq(one->number, "annaberg, leo, kim");
    ck_assert_str_eq(one->name, "Anna Berg, Leo O'Neill, Kim-Lee \xC3\x96z");
    ck_assert_uint_eq((unsigned)json_array_size(one->partners), 3);
}
END_TEST

START_TEST(an_attempt_handed_in_again_is_the_last_ones)
{
    expect("L_jdoe_attempt_2026-03-02-10-00-00_L_jdoe_attempt_2026-03-01-10-00-00_mm.c", "L_jdoe", "L_jdoe", "jdoe",
           "L_jdoe_attempt_2026-03-01-10-00-00_mm.c");
}
END_TEST

START_TEST(attempts_in_unknown_words_are_told)
{
    static const char *const names[] = {"11-5 - Jane Doe - 2026\xE5\xB9\xB4"
                                        "11\xE6\x9C\x88"
                                        "10\xE6\x97\xA5 2105/mm.c",
                                        "11-5 - Jane Doe - 2026\xE5\xB9\xB4"
                                        "12\xE6\x9C\x88"
                                        "10\xE6\x97\xA5 2105/mm.c"};
    char *folder = unit_folder();
    touch_all(folder, names, G_N_ELEMENTS(names));
    GPtrArray *class = find_class(folder, &lab, NULL);
    const struct handed_in *one = class->pdata[0];
    ck_assert_uint_eq(one->parts->len, 1);
    ck_assert_has(one->problem, "their names do not tell which is the last");
}
END_TEST

START_TEST(brightspace_counts_the_last_attempt)
{
    static const char *const names[] = {"index.html", "11-5 - Jane Doe - Nov 9, 2026 1105 PM/mm.c",
                                        "11-5 - Jane Doe - Nov 10, 2026 905 AM/mm.c",
                                        "12-5 - Jim Roe - Nov 9, 2026 905 AM/mm.c"};
    char *folder = unit_folder();
    touch_all(folder, names, G_N_ELEMENTS(names));
    ck_assert_str_eq(class_of(folder), "Jane Doe 11: 11-5 - Jane Doe - Nov 10, 2026 905 AM\n"
                                       "Jim Roe 12: 12-5 - Jim Roe - Nov 9, 2026 905 AM\n");
}
END_TEST

/* The names that clones called NAMES get. */
static void expect_logins(const char *const *names, const char *expected)
{
    char *folder = unit_folder();
    for (size_t i = 0; names[i]; i++) {
        g_autofree char *head = g_build_filename(names[i], ".git", "HEAD", NULL);
        unit_file(folder, head, "x\n");
    }
    GPtrArray *class = find_class(folder, &lab, NULL);
    GString *found = g_string_new(NULL);
    for (guint i = 0; i < class->len; i++)
        g_string_append_printf(found, "%s%s", i > 0 ? " " : "", ((const struct handed_in *)class->pdata[i])->number);
    ck_assert_str_eq(found->str, expected);
}

START_TEST(clones_are_called_by_login)
{
    static const char *const plain[] = {"anna-berg", "anna-cole", NULL};
    static const char *const family[] = {"lab-06-anna-berg", "lab-06-anna-cole", NULL};
    static const char *const words[] = {"malloc-lab-kim", "malloc-lab-lee", NULL};
    static const char *const many[] = {"boxes-a", "boxes-b", "boxes-c", "boxes-d", "boxes-e", NULL};
    static const char *const one[] = {"lab-06-anna-berg", NULL};
    expect_logins(plain, "anna-berg anna-cole");
    expect_logins(family, "anna-berg anna-cole");
    expect_logins(words, "kim lee");
    expect_logins(many, "a b c d e");
    expect_logins(one, "lab-06-anna-berg");
}
END_TEST

START_TEST(a_downloaded_repository_is_one)
{
    static const char *const names[] = {"lab-06-anna-main/labs/" UNIT_LAB "/mm.c",
                                        "lab-06-bob-main.zip",
                                        "lab-06-cy-master/mm.c",
                                        "lab-06-di-main (1).zip",
                                        "lab-06-ed-main - Copy (2).zip",
                                        "lab-06-flo-main 2.zip"};
    char *folder = unit_folder();
    touch_all(folder, names, G_N_ELEMENTS(names));
    ck_assert_str_eq(class_of(folder), "anna anna: lab-06-anna-main\nbob bob: lab-06-bob-main.zip\n"
                                       "cy cy: lab-06-cy-master\n"
                                       "di di: lab-06-di-main (1).zip\n"
                                       "ed ed: lab-06-ed-main - Copy (2).zip\n"
                                       "flo flo: lab-06-flo-main 2.zip\n");
}
END_TEST

START_TEST(other_names_stay)
{
    static const char *const others[] = {"jane",        "lab-05-jane",       "a_b_c",
                                         "jane_12_x_f", "submission_12345x", "late_LATE_1_mm.c"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        ck_assert(!name_is_known(others[i]));
        expect(others[i], others[i], others[i], "", "");
    }
    ck_assert(name_is_known("submission_12345"));
}
END_TEST

START_TEST(bytes_that_are_no_text_are_no_name_of_a_system)
{
    ck_assert(!name_is_known("doe\xff_12345_67890_mm.c"));
    g_autoptr(name_parts) parts = name_parse("doe\xff_12345_67890_mm.c");
    ck_assert_str_eq(parts->key, "doe\xff_12345_67890_mm.c");
    ck_assert(g_utf8_validate(parts->name, -1, NULL));
}
END_TEST

static void expect_safe(const char *key)
{
    g_autofree char *safe = name_safe(key);
    ck_assert_uint_le(strlen(safe), 80);
    ck_assert_uint_gt(strlen(safe), 0);
    ck_assert_uint_eq(strspn(safe, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"), strlen(safe));
    ck_assert(safe[0] != '.' && safe[0] != '-');
}

START_TEST(a_safe_name_is_fit_for_a_file)
{
    static const char *const odd[] = {
        "", ".", "..", "../../etc/passwd", "-rf", "=cmd()", "J\xc3\xb6rg \xe2\x82\xac", "\xff\xfe", "a\nb", "\033[2J"};
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
        expect_safe(odd[i]);
    g_autofree char *longest = g_strnfill(4000, 'x');
    expect_safe(longest);
    g_autofree char *plain = name_safe("doejane_12345");
    ck_assert_str_eq(plain, "doejane_12345");
}
END_TEST

START_TEST(nobody_gets_the_safe_name_of_another)
{
    g_autofree char *slash = name_safe("jane/doe");
    g_autofree char *colon = name_safe("jane:doe");
    g_autofree char *dash = name_safe("jane-doe");
    g_autofree char *chosen = name_safe(slash); /* a name chosen to equal another's safe name */
    ck_assert_str_ne(slash, colon);
    ck_assert_str_ne(slash, dash);
    ck_assert_str_ne(slash, chosen);
}
END_TEST

/* --- metadata.c --- */

static struct handed_in *submission(const char *source)
{
    struct handed_in *one = g_new0(struct handed_in, 1);
    one->source = g_strdup(source);
    one->name = g_strdup(source);
    one->number = g_strdup("");
    one->when = g_strdup("");
    return one;
}

/* The class of submission_1 and submission_2 after YAML was applied to it. */
static GPtrArray *told_by(const char *yaml)
{
    GPtrArray *class = g_ptr_array_new();
    g_ptr_array_add(class, submission("submission_1"));
    g_ptr_array_add(class, submission("submission_2"));
    g_autofree char *path = g_build_filename(g_get_tmp_dir(), "submission_metadata.yml", NULL);
    ck_assert(g_file_set_contents(path, yaml, -1, NULL));
    metadata_apply(path, class);
    return class;
}

static void expect_student(const GPtrArray *class, guint i, const char *name, const char *number)
{
    const struct handed_in *one = class->pdata[i];
    ck_assert_str_eq(one->name, name);
    ck_assert_str_eq(one->number, number);
}

START_TEST(gradescope_tells_who_a_number_is)
{
    GPtrArray *class = told_by("submission_1:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '123'\n");
    expect_student(class, 0, "Jane Doe", "123");
    expect_student(class, 1, "submission_2", "");
}
END_TEST

START_TEST(a_group_is_told_whole)
{
    GPtrArray *class = told_by("submission_2:\n  :submitters:\n  - :name: Jane\n    :sid: ''\n    :email: j@x.edu\n"
                               "  - :name: Joe\n    :sid: '7'\n");
    expect_student(class, 1, "Jane, Joe", "j@x.edu, 7");
}
END_TEST

START_TEST(gradescope_tells_when)
{
    GPtrArray *class = told_by("submission_1:\n  :created_at: 2026-11-10 21:05:33.123456000 +01:00\n"
                               "submission_2:\n  :created_at: 2026-11-10 20:05:33.5 Z\n");
    ck_assert_str_eq(((const struct handed_in *)class->pdata[0])->when, "2026-11-10 21:05:33 +01:00");
    ck_assert_str_eq(((const struct handed_in *)class->pdata[1])->when, "2026-11-10 20:05:33 Z");
}
END_TEST

START_TEST(partners_are_kept_apart)
{
    GPtrArray *class = told_by("submission_2:\n  :submitters:\n  - :name: Jane\n    :sid: '1'\n"
                               "  - :name: Joe\n    :sid: '2'\n");
    const struct handed_in *one = class->pdata[1];
    ck_assert_uint_eq((unsigned)json_array_size(one->partners), 2);
    ck_assert_str_eq(unit_text(json_array_get(one->partners, 1), "id"), "2");
    ck_assert_ptr_null(((const struct handed_in *)class->pdata[0])->partners);
}
END_TEST

START_TEST(what_is_not_a_list_of_names_changes_nothing)
{
    static const char *const odd[] = {"",
                                      "[1, 2",
                                      "submission_1: [x]\n",
                                      "submission_1:\n  :submitters: 5\n",
                                      "submission_1:\n  :submitters:\n  - 7\n",
                                      "\xff\xfe"};
    for (size_t i = 0; i < G_N_ELEMENTS(odd); i++)
        expect_student(told_by(odd[i]), 0, "submission_1", "");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, canvas_names_student_and_upload);
    tcase_add_test(tcase, canvas_marks_what_is_late);
    tcase_add_test(tcase, moodle_names_folders_and_files);
    tcase_add_test(tcase, autolab_numbers_versions);
    tcase_add_test(tcase, gradescope_names_a_number);
    tcase_add_test(tcase, canvas_names_may_hold_underscores);
    tcase_add_test(tcase, canvas_hides_names_under_anonymous_marking);
    tcase_add_test(tcase, canvas_names_uploads_of_quizzes);
    tcase_add_test(tcase, words_of_systems_may_be_names);
    tcase_add_test(tcase, canvas_names_texts_and_links);
    tcase_add_test(tcase, blackboard_names_attempts);
    tcase_add_test(tcase, brightspace_names_attempts);
    tcase_add_test(tcase, dates_come_in_many_languages);
    tcase_add_test(tcase, blackboard_names_groups);
    tcase_add_test(tcase, blackboards_text_tells_the_assignment);
    tcase_add_test(tcase, blackboards_text_tells_a_groups_members);
    tcase_add_test(tcase, an_attempt_handed_in_again_is_the_last_ones);
    tcase_add_test(tcase, attempts_in_unknown_words_are_told);
    tcase_add_test(tcase, nobody_handed_in_what_systems_leave);
    tcase_add_test(tcase, blackboard_counts_the_last_attempt);
    tcase_add_test(tcase, brightspace_counts_the_last_attempt);
    tcase_add_test(tcase, clones_are_called_by_login);
    tcase_add_test(tcase, a_downloaded_repository_is_one);
    tcase_add_test(tcase, other_names_stay);
    tcase_add_test(tcase, bytes_that_are_no_text_are_no_name_of_a_system);
    tcase_add_test(tcase, a_safe_name_is_fit_for_a_file);
    tcase_add_test(tcase, nobody_gets_the_safe_name_of_another);
    tcase_add_test(tcase, gradescope_tells_who_a_number_is);
    tcase_add_test(tcase, a_group_is_told_whole);
    tcase_add_test(tcase, gradescope_tells_when);
    tcase_add_test(tcase, partners_are_kept_apart);
    tcase_add_test(tcase, what_is_not_a_list_of_names_changes_nothing);
}
