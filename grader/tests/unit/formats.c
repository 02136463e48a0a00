// SPDX-License-Identifier: MIT
/*
 * formats.c - unit tests of report/report.c, json.c, tap.c and junit.c: results for other programs.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

#include <string.h>

static const char ini[] = "[lab]\ntitle = T & T\nfiles = a.c\n"
                          "[test good]\ntitle = It works # 1\npoints = 40\nhint = H\n"
                          "[test bad]\ntitle = It <breaks>\npoints = 30\nhint = H\n"
                          "[test late]\ntitle = It waits\npoints = 20\nhint = H\nneeds = bad\n"
                          "[test secret]\ntitle = It hides\npoints = 10\nhint = H\nvisibility = hidden\n";

/* Markup, quotes, control bytes, line ends, and bytes that are not text. */
#define NASTY "<b a=\"1\">&'</b>]]>\n\t# TODO\033[31m\001\r\xEF\xBF\xBE"

static json_t *document(void)
{
    static const char *const keys[] = {"message", "expected", "found", "where", "output"};
    json_t *bad = unit_verdict("bad", "failed");
    json_t *secret = unit_verdict("secret", "crashed");
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_object_set_new(bad, keys[i], json_string(NASTY));
        json_object_set_new(secret, keys[i], json_string("classified"));
    }
    json_t *verdicts =
        json_pack("[o, o, o, o]", unit_verdict("good", "passed"), bad, unit_verdict("late", "passed"), secret);
    return unit_document(unit_score(unit_submission(unit_rubric(ini)), verdicts));
}

/* --- TAP --- */

START_TEST(tap_has_a_line_a_test_and_a_plan)
{
    g_autofree char *tap = report("tap", document());
    ck_assert(g_str_has_prefix(tap, "TAP version 13\n"));
    ck_assert_has(tap, "\nok 1 - 01-unit good: It works   1\n");
    ck_assert_has(tap, "\nnot ok 2 - 01-unit bad: It <breaks>\n");
    ck_assert_has(tap, "\nnot ok 3 - 01-unit late: It waits\n# not run: counts once bad passes\n");
    ck_assert(g_str_has_suffix(tap, "\n1..4\n"));
}
END_TEST

START_TEST(tap_lines_cannot_be_forged)
{
    json_t *bad = unit_verdict("bad", "failed");
    json_object_set_new(bad, "message", json_string("x\nok 2 - 01-unit bad\nBail out!\r1..1"));
    g_autofree char *tap =
        report("tap", unit_document(unit_score(unit_submission(unit_rubric(ini)), json_pack("[o]", bad))));
    g_auto(GStrv) lines = g_strsplit_set(tap, "\n\r", -1);
    int results = 0;
    for (guint i = 0; lines[i]; i++) {
        ck_assert(!g_str_has_prefix(lines[i], "ok"));
        ck_assert(!g_str_has_prefix(lines[i], "Bail"));
        results += g_str_has_prefix(lines[i], "not ok");
    }
    ck_assert_int_eq(results, 4);
    ck_assert_has(tap, "# failed: x ok 2 - 01-unit bad Bail out!");
}
END_TEST

START_TEST(tap_is_printable)
{
    g_autofree char *tap = report("tap", document());
    for (const char *at = tap; *at; at++)
        ck_assert(*at == '\n' || !g_ascii_iscntrl(*at));
    ck_assert_lacks(tap, "classified");
}
END_TEST

/* --- JUnit --- */

struct seen {
    int suites, cases, failures, skipped;
    char *message;
};

static void on_start(GMarkupParseContext *context, const char *element, const char **names, const char **values,
                     gpointer data, GError **error)
{
    struct seen *seen = data;
    (void)context;
    (void)error;
    seen->suites += strcmp(element, "testsuite") == 0;
    seen->cases += strcmp(element, "testcase") == 0;
    seen->failures += strcmp(element, "failure") == 0;
    seen->skipped += strcmp(element, "skipped") == 0;
    for (int i = 0; names[i]; i++)
        if (strcmp(element, "failure") == 0 && strcmp(names[i], "message") == 0 && !seen->message)
            seen->message = g_strdup(values[i]);
}

START_TEST(junit_says_what_happened)
{
    static const GMarkupParser parser = {.start_element = on_start};
    struct seen seen = {0};
    g_autofree char *xml = report("junit", document());
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, &seen, NULL);
    GError *error = NULL;
    ck_assert_msg(g_markup_parse_context_parse(context, xml, -1, &error), "%s", error ? error->message : "");
    ck_assert(g_markup_parse_context_end_parse(context, NULL));
    ck_assert_int_eq(seen.suites, 1);
    ck_assert_int_eq(seen.cases, 4);
    ck_assert_int_eq(seen.failures, 2);
    ck_assert_int_eq(seen.skipped, 1);
    ck_assert(g_str_has_prefix(seen.message, "<b a=\"1\">&'</b>]]>"));
    ck_assert_has(xml, "<testsuite name=\"01-unit\" tests=\"4\" failures=\"2\" errors=\"0\" skipped=\"1\">");
    ck_assert_has(xml, "time=\"0.001\"");
    ck_assert_lacks(xml, "classified");
}
END_TEST

START_TEST(junit_is_well_formed)
{
    g_autofree char *xml = report("junit", document());
    ck_assert(g_utf8_validate(xml, -1, NULL));
    for (const char *at = xml; *at; at++)
        ck_assert(*at == '\n' || *at == '\t' || !g_ascii_iscntrl(*at));
    ck_assert_lacks(xml, "&#x1");
    ck_assert_lacks(xml, "\xEF\xBF\xBE");
    g_autofree char *xmllint = g_find_program_in_path("xmllint");
    g_autofree char *path = unit_file(unit_folder(), "junit.xml", xml);
    const char *command[] = {xmllint, "--noout", path, NULL};
    int status = 0;
    if (xmllint)
        ck_assert(g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL, 0, NULL, NULL, NULL, NULL, &status, NULL));
    ck_assert(g_spawn_check_wait_status(status, NULL));
}
END_TEST

/* --- JSON, and the choice of a format --- */

START_TEST(json_is_the_document_itself)
{
    json_t *whole = document();
    g_autofree char *text = report("json", whole);
    json_t *read = json_loads(text, 0, NULL);
    ck_assert_ptr_nonnull(read);
    ck_assert(json_equal(read, whole));
    ck_assert_int_eq((int)json_integer_value(json_object_get(read, "schema")), RESULT_SCHEMA);
    ck_assert_int_eq((int)json_integer_value(json_object_get(read, "score")), 40);
    ck_assert_int_eq((int)json_integer_value(json_object_get(read, "max_score")), 100);
    ck_assert(g_str_has_suffix(text, "}\n"));
}
END_TEST

START_TEST(the_summary_says_what_comes_next)
{
    g_autofree char *failing = report("summary", document());
    ck_assert_has(failing, "type make to see what to look at first");
    const char *with_staff = "[lab]\ntitle = T\nfiles = a.c\n[test good]\ntitle = G\npoints = 40\nhint = H\n"
                             "[prediction 1]\ntitle = P\npoints = 60\nscored_by = staff\n";
    json_t *verdicts = json_pack("[o]", unit_verdict("good", "passed"));
    g_autofree char *passing =
        report("summary", unit_document(unit_score(unit_submission(unit_rubric(with_staff)), verdicts)));
    ck_assert_has(passing, "type make to see what the remaining points are for");
}
END_TEST

START_TEST(a_submission_may_have_any_name)
{
    g_autofree char *text = report("json", grade_document("caf\xe9\033[31m", json_array()));
    json_t *read = json_loads(text, 0, NULL);
    ck_assert_str_eq(unit_text(read, "submission"), "caf\xEF\xBF\xBD?[31m");
}
END_TEST

START_TEST(all_formats_are_named)
{
    g_auto(GStrv) names = g_strsplit(report_names(), ", ", -1);
    ck_assert_uint_ge(g_strv_length(names), 4);
    for (guint i = 0; names[i]; i++) {
        if (strcmp(names[i], "html") == 0)
            continue; /* its templates are not in this kit; journeys/pages.sh tests it */
        g_autofree char *text = report(names[i], document());
        ck_assert_str_ne(text, "");
    }
}
END_TEST

START_TEST(an_unknown_format_ends_the_program)
{
    report("xlsx", document());
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, tap_has_a_line_a_test_and_a_plan);
    tcase_add_test(tcase, tap_lines_cannot_be_forged);
    tcase_add_test(tcase, tap_is_printable);
    tcase_add_test(tcase, junit_says_what_happened);
    tcase_add_test(tcase, junit_is_well_formed);
    tcase_add_test(tcase, json_is_the_document_itself);
    tcase_add_test(tcase, the_summary_says_what_comes_next);
    tcase_add_test(tcase, a_submission_may_have_any_name);
    tcase_add_test(tcase, all_formats_are_named);
    tcase_add_exit_test(tcase, an_unknown_format_ends_the_program, EXIT_UNUSABLE);
}
