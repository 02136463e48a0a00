// SPDX-License-Identifier: MIT
/*
 * quiz.c - unit tests of desk/quiz/: chance from a key, made-up traces, options, pages.
 */
#include "desk/quiz/quiz.h"
#include "tests/unit/support/program.h"
#include "wire/rep.h"

#include <string.h>

START_TEST(a_key_determines_what_is_drawn)
{
    struct draw *one = draw_new("key");
    struct draw *same = draw_new("key");
    struct draw *other = draw_new("another");
    guint differences = 0;
    for (guint i = 0; i < 20; i++) {
        guint drawn = draw_below(one, 1000);
        ck_assert_uint_lt(drawn, 1000);
        ck_assert_uint_eq(drawn, draw_below(same, 1000));
        differences += drawn != draw_below(other, 1000);
    }
    ck_assert_uint_gt(differences, 15);
    draw_free(one);
    draw_free(same);
    draw_free(other);
}
END_TEST

START_TEST(a_shuffle_loses_nothing)
{
    struct draw *draw = draw_new("key");
    g_autoptr(GPtrArray) numbers = g_ptr_array_new();
    guint sum = 0;
    for (guint i = 1; i <= 10; i++)
        g_ptr_array_add(numbers, GUINT_TO_POINTER(i));
    draw_shuffle(draw, numbers);
    for (guint i = 0; i < numbers->len; i++)
        sum += 1U << GPOINTER_TO_UINT(numbers->pdata[i]);
    ck_assert_uint_eq(sum, (1U << 11) - 2);
    draw_free(draw);
}
END_TEST

/* Each trace can be read: no block is freed twice or used before it is there. */
START_TEST(traces_are_sound)
{
    g_autofree char *folder = files_make_temporary();
    g_autofree char *path = g_build_filename(folder, "t.rep", NULL);
    struct draw *draw = draw_new("traces");
    for (guint i = 0; i < 50; i++) {
        g_autofree char *text = traces_make(draw, i % 2 == 0, i % 3 == 0);
        struct rep_trace trace;
        files_write(path, text);
        char *problem = rep_read(path, &trace);
        ck_assert_msg(!problem, "%s", problem);
        rep_clear(&trace);
    }
    draw_free(draw);
}
END_TEST

START_TEST(options_are_few_and_differ)
{
    const struct quiz_kind kind = {.name = "test"};
    struct quiz_question *question = question_new(&kind, NULL, 0);
    for (guint i = 0; i < 3; i++)
        question_option(question, g_strdup(i < 2 ? "same" : "other"));
    ck_assert_uint_eq(question->options->len, 2);
    ck_assert_ptr_null(question_finish(question, NULL));
    for (guint i = 0; i < 2 * MOST_OPTIONS; i++)
        question_option(question, g_strdup_printf("%u", i));
    ck_assert_uint_eq(question->options->len, MOST_OPTIONS);
    question_free(question);
}
END_TEST

/* What quiz.txt says can be read again, by grade/answers.c. */
START_TEST(a_sheet_has_a_line_for_each_answer)
{
    json_t *made = json_pack("{s:s, s:s, s:[{s:s, s:[s], s:[], s:b, s:[s, s], s:i}]}", "title", "T", "about", "12ab",
                             "questions", "text", "Which?", "calls", "f();", "picture", "picture_after", 0, "options",
                             "one", "two", "answer", 1);
    g_autofree char *sheet = quiz_sheet(made);
    ck_assert_ptr_nonnull(strstr(sheet, "\nAbout: 12ab "));
    ck_assert_ptr_nonnull(strstr(sheet, "\nAnswer 1:\n"));
    ck_assert_ptr_nonnull(strstr(sheet, "a)  one"));
    g_autofree char *first = quiz_key_answer(made, "quiz-1");
    ck_assert_str_eq(first, "b");
    ck_assert_ptr_null(quiz_key_answer(made, "quiz-2"));
    json_decref(made);
}
END_TEST

START_TEST(a_page_has_no_markup_of_a_students)
{
    json_t *made = json_pack("{s:s, s:s, s:[{s:s, s:[s], s:[], s:b, s:[s, s], s:i, s:s}]}", "title", "t", "student",
                             "<i>", "questions", "text", "a < b", "calls", "f(\"<b>\");", "picture", "picture_after", 0,
                             "options", "<u>", "&", "answer", 1, "reason", "<s>");
    g_autofree char *page = quiz_page(made, true);
    g_autofree char *moodle = quiz_moodle(made);
    ck_assert_ptr_null(strstr(page, "<i>"));
    ck_assert_ptr_null(strstr(page, "<u>"));
    ck_assert_ptr_null(strstr(page, "<s>"));
    ck_assert_ptr_nonnull(strstr(page, "<li class=\"right\">&amp;</li>"));
    ck_assert_ptr_null(strstr(moodle, "<b>"));
    json_decref(made);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_key_determines_what_is_drawn);
    tcase_add_test(tcase, a_shuffle_loses_nothing);
    tcase_add_test(tcase, traces_are_sound);
    tcase_add_test(tcase, options_are_few_and_differ);
    tcase_add_test(tcase, a_sheet_has_a_line_for_each_answer);
    tcase_add_test(tcase, a_page_has_no_markup_of_a_students);
}
