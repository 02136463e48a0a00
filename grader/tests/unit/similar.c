// SPDX-License-Identifier: MIT
/* similar.c - unit tests of class/similar: tokens, fingerprints, the runs that two programs share. */
#include "class/similar/similar.h"
#include "tests/unit/support/program.h"

static const char original[] = "static int sum(const int *values, size_t n)\n"
                               "{\n"
                               "    int total = 0; /* of all */\n"
                               "    for (size_t i = 0; i < n; i++)\n"
                               "        total += values[i] * 2;\n"
                               "    return total;\n"
                               "}\n"
                               "static char last(const char *text, size_t length)\n"
                               "{\n"
                               "    return length == 0 ? '\\0' : text[length - 1];\n"
                               "}\n";

/* The same: other names, another layout, another order. */
static const char disguised[] = "static char z(const char *q, size_t w) { return w == 0 ? 'x' : q[w - 7]; } // mine\n"
                                "static int a(const int *b, size_t c) { int d = 1; for (size_t e = 0;\n"
                                "  e < c; e++) d += b[e] * 3; return d; }\n";

static const char another[] = "static int sum(const int *values, size_t n)\n"
                              "{\n"
                              "    const int *end = values + n;\n"
                              "    int total = 0;\n"
                              "    while (values != end)\n"
                              "        total += 2 * *values++;\n"
                              "    return total;\n"
                              "}\n";

static guint shared(const char *a, const char *b)
{
    g_autoptr(GArray) a_tokens = tokens_of(a, NULL);
    g_autoptr(GArray) b_tokens = tokens_of(b, NULL);
    g_autoptr(GArray) a_prints = fingerprints_of(a_tokens, NULL);
    g_autoptr(GArray) b_prints = fingerprints_of(b_tokens, NULL);
    return fingerprints_shared(a_prints, b_prints);
}

/* How many tokens of A are in runs that it shares with B. */
static guint covered(const char *a, const char *b)
{
    g_autoptr(GArray) a_tokens = tokens_of(a, NULL);
    g_autoptr(GArray) b_tokens = tokens_of(b, NULL);
    g_autoptr(GArray) runs = runs_between(a_tokens, b_tokens);
    guint sum = 0;
    for (guint i = 0; i < runs->len; i++)
        sum += g_array_index(runs, struct run, i).length;
    return sum;
}

static guint count(const char *source)
{
    g_autoptr(GArray) tokens = tokens_of(source, NULL);
    return tokens->len;
}

static guint kind(const char *source, GHashTable *known)
{
    g_autoptr(GArray) tokens = tokens_of(source, known);
    ck_assert_uint_eq(tokens->len, 1);
    return g_array_index(tokens, struct token, 0).kind;
}

START_TEST(layout_and_comments_are_no_tokens)
{
    ck_assert_uint_eq(count("a >>= 1;"), 4);
    ck_assert_uint_eq(count("a/* x */>>=\n\t1 ; // end\\\n of the comment\n"), 4);
    ck_assert_uint_eq(count("#include <stdio.h>\nx"), 1);
    ck_assert_uint_eq(count("\"a \\\" b\" '\\''"), 2);
    ck_assert_uint_eq(count(""), 0);
}
END_TEST

START_TEST(any_text_ends)
{
    ck_assert_uint_eq(count("x /* and no end"), 1);
    ck_assert_uint_eq(count("\"and no end"), 1);
    ck_assert_uint_eq(count("\"a\\"), 1);
    ck_assert_uint_eq(count("'\n'"), 2);
    ck_assert_uint_eq(count("\xff\x80@$`"), 5);
    ck_assert_uint_eq(count("// \\"), 0);
}
END_TEST

START_TEST(lines_are_counted)
{
    g_autoptr(GArray) tokens = tokens_of("\n/* \n */ a // \\\n b\nc", NULL);
    ck_assert_uint_eq(tokens->len, 2);
    ck_assert_uint_eq(g_array_index(tokens, struct token, 0).line, 3);
    ck_assert_uint_eq(g_array_index(tokens, struct token, 1).line, 5);
}
END_TEST

START_TEST(names_are_alike_unless_they_are_known)
{
    g_autoptr(GHashTable) known = functions_in("void mm_free(void *p); /* heap() */ 0xabc(\"text(\")");
    ck_assert_uint_eq(g_hash_table_size(known), 1);
    ck_assert_uint_eq(kind("one", known), kind("two", known));
    ck_assert_uint_eq(kind("heap", known), kind("p", known));
    ck_assert_uint_ne(kind("mm_free", known), kind("two", known));
    ck_assert_uint_eq(kind("mm_free", NULL), kind("two", NULL));
    ck_assert_uint_ne(kind("while", NULL), kind("for", NULL));
    ck_assert_uint_eq(kind("12", NULL), kind("0x7fUL", NULL));
    ck_assert_uint_ne(kind("+", NULL), kind("+=", NULL));
}
END_TEST

START_TEST(a_disguise_shares_everything)
{
    ck_assert_uint_eq(covered(original, disguised), count(original));
    ck_assert_uint_ge(shared(original, disguised), 60);
}
END_TEST

START_TEST(another_way_shares_little)
{
    ck_assert_uint_lt(covered(another, original), count(another) / 2);
    ck_assert_uint_lt(shared(another, original), 20);
}
END_TEST

/* The guarantee of winnowing, at each place and between texts that share nothing else. */
START_TEST(a_part_that_is_long_enough_shares_a_fingerprint)
{
    for (guint before = 0; before < 3 * WINDOW; before++) {
        GString *a = g_string_new("");
        GString *b = g_string_new("");
        for (guint i = 0; i < before; i++) {
            g_string_append(a, "( ");
            g_string_append(b, i % 2 ? "] " : "[ [ ");
        }
        for (guint i = 0; i < SHARED_FOR_SURE; i++) {
            g_string_append_printf(a, "%c ", "+-*/;,"[i * i % 6]);
            g_string_append_printf(b, "%c ", "+-*/;,"[i * i % 6]);
        }
        g_string_append(a, "( ( ( ( ( ( ( ( ( ( ( (");
        g_string_append(b, "{ } } { } } { } } { } }");
        ck_assert_uint_gt(shared(a->str, b->str), 0);
        g_string_free(a, TRUE);
        g_string_free(b, TRUE);
    }
}
END_TEST

START_TEST(what_the_stub_has_is_left_out)
{
    g_autoptr(GArray) tokens = tokens_of(original, NULL);
    g_autoptr(GArray) stub = fingerprints_of(tokens, NULL);
    g_autoptr(GArray) rest = fingerprints_of(tokens, stub);
    ck_assert_uint_gt(stub->len, 0);
    ck_assert_uint_eq(rest->len, 0);
}
END_TEST

START_TEST(no_token_is_shared_twice)
{
    g_autofree char *twice = g_strconcat(original, original, NULL);
    ck_assert_uint_eq(covered(twice, original), count(original));
    ck_assert_uint_eq(covered(original, twice), count(original));
}
END_TEST

START_TEST(a_text_that_repeats_itself_takes_no_time_without_end)
{
    enum { TOKENS = 200000 };
    g_autofree char *text = g_strnfill(TOKENS, ';');
    ck_assert_uint_eq(covered(text, text), TOKENS);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, layout_and_comments_are_no_tokens);
    tcase_add_test(tcase, any_text_ends);
    tcase_add_test(tcase, lines_are_counted);
    tcase_add_test(tcase, names_are_alike_unless_they_are_known);
    tcase_add_test(tcase, a_disguise_shares_everything);
    tcase_add_test(tcase, another_way_shares_little);
    tcase_add_test(tcase, a_part_that_is_long_enough_shares_a_fingerprint);
    tcase_add_test(tcase, what_the_stub_has_is_left_out);
    tcase_add_test(tcase, no_token_is_shared_twice);
    tcase_add_test(tcase, a_text_that_repeats_itself_takes_no_time_without_end);
}
