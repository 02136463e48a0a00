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

START_TEST(gradescope_names_a_number)
{
    expect("submission_12345", "submission_12345", "submission_12345", "12345", "");
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
    tcase_add_test(tcase, gradescope_names_a_number);
    tcase_add_test(tcase, other_names_stay);
    tcase_add_test(tcase, bytes_that_are_no_text_are_no_name_of_a_system);
    tcase_add_test(tcase, a_safe_name_is_fit_for_a_file);
    tcase_add_test(tcase, nobody_gets_the_safe_name_of_another);
    tcase_add_test(tcase, gradescope_tells_who_a_number_is);
    tcase_add_test(tcase, a_group_is_told_whole);
    tcase_add_test(tcase, what_is_not_a_list_of_names_changes_nothing);
}
