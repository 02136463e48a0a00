// SPDX-License-Identifier: MIT
/*
 * import.c - unit tests of programs/import: numbers and lists of traces in C files of other courses.
 */
#include "programs/import/import.h"
#include "tests/unit/support/program.h"

/* The value of X in TEXT; -1 if it has none. */
static double value_of(const char *text)
{
    double value = 0;
    return constant_value(text, "X", &value) ? value : -1;
}

START_TEST(arithmetic_is_worked_out)
{
    ck_assert_double_eq(value_of("#define X 16\n"), 16);
    ck_assert_double_eq(value_of("#define X (20*(1<<20))\n"), 20 << 20);
    ck_assert_double_eq(value_of("#define X 0x10\n"), 16);
    ck_assert_double_eq(value_of("#define X 100UL * 2\n"), 200);
    ck_assert_double_eq(value_of("  #  define X .60  \n"), 0.6);
    ck_assert_double_eq(value_of("#define X 600E3\n"), 600000);
    ck_assert_double_eq(value_of("#define X (size_t)(3 + 4 * 5 - 1)\n"), 22);
    ck_assert_double_eq(value_of("#define X 1 << 2 << 3\n"), 32);
    ck_assert_double_eq(value_of("#define X 7 / 2\n"), 3.5);
}
END_TEST

START_TEST(other_constants_are_known)
{
    ck_assert_double_eq(value_of("#define MB (1 << 20)\n#define X (8 * MB)\n"), 8 << 20);
    ck_assert_double_eq(value_of("#define X Y\n#define Y X\n"), -1);
}
END_TEST

START_TEST(what_is_no_number_is_none)
{
    ck_assert_double_eq(value_of(""), -1);
    ck_assert_double_eq(value_of("#define X\n"), -1);
    ck_assert_double_eq(value_of("#define XY 3\n"), -1);
    ck_assert_double_eq(value_of("#define X sizeof(long)\n"), -1);
    ck_assert_double_eq(value_of("#define X (3\n"), -1);
    ck_assert_double_eq(value_of("#define X 3 4\n"), -1);
    ck_assert_double_eq(value_of("#define X 1 << 99\n"), -1);
    ck_assert_double_eq(value_of("#define X \"16\"\n"), -1);
}
END_TEST

START_TEST(first_definition_counts)
{
    ck_assert_double_eq(value_of("#define X 1\n#define X 2\n"), 1);
}
END_TEST

/* The names in TEXT's list, joined; "none" if it has no list. */
static char *list_in(const char *text)
{
    g_auto(GStrv) names = driver_traces(text);
    return names ? g_strjoinv(" ", names) : g_strdup("none");
}

static void expect_list(const char *text, const char *expected)
{
    g_autofree char *found = list_in(text);
    ck_assert_str_eq(found, expected);
}

START_TEST(list_may_be_a_macro)
{
    expect_list("#define DEFAULT_TRACEFILES \\\n  \"a.rep\", \"b-bal.rep\",\\\n  \"t/c.rep\"\nchar *x = \"d.rep\";\n",
                "a.rep b-bal.rep c.rep");
    expect_list("#define DEFAULT_TRACEFILES \"a.rep\"", "a.rep");
}
END_TEST

START_TEST(list_may_be_an_array)
{
    expect_list(
        "static char *default_tracefiles[] = {\n  \"./traces/a.rep\",\n  \"b.rep\", NULL};\nint f(\"c.rep\");\n",
        "a.rep b.rep");
    expect_list("char *traces[3]={\"a.rep\"};", "a.rep");
}
END_TEST

START_TEST(array_of_a_macro_is_that_macro)
{
    expect_list("char *traces[] = {DEFAULT_TRACEFILES, NULL};\n#define DEFAULT_TRACEFILES \"a.rep\"\n", "a.rep");
}
END_TEST

START_TEST(no_list_is_none)
{
    expect_list("", "none");
    expect_list("char *name = \"a.rep\";", "none");
    expect_list("#define DEFAULT_TRACEFILES\n\"a.rep\"", "none");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, arithmetic_is_worked_out);
    tcase_add_test(tcase, other_constants_are_known);
    tcase_add_test(tcase, what_is_no_number_is_none);
    tcase_add_test(tcase, first_definition_counts);
    tcase_add_test(tcase, list_may_be_a_macro);
    tcase_add_test(tcase, list_may_be_an_array);
    tcase_add_test(tcase, array_of_a_macro_is_that_macro);
    tcase_add_test(tcase, no_list_is_none);
}
