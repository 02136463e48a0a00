// SPDX-License-Identifier: MIT
/*
 * quiz.c - unit tests of desk/quiz/: chance from a key, made-up traces, options, answers in any spelling, pages.
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
    json_t *made = json_pack("{s:s, s:s, s:[{s:s, s:s, s:[s], s:[], s:b, s:[s, s], s:i}]}", "title", "T", "about",
                             "12ab", "questions", "form", "choice", "text", "Which?", "calls", "f();", "picture",
                             "picture_after", 0, "options", "one", "two", "answer", 1);
    g_autofree char *sheet = quiz_sheet(made);
    ck_assert_ptr_nonnull(strstr(sheet, "\nAbout: 12ab "));
    ck_assert_ptr_nonnull(strstr(sheet, "\nAnswer 1:\n"));
    ck_assert_ptr_nonnull(strstr(sheet, "a)  one"));
    ck_assert_ptr_nonnull(strstr(sheet, "(one letter from a to b)"));
    g_autofree char *first = quiz_answer_text(quiz_key_question(made, "quiz-1"));
    ck_assert_str_eq(first, "b");
    ck_assert_ptr_null(quiz_key_question(made, "quiz-2"));
    json_decref(made);
}
END_TEST

/* A question whose answer is to be written. */
static json_t *written(const char *form, const char *answer)
{
    return json_pack("{s:s, s:s, s:[], s:[], s:b, s:[], s:s, s:s}", "form", form, "text", "?", "calls", "picture",
                     "picture_after", 0, "options", "answer", answer, "reason", "r");
}

enum verdict { UNREADABLE, WRONG, RIGHT };

static void expect(const char *form, const char *answer, const char *given, enum verdict verdict)
{
    json_t *question = written(form, answer);
    ck_assert_msg(quiz_answer_can_be_read(question, given) == (verdict != UNREADABLE), "%s for %s", given, answer);
    ck_assert_msg(quiz_answer_is_right(question, given) == (verdict == RIGHT), "%s for %s", given, answer);
    json_decref(question);
}

START_TEST(a_line_may_be_spelled_in_several_ways)
{
    static const char *const right[] = {"115",       "free_list.c:115",       "line 115",
                                        "Line 115.", "free_list.c, line 115", "src/free_list.c:115"};
    static const char *const wrong[] = {"114", "1150", "list.c:115", "line 15"};
    static const char *const unreadable[] = {"", "b", "115 or 116", "free_list.c", "-", "line"};
    for (guint i = 0; i < G_N_ELEMENTS(right); i++)
        expect("line", "free_list.c:115", right[i], RIGHT);
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
        expect("line", "free_list.c:115", wrong[i], WRONG);
    for (guint i = 0; i < G_N_ELEMENTS(unreadable); i++)
        expect("line", "free_list.c:115", unreadable[i], UNREADABLE);
}
END_TEST

START_TEST(so_may_a_number_and_a_place)
{
    static const char *const numbers[] = {"144", " 144 ", "0x90", "call 144", "144 bytes", "144."};
    static const char *const places[] = {"heap + 48", "heap+48", "HEAP + 48", "48", "heap + 0x30"};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        expect("number", "144", numbers[i], RIGHT);
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
        expect("place", "heap + 48", places[i], RIGHT);
    expect("number", "144", "-144", UNREADABLE);
    expect("number", "144", "14", WRONG);
    expect("number", "144", "a", UNREADABLE);
    expect("place", "48", "heap + 48", WRONG);
    expect("place", "0", "NULL", RIGHT);
    expect("place", "heap + 48", "p3", UNREADABLE);
}
END_TEST

START_TEST(a_letter_has_to_be_an_options)
{
    json_t *question =
        json_pack("{s:s, s:[s, s, s, s], s:i}", "form", "choice", "options", "1", "2", "3", "4", "answer", 3);
    ck_assert(quiz_answer_is_right(question, "d"));
    ck_assert(quiz_answer_is_right(question, "(D)"));
    ck_assert(!quiz_answer_is_right(question, "c"));
    ck_assert(!quiz_answer_can_be_read(question, "e"));
    ck_assert(!quiz_answer_can_be_read(question, "4"));
    json_decref(question);
}
END_TEST

START_TEST(exports_accept_the_same_spellings)
{
    json_t *question = written("line", "free_list.c:115");
    json_t *made = json_pack("{s:s, s:s, s:s, s:[O]}", "title", "t", "lab", "l", "student", "s", "questions", question);
    g_auto(GStrv) spellings = quiz_answer_spellings(question);
    g_autofree char *moodle = quiz_moodle(made);
    g_autofree char *qti = quiz_qti(made);
    ck_assert_uint_eq(g_strv_length(spellings), 3);
    for (guint i = 0; spellings[i]; i++) {
        ck_assert(quiz_answer_is_right(question, spellings[i]));
        ck_assert_ptr_nonnull(strstr(moodle, spellings[i]));
        ck_assert_ptr_nonnull(strstr(qti, spellings[i]));
    }
    ck_assert_ptr_nonnull(strstr(moodle, "\"shortanswer\""));
    ck_assert_ptr_nonnull(strstr(qti, "short_answer_question"));
    json_decref(made);
    json_decref(question);
}
END_TEST

START_TEST(a_line_is_what_stands_in_it)
{
    ck_assert_int_eq(line_is("x = f(y); /* if so */"), LINE_STATEMENT);
    ck_assert_int_eq(line_is("return size;"), LINE_STATEMENT);
    ck_assert_int_eq(line_is("struct block *next; // later"), LINE_EMPTY);
    ck_assert_int_eq(line_is("/* a comment */"), LINE_EMPTY);
    ck_assert_int_eq(line_is("if (x) y = 3;"), LINE_CONTROL);
    ck_assert_int_eq(line_is("} else {"), LINE_CONTROL);
    ck_assert_int_eq(line_is("continue;"), LINE_CONTROL);
    ck_assert_int_eq(line_is("}"), LINE_BRACE);
    ck_assert_int_eq(line_is("static int calls = 0;"), LINE_OTHER);
    ck_assert_int_eq(line_is("x = f(y,"), LINE_OTHER);
    ck_assert_int_eq(line_is("a = 1; b = 2;"), LINE_OTHER);
}
END_TEST

START_TEST(a_page_has_no_markup_of_a_students)
{
    json_t *made = json_pack("{s:s, s:s, s:[{s:s, s:s, s:[s], s:[], s:b, s:[s, s], s:i, s:s}]}", "title", "t",
                             "student", "<i>", "questions", "form", "choice", "text", "a < b", "calls", "f(\"<b>\");",
                             "picture", "picture_after", 0, "options", "<u>", "&", "answer", 1, "reason", "<s>");
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
    tcase_add_test(tcase, a_line_may_be_spelled_in_several_ways);
    tcase_add_test(tcase, so_may_a_number_and_a_place);
    tcase_add_test(tcase, a_letter_has_to_be_an_options);
    tcase_add_test(tcase, exports_accept_the_same_spellings);
    tcase_add_test(tcase, a_line_is_what_stands_in_it);
    tcase_add_test(tcase, a_page_has_no_markup_of_a_students);
}
