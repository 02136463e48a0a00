// SPDX-License-Identifier: MIT
/*
 * kit.c - unit tests of kit/kit.c: which labs there are, and what they may be called.
 */
#include "tests/unit/support/program.h"

/* A kit with labs 01, 05, 10 and a few folders that are none. */
static void several_labs(void)
{
    char *root = unit_kit("[lab]\n");
    unit_file(root, "grader/labs/10-last/rubric.ini", "[lab]\n");
    unit_file(root, "grader/labs/05-header-allocator/rubric.ini", "[lab]\n");
    unit_file(root, "grader/labs/07-unfinished/tests.c", "int x;\n");
    unit_file(root, "grader/labs/common/rubric.ini", "[lab]\n");
}

START_TEST(labs_are_the_folders_with_a_rubric)
{
    several_labs();
    GPtrArray *labs = kit_labs();
    ck_assert_uint_eq(labs->len, 3);
    ck_assert_str_eq(labs->pdata[0], UNIT_LAB);
    ck_assert_str_eq(labs->pdata[1], "05-header-allocator");
    ck_assert_str_eq(labs->pdata[2], "10-last");
}
END_TEST

START_TEST(a_lab_goes_by_its_number_or_its_name)
{
    static const char *const names[] = {"5", "05", "005", "05-header-allocator"};
    several_labs();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        ck_assert_pstr_eq(kit_find_lab(names[i]), "05-header-allocator");
    ck_assert_pstr_eq(kit_find_lab("1"), UNIT_LAB);
    ck_assert_pstr_eq(kit_find_lab("10"), "10-last");
}
END_TEST

START_TEST(other_words_name_no_lab)
{
    static const char *const words[] = {"",
                                        "0",
                                        "7",
                                        "07-unfinished",
                                        "common",
                                        "05-header",
                                        "5 ",
                                        " 5",
                                        "-5",
                                        "+5",
                                        "5x",
                                        "x",
                                        "0x05",
                                        "../05-header-allocator",
                                        "05-header-allocator/",
                                        "18446744073709551621"};
    several_labs();
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        ck_assert_pstr_eq(kit_find_lab(words[i]), NULL);
}
END_TEST

START_TEST(a_kit_without_labs_has_none)
{
    g_setenv("HEAPLAB_ROOT", unit_folder(), TRUE);
    ck_assert_uint_eq(kit_labs()->len, 0);
    ck_assert_ptr_null(kit_find_lab("1"));
}
END_TEST

START_TEST(paths_lie_below_the_root)
{
    char *root = unit_kit("[lab]\n");
    g_autofree char *expected = g_strconcat(root, "/a/b/c", NULL);
    ck_assert_str_eq(kit_path("a", "b/c", NULL), expected);
}
END_TEST

START_TEST(there_is_at_least_one_worker)
{
    ck_assert_uint_ge(kit_workers(), 1);
    ck_assert_uint_le(kit_workers(), 64);
}
END_TEST

START_TEST(unusable_input_has_its_own_status)
{
    die_unusable("%s", "on purpose, for a test");
}
END_TEST

START_TEST(faults_have_their_own_status)
{
    die_fault("%s", "on purpose, for a test");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, labs_are_the_folders_with_a_rubric);
    tcase_add_test(tcase, a_lab_goes_by_its_number_or_its_name);
    tcase_add_test(tcase, other_words_name_no_lab);
    tcase_add_test(tcase, a_kit_without_labs_has_none);
    tcase_add_test(tcase, paths_lie_below_the_root);
    tcase_add_test(tcase, there_is_at_least_one_worker);
    tcase_add_exit_test(tcase, unusable_input_has_its_own_status, EXIT_UNUSABLE);
    tcase_add_exit_test(tcase, faults_have_their_own_status, EXIT_FAULT);
}
