// SPDX-License-Identifier: MIT
/*
 * rep.c - unit tests of wire/rep.c: what is a valid trace, and the sentences about invalid ones.
 */
#include "wire/rep.h"
#include "tests/unit/support/program.h"

#include <string.h>

static struct rep_trace trace;

/* The sentence about a trace with this TEXT, without the file's name; NULL if it is valid. Fills `trace`. */
static const char *problem_of(const char *text)
{
    g_autofree char *folder = files_make_temporary();
    g_autofree char *path = g_build_filename(folder, "t.rep", NULL);
    files_write(path, text);
    const char *problem = rep_read(path, &trace);
    const char *from = problem ? strstr(problem, "t.rep, ") : NULL;
    return from ? from + strlen("t.rep, ") : problem;
}

START_TEST(a_trace_is_read)
{
    ck_assert_ptr_null(problem_of("100\n2\n4\n1\na 0 10\nr 0 20\na 1 5\nf 0\n"));
    ck_assert_uint_eq(trace.operations, 4);
    ck_assert_uint_eq(trace.ids, 2);
    ck_assert_int_eq(trace.operation[1].kind, REP_REALLOCATE);
    ck_assert_uint_eq(trace.operation[1].size, 20);
    ck_assert_uint_eq(trace.operation[3].line, 8);
}
END_TEST

START_TEST(other_courses_write_other_forms)
{
    ck_assert_ptr_null(problem_of("1 1 2 0\r\na 0 10\r\nf 0\r\n"));
    ck_assert_ptr_null(problem_of("0\n1\n2\n1\n\na   0\t10\n\n f 0\n"));
    ck_assert_ptr_null(problem_of("99999999999\n1\n1\n1\nf -1\n"));
    ck_assert_uint_eq(trace.operation[0].id, REP_NO_ID);
}
END_TEST

START_TEST(words_count_and_not_lines)
{
    ck_assert_ptr_null(problem_of("4\n2\n2\n1\na 0 16\na 1 \n"));
    ck_assert_uint_eq(trace.operation[1].size, 16);
    ck_assert_ptr_null(problem_of("# a comment\n0 2 3 1 # sizes\na 0 16 a 1\n24\nfree 0"));
    ck_assert_uint_eq(trace.operation[1].size, 24);
    ck_assert_uint_eq(trace.operation[2].line, 5);
    ck_assert_ptr_null(problem_of("0\n1\n2\n1\na 0 8\nf\n"));
    ck_assert_uint_eq(trace.operation[1].id, 0);
}
END_TEST

START_TEST(a_script_needs_no_header)
{
    ck_assert_ptr_null(problem_of("# sizes that a program asked for\r\na 0 12\r\n\r\nr 0 40\r\na 7 8\r\nf 0"));
    ck_assert_uint_eq(trace.operations, 4);
    ck_assert_uint_eq(trace.ids, 8);
    ck_assert_uint_eq(trace.operation[1].line, 4);
    ck_assert_pstr_eq(problem_of("a 0 12\nf 1\n"), "line 2: id 1 is freed, but is not in use");
}
END_TEST

START_TEST(an_id_may_come_again_after_its_free)
{
    ck_assert_ptr_null(problem_of("0\n1\n3\n1\na 0 10\nf 0\na 0 20\n"));
}
END_TEST

START_TEST(mistakes_are_told_with_their_line)
{
    static const struct {
        const char *text;
        const char *problem;
    } wrong[] = {
        {"0\n1\n2\n1\na 0 10\na 0 10\n", "line 6: id 0 is allocated a second time without a free"},
        {"0\n1\n1\n1\nf 0\n", "line 5: id 0 is freed, but is not in use"},
        {"0\n1\n1\n1\na 1 8\n", "line 5: id 1 is not below the number of ids, 1"},
        {"0\n1\n1\n1\nx 0 8\n", "line 5: 'x 0 8' is not 'a ID SIZE', 'r ID SIZE' or 'f ID'"},
        {"0\n1\n1\n1\na 0\n", "line 5: 'a 0' is not 'a ID SIZE', 'r ID SIZE' or 'f ID'"},
        {"0\n1\n1\n1\na -1 8\n", "line 5: 'a -1 8' is not 'a ID SIZE', 'r ID SIZE' or 'f ID'"},
        {"0\n1\n2\n1\na 0 8\n", "line 5: the file ends before its 2 operations"},
        {"0\n1\n1\n1\na 0 8\nf 0\n", "line 6: there are more operations than the 1 of the header"},
        {"hello\n", "line 1: the file should start with four numbers: heap size, ids, operations, weight"},
        {"", "line 0: the file should start with four numbers: heap size, ids, operations, weight"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
        ck_assert_pstr_eq(problem_of(wrong[i].text), wrong[i].problem);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_trace_is_read);
    tcase_add_test(tcase, other_courses_write_other_forms);
    tcase_add_test(tcase, words_count_and_not_lines);
    tcase_add_test(tcase, a_script_needs_no_header);
    tcase_add_test(tcase, an_id_may_come_again_after_its_free);
    tcase_add_test(tcase, mistakes_are_told_with_their_line);
}
