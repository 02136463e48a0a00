// SPDX-License-Identifier: MIT
/*
 * rubric.c - unit tests of config/rubric.c: what a rubric may say, and how its mistakes are reported.
 */
#include "tests/unit/support/program.h"

#define LAB "[lab]\ntitle = T\nfiles = a.c\n"

/* The sentence about the mistake in INI, with the rubric's path as "rubric.ini". */
static char *mistake_in(const char *ini)
{
    char *mistake = NULL;
    unit_kit(ini);
    ck_assert_ptr_null(rubric_read(UNIT_LAB, &mistake));
    ck_assert_ptr_nonnull(mistake);
    const char *at = strstr(mistake, "/grader/labs/" UNIT_LAB "/rubric.ini");
    ck_assert_msg(at != NULL, "the path is not in: %s", mistake);
    return g_strdup(at + strlen("/grader/labs/" UNIT_LAB "/"));
}

static struct item *item(const struct rubric *rubric, guint i)
{
    ck_assert_uint_lt(i, rubric->items->len);
    return rubric->items->pdata[i];
}

START_TEST(a_whole_rubric_is_read)
{
    struct rubric *rubric =
        unit_rubric("; a comment\n[lab]\ntitle = The title\nfiles = a.c  b.c\tnotes.txt\n"
                    "allow = malloc free\n\n"
                    "[test one]\ntitle = It works\npoints = 60\nhint = H\nquestion = Q?\nhandout = s\n"
                    "[test two]\ntitle = It lasts\npoints = 38\nneeds = one\nvisibility = hidden\n"
                    "[prediction 1]\ntitle = P\npoints = 1\nanswer = b | stack\n"
                    "[diagnosis 2 class]\ntitle = D\npoints = 1\nanswer = leak\n");
    ck_assert_str_eq(rubric->number, "01");
    ck_assert_str_eq(rubric->title, "The title");
    ck_assert_str_eq(rubric->files[2], "notes.txt");
    ck_assert_str_eq(rubric->allow[1], "free");
    ck_assert_uint_eq(rubric->items->len, 4);
    ck_assert_int_eq(rubric_total(rubric), 100);
    ck_assert_str_eq(item(rubric, 0)->question, "Q?");
    ck_assert_str_eq(item(rubric, 0)->visibility, "visible");
    ck_assert_str_eq(item(rubric, 1)->needs[0], "one");
    ck_assert_str_eq(item(rubric, 1)->visibility, "hidden");
    ck_assert_int_eq(item(rubric, 2)->kind, ITEM_ANSWER);
    ck_assert_str_eq(item(rubric, 2)->name, "prediction-1");
    ck_assert_str_eq(item(rubric, 3)->name, "patient-2-class");
    rubric_free(rubric);
}
END_TEST

START_TEST(a_quiz_is_items_and_a_file)
{
    struct rubric *rubric = unit_rubric(LAB "[quiz]\npoints = 12\nquestions = 4\n");
    ck_assert_uint_eq(rubric->items->len, 4);
    ck_assert_str_eq(item(rubric, 3)->name, "quiz-4");
    ck_assert_int_eq(item(rubric, 3)->points, 3);
    ck_assert(item_is_of_quiz(item(rubric, 0)));
    ck_assert_str_eq(rubric->files[1], "quiz.txt");
    ck_assert_int_eq(rubric_total(rubric), 12);
    rubric_free(rubric);
    rubric = unit_rubric(LAB);
    ck_assert_uint_eq(rubric->items->len, 0);
    ck_assert_ptr_null(rubric->files[1]);
    rubric_free(rubric);
    g_autofree char *mistake = mistake_in(LAB "[quiz]\npoints = 9\n");
    ck_assert_ptr_nonnull(strstr(mistake, "9 points cannot be shared out evenly among 5 questions"));
}
END_TEST

START_TEST(a_test_may_have_several_questions)
{
    struct rubric *rubric = unit_rubric(LAB "[test a]\ntitle = T\npoints = 1\nquestion = Q\n"
                                            "question (crashed) = A question of two\n  lines\nquestion (a b) = B\n");
    ck_assert_uint_eq(item(rubric, 0)->questions->len, 2);
    const struct question *first = item(rubric, 0)->questions->pdata[0];
    ck_assert_str_eq(first->of, "crashed");
    ck_assert_str_eq(first->text, "A question of two lines");
    ck_assert_str_eq(item(rubric, 0)->question, "Q");
    rubric_free(rubric);
    ck_assert_has(mistake_in(LAB "[test a]\nquestion (crashed = Q\n"), "not of the form 'question (way to fail)'");
    ck_assert_has(mistake_in(LAB "[test a]\nquestion () = Q\n"), "not of the form 'question (way to fail)'");
}
END_TEST

START_TEST(files_may_be_optional_or_patterns)
{
    struct rubric *rubric = unit_rubric("[lab]\ntitle = T\nfiles = a.c list.c? *.h\n[test a]\ntitle = T\npoints = 1\n");
    ck_assert_str_eq(rubric->files[0], "a.c");
    ck_assert_ptr_null(rubric->files[1]);
    ck_assert(rubric_takes(rubric, "list.c") && rubric_takes(rubric, "any.h") && rubric_takes(rubric, "a.c"));
    ck_assert(!rubric_takes(rubric, "b.c"));
    rubric_free(rubric);
}
END_TEST

START_TEST(own_tests_have_points_and_a_scale)
{
    static const char own[] = LAB "[own_tests]\npoints = 20\nchaffs_from = 4\nchaffs_to = 38\ncoverage_from = 45\n"
                                  "coverage_to = 98\n[test a]\ntitle = T\npoints = 80\n";
    struct rubric *rubric = unit_rubric(own);
    ck_assert_int_eq(rubric->own.chaffs_to, 38);
    ck_assert_int_eq(rubric->own.coverage_from, 45);
    ck_assert_int_eq(rubric_total(rubric), 100);
    ck_assert_has(mistake_in(LAB "[own_tests]\npoints = 20\nchaffs_from = 4\nchaffs_to = 4\ncoverage_to = 9\n"),
                  "chaffs_from must be below chaffs_to");
    ck_assert_has(mistake_in(LAB "[own_tests]\npoints = many\n"), "line 5: [own_tests]: points = many is not");
    ck_assert_has(mistake_in(LAB "[own_tests]\nhint = H\n"),
                  "there is no key 'hint'; the keys are points, chaffs_from");
}
END_TEST

START_TEST(a_contest_may_be_of_other_words_and_alignments)
{
    struct rubric *rubric = unit_rubric(LAB "[cost]\nalignment = 8\nbits = 32\n");
    ck_assert_int_eq(rubric->cost.alignment, 8);
    ck_assert_int_eq(rubric->cost.bits, 32);
    ck_assert_has(mistake_in(LAB "[cost]\nalignment = 12\n"), "alignment = 12 is not a power of two from 8 up");
    ck_assert_has(mistake_in(LAB "[cost]\nbits = 16\n"), "bits = 16 is neither 32 nor 64");
}
END_TEST

START_TEST(a_contest_may_limit_the_heap)
{
    struct rubric *rubric = unit_rubric(LAB "[cost]\nheap = 20M\n");
    ck_assert_uint_eq(rubric->cost.heap, 20 << 20);
    rubric_free(rubric);
    ck_assert_has(mistake_in(LAB "[cost]\nheap = much\n"), "heap = much is no size, such as 20M");
}
END_TEST

START_TEST(a_formula_has_weights)
{
    struct rubric *rubric = unit_rubric(LAB "[formula]\nutilization_weight = 60\nfull_speed = 80\n");
    ck_assert(rubric->formula.given);
    ck_assert_int_eq(rubric->formula.utilization_weight, 60);
    ck_assert_int_eq(rubric->formula.full_speed, 80);
    rubric_free(rubric);
    ck_assert_has(mistake_in(LAB "[formula]\nutilization_weight = 101\n"), "is not a whole number from 0 to 100");
    ck_assert_has(mistake_in(LAB "[formula]\nweight = 1\n"), "the keys are utilization_weight, full_speed");
}
END_TEST

START_TEST(traces_belong_to_labs_that_another_judges)
{
    ck_assert_has(mistake_in("[lab]\ntitle = T\nfiles = a.c\njudged_as = 99-none\n[test a]\ntitle = T\n"),
                  "judged_as = 99-none is no lab of this kit");
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\ntrace = a.rep\n"), "[lab] does not say judged_as");
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\nweight = 4\n"), "is not a whole number from 0 to 3");
}
END_TEST

START_TEST(windows_line_ends_and_a_bom_are_fine)
{
    struct rubric *rubric = unit_rubric("\xEF\xBB\xBF[lab]\r\ntitle = T\r\nfiles = a.c\r\n"
                                        "[test one]\r\ntitle = It works\r\npoints = 5\r\n");
    ck_assert_str_eq(rubric->files[0], "a.c");
    ck_assert_str_eq(item(rubric, 0)->title, "It works");
}
END_TEST

START_TEST(a_text_may_go_on_in_the_next_line)
{
    struct rubric *rubric = unit_rubric(LAB "[test one]\ntitle = T\nhint = first half,\n    second half\n"
                                            "points = 5\n[test two]\ntitle = T\nneeds =\n  one\n");
    ck_assert_str_eq(item(rubric, 0)->hint, "first half, second half");
    ck_assert_str_eq(item(rubric, 1)->needs[0], "one");
}
END_TEST

START_TEST(a_line_may_be_long)
{
    GString *words = g_string_new("first");
    for (int i = 0; i < 400; i++)
        g_string_append_printf(words, "; word%d # =", i);
    g_autofree char *ini = g_strconcat(LAB "[test one]\npoints = 5\ntitle = ", words->str, "\nhint = H\n", NULL);
    ck_assert_str_eq(item(unit_rubric(ini), 0)->title, words->str);
    ck_assert_str_eq(item(unit_rubric(ini), 0)->hint, "H");
    g_autofree char *wrong = g_strconcat(ini, "visibility = none\n", NULL);
    ck_assert_has(mistake_in(wrong), "rubric.ini, line 8: [test one]: visibility = none is");
}
END_TEST

START_TEST(comments_are_left_out)
{
    struct rubric *rubric =
        unit_rubric("# a comment\n; another, which is a very long one: it goes on and on and on, for more "
                    "than two hundred characters, and says = nothing that anybody would ever want to read, "
                    "and does not even come to an end when it should\n" LAB "  # a third\n"
                    "[test one]\ntitle = T # 1\n; points = 3\npoints = 5\n");
    ck_assert_str_eq(item(rubric, 0)->title, "T # 1");
    ck_assert_int_eq(item(rubric, 0)->points, 5);
}
END_TEST

START_TEST(a_semicolon_after_a_space_starts_a_comment)
{
    struct rubric *rubric =
        unit_rubric("[lab]\ntitle = T ; for short\nfiles = a.c   ; b.c\n"
                    "[test one] ; the first\ntitle = for (;;) ends; or does it\npoints = 5 ; of 100\n");
    ck_assert_str_eq(rubric->title, "T");
    ck_assert_ptr_null(rubric->files[1]);
    ck_assert_str_eq(item(rubric, 0)->title, "for (;;) ends; or does it");
    ck_assert_int_eq(item(rubric, 0)->points, 5);
}
END_TEST

START_TEST(a_missing_rubric_is_told)
{
    char *mistake = NULL;
    unit_kit(LAB);
    ck_assert_ptr_null(rubric_read("02-none", &mistake));
    ck_assert_has(mistake, "/grader/labs/02-none/rubric.ini: cannot be read");
}
END_TEST

START_TEST(a_rubric_in_another_encoding_is_told)
{
    ck_assert_str_eq(mistake_in("[lab]\ntitle = caf\xe9\nfiles = a.c\n"), "rubric.ini: is not UTF-8 text");
}
END_TEST

START_TEST(a_line_that_is_no_pair_is_told_with_its_number)
{
    ck_assert_str_eq(mistake_in(LAB "[test a]\njust words\ntitle = T\n"),
                     "rubric.ini, line 5: is not of the form key = value");
}
END_TEST

START_TEST(the_first_mistake_is_told_with_its_own_line)
{
    ck_assert_str_eq(mistake_in(LAB "[test a]\njust words\npoints = x\n"),
                     "rubric.ini, line 5: is not of the form key = value");
    ck_assert_has(mistake_in(LAB "[test a]\npoints = x\njust words\n"), "rubric.ini, line 5: [test a]: points = x is");
}
END_TEST

START_TEST(points_are_whole_numbers_from_0_to_100)
{
    static const char *const wrong[] = {"101", "-1", "1.5", "ten", "5 points", "", "99999999999999999999"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autofree char *ini = g_strdup_printf(LAB "[test a]\ntitle = T\npoints = %s\n", wrong[i]);
        g_autofree char *expected =
            g_strdup_printf("rubric.ini, line 6: [test a]: points = %s is not a whole number from 0 to 100", wrong[i]);
        ck_assert_str_eq(mistake_in(ini), expected);
    }
    ck_assert_int_eq(item(unit_rubric(LAB "[test a]\ntitle = T\npoints = 100\n"), 0)->points, 100);
    ck_assert_int_eq(item(unit_rubric(LAB "[test a]\ntitle = T\npoints = 0\n"), 0)->points, 0);
}
END_TEST

START_TEST(unknown_keys_are_told)
{
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\npoint = 3\n"),
                  "line 6: [test a]: there is no key 'point'; the keys are");
    ck_assert_has(mistake_in("[lab]\nname = T\n"), "line 2: [lab]: there is no key 'name'; the keys are title, files");
}
END_TEST

START_TEST(unknown_sections_are_told)
{
    ck_assert_has(mistake_in(LAB "[tests a]\ntitle = T\n"),
                  "line 5: [tests a]: there is no section [tests a]; the sections are");
    ck_assert_has(mistake_in(LAB "[test]\ntitle = T\n"), "there is no section [test]");
    ck_assert_has(mistake_in(LAB "[test a b]\ntitle = T\n"), "there is no section [test a b]");
    ck_assert_has(mistake_in(LAB "[diagnosis 1]\ntitle = T\n"), "there is no section [diagnosis 1]");
    ck_assert_has(mistake_in("title = T\n"), "line 1: []: there is no section []");
}
END_TEST

START_TEST(visibility_is_one_of_three)
{
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\nvisibility = secret\n"),
                  "line 6: [test a]: visibility = secret is not visible, hidden or after_due_date");
    struct rubric *rubric = unit_rubric(LAB "[test a]\ntitle = T\nvisibility = after_due_date\n");
    ck_assert_str_eq(item(rubric, 0)->visibility, "after_due_date");
}
END_TEST

START_TEST(needs_name_earlier_tests)
{
    ck_assert_str_eq(mistake_in(LAB "[test a]\ntitle = T\nneeds = b\n[test b]\ntitle = T\n"),
                     "rubric.ini: a needs 'b', which is not an earlier test of this rubric");
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\nneeds = a\n"), "a needs 'a', which is not an earlier test");
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\n[test b]\ntitle = T\nneeds = a c\n"), "b needs 'c'");
}
END_TEST

START_TEST(missing_parts_are_told)
{
    ck_assert_str_eq(mistake_in("[lab]\nfiles = a.c\n"), "rubric.ini: [lab] must have a title and files");
    ck_assert_str_eq(mistake_in("[lab]\ntitle = T\n"), "rubric.ini: [lab] must have a title and files");
    ck_assert_str_eq(mistake_in("[lab]\ntitle = T\nfiles = \n"), "rubric.ini: [lab] must have a title and files");
    ck_assert_str_eq(mistake_in(""), "rubric.ini: [lab] must have a title and files");
    ck_assert_str_eq(mistake_in(LAB "[test a]\npoints = 3\n"), "rubric.ini: a has no title");
    ck_assert_str_eq(mistake_in(LAB "[test a]\ntitle =\n"), "rubric.ini: a has no title");
    ck_assert_str_eq(mistake_in(LAB "[prediction 1]\ntitle = T\n"), "rubric.ini: prediction-1 has no answer");
}
END_TEST

START_TEST(a_test_that_is_there_twice_is_told)
{
    ck_assert_has(mistake_in(LAB "[test a]\ntitle = T\npoints = 3\n[test b]\ntitle = T\n[test a]\npoints = 4\n"),
                  "line 10: [test a]: points appears twice");
}
END_TEST

START_TEST(loading_a_mistaken_rubric_ends_the_program)
{
    unit_kit("[lab]\n");
    rubric_load(UNIT_LAB);
}
END_TEST

START_TEST(sources_are_c_files)
{
    ck_assert(rubric_is_source("mm.c"));
    ck_assert(!rubric_is_source("predictions.txt"));
    ck_assert(!rubric_is_source("mm.h"));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_whole_rubric_is_read);
    tcase_add_test(tcase, a_test_may_have_several_questions);
    tcase_add_test(tcase, files_may_be_optional_or_patterns);
    tcase_add_test(tcase, own_tests_have_points_and_a_scale);
    tcase_add_test(tcase, a_contest_may_be_of_other_words_and_alignments);
    tcase_add_test(tcase, a_contest_may_limit_the_heap);
    tcase_add_test(tcase, a_formula_has_weights);
    tcase_add_test(tcase, traces_belong_to_labs_that_another_judges);
    tcase_add_test(tcase, windows_line_ends_and_a_bom_are_fine);
    tcase_add_test(tcase, a_text_may_go_on_in_the_next_line);
    tcase_add_test(tcase, a_line_may_be_long);
    tcase_add_test(tcase, comments_are_left_out);
    tcase_add_test(tcase, a_semicolon_after_a_space_starts_a_comment);
    tcase_add_test(tcase, a_missing_rubric_is_told);
    tcase_add_test(tcase, a_rubric_in_another_encoding_is_told);
    tcase_add_test(tcase, a_line_that_is_no_pair_is_told_with_its_number);
    tcase_add_test(tcase, the_first_mistake_is_told_with_its_own_line);
    tcase_add_test(tcase, points_are_whole_numbers_from_0_to_100);
    tcase_add_test(tcase, unknown_keys_are_told);
    tcase_add_test(tcase, unknown_sections_are_told);
    tcase_add_test(tcase, visibility_is_one_of_three);
    tcase_add_test(tcase, needs_name_earlier_tests);
    tcase_add_test(tcase, missing_parts_are_told);
    tcase_add_test(tcase, a_test_that_is_there_twice_is_told);
    tcase_add_exit_test(tcase, loading_a_mistaken_rubric_ends_the_program, EXIT_UNUSABLE);
    tcase_add_test(tcase, a_quiz_is_items_and_a_file);
    tcase_add_test(tcase, sources_are_c_files);
}
