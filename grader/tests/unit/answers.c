// SPDX-License-Identifier: MIT
/*
 * answers.c - unit tests of grade/answers.c: lenient on form, strict on content.
 */
#include "tests/unit/support/program.h"

static GPtrArray no_items;
static const struct rubric no_rubric = {.items = &no_items};

/* The answer to NAME if src/FILE contains TEXT; "" if there is none. */
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

START_TEST(lines_may_be_named_in_several_ways)
{
    static const char *const lines[] = {"26", "line 26", "Line: 26.", "note.c:26", "note.c, line 26", "note.c:26:5"};
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_autofree char *text = g_strdup_printf("Patient 1: note.c\n  line: %s\n", lines[i]);
        ck_assert_str_eq(answer_in("diagnosis.txt", text, "patient-1-line"), "26");
    }
    ck_assert_str_eq(answer_in("diagnosis.txt", "Patient 1\nline: 2 or 3\n", "patient-1-line"), "2 or 3");
}
END_TEST

/* What is noted about TEXT in FILE; sentences end with a newline. */
static char *noted(const char *file, const char *text)
{
    struct submission *submission = unit_submission(
        unit_rubric("[lab]\ntitle = T\nfiles = a.c\n[prediction 1]\ntitle = P\npoints = 50\nanswer = b | on the stack\n"
                    "[prediction 2]\ntitle = P\npoints = 48\nanswer = a register\n"
                    "[diagnosis 1 class]\ntitle = D\npoints = 1\nanswer = leak\n"
                    "[diagnosis 1 line]\ntitle = D\npoints = 1\nanswer = 26\n"));
    g_autofree char *path = g_strconcat("src/", file, NULL);
    unit_file(submission->work, path, text);
    g_hash_table_destroy(answers(submission));
    g_ptr_array_add(submission->notes, NULL);
    return g_strjoinv("\n", (char **)submission->notes->pdata);
}

START_TEST(the_form_of_answers_is_told)
{
    ck_assert_str_eq(noted("predictions.txt", "Answer 1: b\nAnswer 2: a register\n"), "");
    ck_assert_str_eq(noted("predictions.txt", "Answer 1: On the stack!\nAnswer 2: x\n"), "");
    ck_assert_str_eq(noted("predictions.txt", "Answer 1:\nAnswer 2:\n"), "predictions.txt has no answers yet");
    ck_assert_str_eq(noted("predictions.txt", "Answer 1: b\nAnswer 2:\n"),
                     "predictions.txt has no answer yet to question 2");
    ck_assert_has(noted("predictions.txt", "Answer 1:\n\n  (c)\nAnswer 2: x\n"), "question 1 stands below the line");
    ck_assert_has(noted("predictions.txt", "Answer 1: c because it is\nAnswer 2: x\n"), "only the letter");
    ck_assert_str_eq(noted("diagnosis.txt", "Patient 1: a.c\nclass: leak\nline: line 26\n"), "");
    ck_assert_has(noted("diagnosis.txt", "Patient 1: a.c\nclass: leak\nline:\n"), "only half filled in: no line yet");
    ck_assert_has(noted("diagnosis.txt", "Patient 1: a.c\nclass:\nline:\n"), "nothing yet about patient 1");
    ck_assert_has(noted("diagnosis.txt", "Patient 1: a.c\nclass: leak\nline: 2 or 3\n"),
                  "\"2 or 3\"; write its number");
}
END_TEST

START_TEST(junk_is_survived)
{
    GString *junk = g_string_new(NULL);
    for (int i = 0; i < 100000; i++)
        g_string_append_c(junk, (char)(1 + i * 7 % 255));
    g_string_append(junk, "\nAnswer 3: b\n");
    ck_assert_str_eq(prediction(junk->str), ""); /* only the beginning of a file is read */
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
    tcase_add_test(tcase, lines_may_be_named_in_several_ways);
    tcase_add_test(tcase, the_form_of_answers_is_told);
    tcase_add_test(tcase, junk_is_survived);
}
