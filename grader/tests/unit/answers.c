// SPDX-License-Identifier: MIT
/*
 * answers.c - unit tests of grade/answers.c: lenient on form, strict on content.
 */
#include "tests/unit/support/program.h"

static const struct rubric no_rubric = {.lab = NULL};

/* The answer to NAME where src/FILE holds TEXT; "" if there is none. */
static const char *answer_in(const char *file, const char *text, const char *name)
{
    struct submission *submission = unit_submission(&no_rubric);
    g_autofree char *path = g_build_filename("src", file, NULL);
    unit_file(submission->work, path, text);
    const char *answer = g_hash_table_lookup(answers(submission), name);
    return answer ? answer : "";
}

static const char *prediction(const char *text)
{
    return answer_in("predictions.txt", text, "prediction-3");
}

START_TEST(the_form_may_vary)
{
    static const char *const forms[] = {
        "Answer 3: b", "answer 3: b\n",       "ANSWER 3 : B",    "  answer 3 = (b)",  "Answer 3: b)",
        "Answer 3:b.", "\tAnswer\t3:\t\"b\"", "Answer 3: b\r\n", "Answer   3  =  b ", "x\n\nAnswer 3: *b*\ny"};
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        ck_assert_str_eq(prediction(forms[i]), "b");
}
END_TEST

START_TEST(a_byte_order_mark_is_no_part_of_the_first_line)
{
    ck_assert_str_eq(prediction("\xEF\xBB\xBF"
                                "Answer 3: b\n"),
                     "b");
}
END_TEST

START_TEST(other_lines_answer_nothing)
{
    static const char *const others[] = {"Answer 33: b",    "Answer: b",     "3: b",
                                         "The answer 3: b", "Answer 3 b",    "",
                                         "# Answer 3: b",   "Question 3: b", "Answer 3"};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        ck_assert_str_eq(prediction(others[i]), "");
}
END_TEST

START_TEST(the_last_line_wins)
{
    ck_assert_str_eq(prediction("Answer 3: a\nAnswer 3: b\n"), "b");
    ck_assert_str_eq(prediction("Answer 3: a\nAnswer 3:\n"), "");
}
END_TEST

START_TEST(answers_are_not_mixed_up)
{
    ck_assert_str_eq(prediction("Answer 2: x\nAnswer 3: y\nAnswer 4: z\n"), "y");
}
END_TEST

START_TEST(plain_answers_keep_their_words)
{
    static const struct {
        const char *given;
        const char *plain;
    } cases[] = {{"The Stack", "the stack"},
                 {"use-after-free", "use after free"},
                 {"  b  ", "b"},
                 {"b or c", "b or c"},
                 {"bc", "bc"},
                 {"12", "12"},
                 {"1,2", "1 2"},
                 {"ring_push()", "ring_push"},
                 {"", ""},
                 {"...", ""},
                 {"\xC3\xA9t\xC3\xA9", "t"}};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *plain = text_plain(cases[i].given);
        ck_assert_str_eq(plain, cases[i].plain);
    }
}
END_TEST

static const char diagnosis[] = "Some words: here\n"
                                "## Patient 1: note.c ##\nclass: Use after free\nLine = 12\n"
                                "patient 2\nclass:\nclass: leak\nfunction : note_new()\n";

START_TEST(patients_head_their_lines)
{
    ck_assert_str_eq(answer_in("diagnosis.txt", diagnosis, "patient-1-class"), "use after free");
    ck_assert_str_eq(answer_in("diagnosis.txt", diagnosis, "patient-1-line"), "12");
    ck_assert_str_eq(answer_in("diagnosis.txt", diagnosis, "patient-2-class"), "leak");
    ck_assert_str_eq(answer_in("diagnosis.txt", diagnosis, "patient-2-function"), "note_new");
    ck_assert_str_eq(answer_in("diagnosis.txt", diagnosis, "patient-2-line"), "");
}
END_TEST

START_TEST(files_do_not_answer_for_each_other)
{
    ck_assert_str_eq(answer_in("diagnosis.txt", "Answer 3: b\n", "prediction-3"), "");
    ck_assert_str_eq(answer_in("predictions.txt", diagnosis, "patient-1-class"), "");
}
END_TEST

START_TEST(no_files_no_answers)
{
    ck_assert_uint_eq(g_hash_table_size(answers(unit_submission(&no_rubric))), 0);
}
END_TEST

START_TEST(junk_is_survived)
{
    GString *junk = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append_c(junk, (char)(1 + i * 7 % 255));
    g_string_append(junk, "\nAnswer 3: b\n");
    ck_assert_str_eq(prediction(junk->str), ""); /* only so much of a file is read */
    g_string_erase(junk, 0, 50000);
    ck_assert_str_eq(prediction(junk->str), "b");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, the_form_may_vary);
    tcase_add_test(tcase, a_byte_order_mark_is_no_part_of_the_first_line);
    tcase_add_test(tcase, other_lines_answer_nothing);
    tcase_add_test(tcase, the_last_line_wins);
    tcase_add_test(tcase, answers_are_not_mixed_up);
    tcase_add_test(tcase, plain_answers_keep_their_words);
    tcase_add_test(tcase, patients_head_their_lines);
    tcase_add_test(tcase, files_do_not_answer_for_each_other);
    tcase_add_test(tcase, no_files_no_answers);
    tcase_add_test(tcase, junk_is_survived);
}
