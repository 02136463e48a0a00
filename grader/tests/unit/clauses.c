// SPDX-License-Identifier: MIT
/*
 * clauses.c - unit tests of staff/check/contract.c and clauses.c: what the sentences of a header are, and which of them
 * heaplab check --clauses calls open.
 */
#include "staff/check/check.h"
#include "tests/unit/support/program.h"

/* The sentences of HEADER, with " / " between them. */
static char *sentences_of(const char *header)
{
    struct contract *contract = contract_new();
    GString *all = g_string_new(NULL);
    contract_add(contract, "a.h", header);
    for (guint i = 0; i < contract->sentences->len; i++) {
        const struct sentence *sentence = contract->sentences->pdata[i];
        g_string_append_printf(all, "%s%s", i ? " / " : "", sentence->text);
    }
    contract_free(contract);
    return g_string_free(all, FALSE);
}

static void expect_sentences(const char *header, const char *expected)
{
    g_autofree char *found = sentences_of(header);
    ck_assert_str_eq(found, expected);
}

START_TEST(comments_are_cut_into_sentences)
{
    expect_sentences("/* Returns 1.\n * Does\n *   nothing else! */\nint f(void); /* (See f.) More */",
                     "Returns 1. / Does nothing else! / (See f.) / More");
    expect_sentences("int a; // One\n// two. Three.\nint b;\n// Four\n", "One two. / Three. / Four");
    expect_sentences("/* 1*1 + 2*2 + ... + N*N in f.c. list->count is right. */",
                     "1*1 + 2*2 + ... + N*N in f.c. / list->count is right.");
}
END_TEST

START_TEST(items_are_sentences)
{
    expect_sentences("/*\n * Returns NULL\n *   - if SIZE\n *     is 0\n *   - if not\n */",
                     "Returns NULL / if SIZE is 0 / if not");
    expect_sentences("/*\n * 1. Go\n *    on\n * 2. Stop, at most\n *    64. bytes\n */",
                     "Go on / Stop, at most 64. / bytes");
    expect_sentences("/*\n *   blocks   are even\n *            or odd\n *   list     is short\n */",
                     "blocks are even or odd / list is short");
}
END_TEST

START_TEST(titles_headings_and_pictures_are_none)
{
    expect_sentences(
        "// SPDX-License-Identifier: MIT\n/*\n * a.h - the contract.\n *\n * It holds.\n *\n *     lo    hi\n"
        " *     |     |\n *     +-----+\n *\n * So.\n */\n/* ---- 1. Arrays ---- */\n/*** More. ***/",
        "It holds. / So.");
}
END_TEST

/* What is found about HEADER when a chaff quotes QUOTE (NULL for none) and clauses.txt contains CLAUSES. */
static char *found_in(const char *header, const char *quote, const char *clauses)
{
    struct contract *contract = contract_new();
    GString *findings = g_string_new(NULL);
    contract_add(contract, "a.h", header);
    if (quote)
        clauses_cover(contract, "wrong.patch", quote, "Question 1: is it true?", findings);
    clauses_excuse(contract, clauses, findings);
    clauses_open(contract, findings);
    contract_free(contract);
    return g_string_free(findings, FALSE);
}

static void expect_found(const char *header, const char *quote, const char *clauses, const char *expected)
{
    g_autofree char *found = found_in(header, quote, clauses);
    ck_assert_str_eq(found, expected);
}

#define HEADER "/* Returns a copy of TEXT.\n * It is never NULL. */"

START_TEST(an_open_sentence_is_named)
{
    expect_found(HEADER, NULL, "",
                 "a.h: no chaff breaks \"Returns a copy of TEXT.\"\na.h: no chaff breaks \"It is never NULL.\"\n");
    expect_found(HEADER, "a  copy\n of TEXT", "", "a.h: no chaff breaks \"It is never NULL.\"\n");
    expect_found(HEADER, "a copy of TEXT", "\"It is\": background\n", "");
}
END_TEST

START_TEST(a_quote_may_span_sentences)
{
    expect_found(HEADER, "copy of TEXT. It is never", "", "");
    expect_found(HEADER, "copy of TEXT. It is", "", "a.h: no chaff breaks \"It is never NULL.\"\n");
    expect_found("/* Always. It is true. */", "Always. It is true", "", "");
}
END_TEST

START_TEST(a_quote_is_in_the_header_once)
{
    expect_found("/* It is. */", "It is not", "\"It\": so\n", "wrong.patch: no header says \"It is not\"\n");
    expect_found("/* It is. */", "", "\"It\": so\n", "wrong.patch: no header says \"\"\n");
    expect_found("/* It is. */", "is it true?", "\"It\": so\n", "");
    expect_found("/* It is. And it is. */", "is.", "\"It\": so\n\"And\": so\n",
                 "wrong.patch: the header says \"is.\" 2 times: quote a word next to the place you mean\n");
}
END_TEST

START_TEST(an_entry_excuses_one_open_sentence)
{
    expect_found(HEADER, "a copy of TEXT", "# why\n\n\"Returns a\": an example\n\"It is\": so\n",
                 "clauses.txt: \"Returns a\" is superfluous: wrong.patch breaks it\n");
    expect_found("/* It is. */", NULL, "\"It is\": so\n\"It was\": so\n",
                 "clauses.txt: no sentence starts with \"It was\"\n");
    expect_found("/* It is. It was. */", "is. It was", "\"It\": so\n",
                 "clauses.txt: 2 sentences start with \"It\": quote more of the one you mean\n"
                 "a.h: no chaff breaks \"It is.\"\na.h: no chaff breaks \"It was.\"\n");
    expect_found("/* It is. It is. */", NULL, "\"It\": so\n", "");
    expect_found("/* It is. */", "It is", "\"It is\" so\n",
                 "clauses.txt, line 1: write \"first words of a sentence\": reason\n");
    expect_found("/* It is. */", "It is", "\"It is\": \n",
                 "clauses.txt, line 1: write \"first words of a sentence\": reason\n");
}
END_TEST

/* Makes a kit with one lab, whose chaff starts with HEAD, and returns what the check finds. */
static char *found_in_kit(const char *head, const char *clauses)
{
    const char *root = unit_kit("[lab]\ntitle = T\nfiles = a.c\n[test one]\ntitle = O\npoints = 100\n");
    struct job job = {.lab = UNIT_LAB};
    GString *findings = g_string_new(NULL);
    g_autofree char *patch = g_strconcat(head, "--- a.c\n+++ a.c\nBreaks: \"not this\"\n", NULL);
    unit_file(root, "labs/" UNIT_LAB "/a.h", "/* a.h - a contract. It holds. */");
    unit_file(root, "labs/" UNIT_LAB "/predictions.txt", "Question 1:\n  how many?\n");
    unit_file(root, "labs/shared.h", "/* All of it. */");
    unit_file(root, "grader/labs/" UNIT_LAB "/chaffs/wrong.patch", patch);
    unit_file(root, "grader/labs/" UNIT_LAB "/clauses.txt", clauses);
    check_clauses(&job, findings);
    return g_string_free(findings, FALSE);
}

START_TEST(a_labs_own_files_are_read)
{
    ck_assert_str_eq(found_in_kit("What: W\nBreaks: \"It holds\"\nFails: one\n", ""), "");
    ck_assert_str_eq(found_in_kit("What: W\nBreaks: \"1: how many\"\nFails: one\n", "\"It\": so\n"), "");
    ck_assert_str_eq(found_in_kit("What: W\nBreaks: \"It holds\"\nFails: one\n", "header: shared.h\n"),
                     "shared.h: no chaff breaks \"All of it.\"\n");
    ck_assert_str_eq(found_in_kit("What: W\nBreaks: \"It holds\"\nFails: one\n", "header: lost.h\n"),
                     "clauses.txt: there is no header lost.h\n");
}
END_TEST

START_TEST(a_chaff_without_a_quote_is_refused)
{
    static const char sentence[] = "wrong.patch has no line 'Breaks: \"words of the header\"'\n";
    ck_assert_str_eq(found_in_kit("What: W\nFails: one\n", "\"It\": so\n"), sentence);
    ck_assert_str_eq(found_in_kit("What: W\nBreaks: It holds\nFails: one\n", "\"It\": so\n"), sentence);
}
END_TEST

START_TEST(the_whole_check_counts_labs)
{
    GPtrArray *labs = g_ptr_array_new();
    g_ptr_array_add(labs, (char *)(uintptr_t)UNIT_LAB);
    found_in_kit("What: W\nBreaks: \"It holds\"\nFails: one\n", "");
    ck_assert_int_eq(selfcheck(labs, CHECK_CLAUSES, 0), 0);
    found_in_kit("What: W\nBreaks: \"It holds not\"\nFails: one\n", "");
    ck_assert_int_eq(selfcheck(labs, CHECK_CLAUSES, 0), 1);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, comments_are_cut_into_sentences);
    tcase_add_test(tcase, items_are_sentences);
    tcase_add_test(tcase, titles_headings_and_pictures_are_none);
    tcase_add_test(tcase, an_open_sentence_is_named);
    tcase_add_test(tcase, a_quote_may_span_sentences);
    tcase_add_test(tcase, a_quote_is_in_the_header_once);
    tcase_add_test(tcase, an_entry_excuses_one_open_sentence);
    tcase_add_test(tcase, a_labs_own_files_are_read);
    tcase_add_test(tcase, a_chaff_without_a_quote_is_refused);
    tcase_add_test(tcase, the_whole_check_counts_labs);
}
