// SPDX-License-Identifier: MIT
/*
 * score.c - unit tests of grade/score.c: what earns points, and what does not.
 */
#include "tests/unit/support/program.h"

static const char ini[] = "[lab]\ntitle = T\nfiles = a.c predictions.txt\n"
                          "[test first]\ntitle = The first\npoints = 10\nhint = H\nquestion = Q\nhandout = s\n"
                          "[test second]\ntitle = The second\npoints = 20\nneeds = first\n"
                          "[test third]\ntitle = The third\npoints = 30\nneeds = second\nvisibility = hidden\n"
                          "[prediction 1]\ntitle = P\npoints = 40\nanswer = b | the stack\n";

static struct submission *submission(void)
{
    return unit_submission(unit_rubric(ini));
}

/* The result of a submission that passed the named tests; the list ends with NULL. */
static json_t *result_of(const char *first, ...)
{
    json_t *verdicts = json_array();
    va_list names;
    va_start(names, first);
    for (const char *name = first; name; name = va_arg(names, const char *))
        json_array_append_new(verdicts, unit_verdict(name, "passed"));
    va_end(names);
    return unit_score(submission(), verdicts);
}

static int points_of(const json_t *result, const char *name)
{
    return (int)json_integer_value(json_object_get(unit_test(result, name), "points"));
}

static int score_of(const json_t *result)
{
    return (int)json_integer_value(json_object_get(result, "score"));
}

static const char *status_of(const json_t *result, const char *name)
{
    return unit_text(unit_test(result, name), "status");
}

START_TEST(passed_tests_earn_their_points)
{
    json_t *result = result_of("first", "second", "third", NULL);
    ck_assert_int_eq(points_of(result, "first"), 10);
    ck_assert_int_eq(points_of(result, "third"), 30);
    ck_assert_int_eq(score_of(result), 60);
    ck_assert_int_eq((int)json_integer_value(json_object_get(result, "max_score")), 100);
}
END_TEST

START_TEST(tests_without_a_verdict_earn_nothing)
{
    json_t *result = result_of("first", "third", NULL);
    ck_assert_str_eq(status_of(result, "second"), "not_run");
    ck_assert_int_eq(points_of(result, "second"), 0);
    ck_assert_int_eq(score_of(result), 10);
}
END_TEST

START_TEST(every_status_but_passed_earns_nothing)
{
    static const char *const statuses[] = {"failed",  "crashed", "timed_out", "misused",
                                           "not_run", "PASSED",  "passed ",   ""};
    for (size_t i = 0; i < G_N_ELEMENTS(statuses); i++) {
        json_t *result = unit_score(submission(), json_pack("[o]", unit_verdict("first", statuses[i])));
        ck_assert_int_eq(score_of(result), 0);
    }
}
END_TEST

START_TEST(a_failed_need_is_told_once)
{
    json_t *result =
        unit_score(submission(), json_pack("[o, o, o]", unit_verdict("first", "failed"),
                                           unit_verdict("second", "passed"), unit_verdict("third", "passed")));
    ck_assert_int_eq(score_of(result), 0);
    ck_assert_str_eq(status_of(result, "first"), "failed");
    ck_assert_str_eq(status_of(result, "second"), "not_run");
    ck_assert_str_eq(unit_text(unit_test(result, "second"), "message"), "counts once first passes");
    ck_assert_str_eq(status_of(result, "third"), "not_run");
    ck_assert_str_eq(unit_text(unit_test(result, "third"), "message"), "counts once second passes");
}
END_TEST

START_TEST(verdicts_nobody_asked_for_are_ignored)
{
    json_t *result = result_of("first", "bonus", "first ", "", "prediction-1", NULL);
    ck_assert_int_eq(score_of(result), 10);
    ck_assert_uint_eq(json_array_size(json_object_get(result, "tests")), 4);
}
END_TEST

START_TEST(the_first_verdict_on_a_test_counts)
{
    json_t *result =
        unit_score(submission(), json_pack("[o, o]", unit_verdict("first", "failed"), unit_verdict("first", "passed")));
    ck_assert_int_eq(score_of(result), 0);
}
END_TEST

START_TEST(nothing_built_nothing_earned)
{
    json_t *result = unit_score(submission(), NULL);
    ck_assert_int_eq(score_of(result), 0);
    ck_assert_str_eq(status_of(result, "first"), "not_run");
}
END_TEST

START_TEST(tests_come_in_the_order_of_the_rubric)
{
    json_t *tests = json_object_get(result_of("third", "first", NULL), "tests");
    ck_assert_str_eq(unit_text(json_array_get(tests, 0), "name"), "first");
    ck_assert_str_eq(unit_text(json_array_get(tests, 3), "name"), "prediction-1");
}
END_TEST

START_TEST(a_test_carries_its_hint)
{
    json_t *test = unit_test(result_of("first", NULL), "first");
    ck_assert_str_eq(unit_text(json_object_get(test, "hint"), "question"), "Q");
    ck_assert_str_eq(unit_text(json_object_get(test, "hint"), "handout"), "s");
    ck_assert_str_eq(unit_text(test, "title"), "The first");
    ck_assert_str_eq(unit_text(unit_test(result_of("first", NULL), "third"), "visibility"), "hidden");
}
END_TEST

/* The question about a failure with STATUS and MESSAGE. */
static const char *question_about(const char *status, const char *message)
{
    struct submission *asked = unit_submission(
        unit_rubric("[lab]\ntitle = T\nfiles = a.c\nquestion (misused) = Lab?\nquestion (one) = Never?\n"
                    "[test first]\ntitle = The first\npoints = 100\nhint = H\n"
                    "question = Usual?\nquestion (one page) = Page?\nquestion (crashed) = Crash?\n"));
    json_t *verdict = unit_verdict("first", status);
    json_object_set_new(verdict, "message", json_string(message));
    json_t *result = unit_score(asked, json_pack("[o]", verdict));
    return unit_text(json_object_get(unit_test(result, "first"), "hint"), "question");
}

START_TEST(the_question_belongs_to_how_a_test_failed)
{
    ck_assert_str_eq(question_about("failed", "it should have one page"), "Page?");
    ck_assert_str_eq(question_about("crashed", "a call crashed"), "Crash?");
    ck_assert_str_eq(question_about("crashed", "crashed in one page"), "Page?");
    ck_assert_str_eq(question_about("failed", "anything else"), "Usual?");
    ck_assert_str_eq(question_about("misused", "anything else"), "Lab?");
    ck_assert_str_eq(question_about("misused", "it should have one page"), "Page?");
    ck_assert_has(question_about("timed_out", "it does not end"), "What should end it");
    ck_assert_str_eq(question_about("passed", "one page"), "Usual?");
}
END_TEST

/* --- answers --- */

static json_t *with_answer(const char *line)
{
    struct submission *answered = submission();
    unit_file(answered->work, "src/predictions.txt", line);
    return unit_score(answered, NULL);
}

START_TEST(right_answers_earn_their_points)
{
    ck_assert_int_eq(score_of(with_answer("Answer 1: (B)")), 40);
    ck_assert_int_eq(score_of(with_answer("Answer 1: The stack!")), 40);
}
END_TEST

START_TEST(wrong_answers_earn_nothing)
{
    static const char *const wrong[] = {"Answer 1: a", "Answer 1: b or the stack", "Answer 1: bb", "Answer 1: stack",
                                        "Answer 1: b | the stack"};
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++) {
        json_t *result = with_answer(wrong[i]);
        ck_assert_int_eq(score_of(result), 0);
        ck_assert_str_eq(status_of(result, "prediction-1"), "failed");
        ck_assert_has(unit_text(unit_test(result, "prediction-1"), "message"), "make demo");
    }
}
END_TEST

START_TEST(no_answer_is_told_so)
{
    json_t *result = with_answer("Answer 1:\n");
    ck_assert_str_eq(status_of(result, "prediction-1"), "not_run");
    ck_assert_str_eq(unit_text(unit_test(result, "prediction-1"), "message"), "not answered yet in predictions.txt");
    ck_assert_int_eq(score_of(with_answer("")), 0);
}
END_TEST

/* --- own tests --- */

/* Points for own tests that CAUGHT wrong versions (0 points for 4, all for 24) with this coverage (20 to 80). */
static int own_points(int caught, double lines, double branches)
{
    struct rubric *rubric = unit_rubric("[lab]\ntitle = T\nfiles = a.c my_tests.c\n[own_tests]\npoints = 21\n"
                                        "chaffs_from = 4\nchaffs_to = 24\ncoverage_from = 20\ncoverage_to = 80\n");
    json_t *own = json_pack("{s:i, s:{s:{s:f}, s:{s:f}}}", "caught", caught, "coverage", "lines", "percent", lines,
                            "branches", "percent", branches);
    struct findings findings = {.built = json_object(), .covered = json_null(), .own = own};
    json_t *result = score(unit_submission(rubric), &findings);
    ck_assert_int_eq((int)json_integer_value(json_object_get(own, "points")), score_of(result));
    ck_assert_int_eq((int)json_integer_value(json_object_get(result, "max_score")), 21);
    return score_of(result);
}

START_TEST(own_tests_earn_on_a_straight_line)
{
    ck_assert_int_eq(own_points(0, 0, 0), 0);
    ck_assert_int_eq(own_points(4, 20, 20), 0);
    ck_assert_int_eq(own_points(24, 80, 80), 21);
    ck_assert_int_eq(own_points(41, 100, 100), 21);
    ck_assert_int_eq(own_points(24, 20, 20), 11);
    ck_assert_int_eq(own_points(4, 100, 60), 10);
    ck_assert_int_eq(own_points(14, 50, 50), 10);
    ck_assert_int_eq(own_points(23, 79.9, 80), 19); /* nearly all points, not all */
}
END_TEST

/* --- what a student's code can write into a verdict --- */

START_TEST(no_control_byte_gets_through)
{
    static const char *const keys[] = {"message", "expected", "found", "where", "written", "output"};
    json_t *verdict = unit_verdict("first", "failed");
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        json_object_set_new(verdict, keys[i],
                            json_string("a\033[31mb\001c\177d\xC2\x9B"
                                        "e"));
    json_object_set_new(verdict, "story", json_pack("[s]", "f(\"\033]0;title\007\");"));
    json_t *test = unit_test(unit_score(submission(), json_pack("[o]", verdict)), "first");
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        ck_assert_str_eq(unit_text(test, keys[i]), "a?[31mb?c?d?e");
    ck_assert_str_eq(json_string_value(json_array_get(json_object_get(test, "story"), 0)), "f(\"?]0;title?\");");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, passed_tests_earn_their_points);
    tcase_add_test(tcase, tests_without_a_verdict_earn_nothing);
    tcase_add_test(tcase, every_status_but_passed_earns_nothing);
    tcase_add_test(tcase, a_failed_need_is_told_once);
    tcase_add_test(tcase, verdicts_nobody_asked_for_are_ignored);
    tcase_add_test(tcase, the_first_verdict_on_a_test_counts);
    tcase_add_test(tcase, nothing_built_nothing_earned);
    tcase_add_test(tcase, tests_come_in_the_order_of_the_rubric);
    tcase_add_test(tcase, a_test_carries_its_hint);
    tcase_add_test(tcase, the_question_belongs_to_how_a_test_failed);
    tcase_add_test(tcase, right_answers_earn_their_points);
    tcase_add_test(tcase, wrong_answers_earn_nothing);
    tcase_add_test(tcase, no_answer_is_told_so);
    tcase_add_test(tcase, own_tests_earn_on_a_straight_line);
    tcase_add_test(tcase, no_control_byte_gets_through);
}
