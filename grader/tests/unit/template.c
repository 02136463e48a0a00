// SPDX-License-Identifier: MIT
/*
 * template.c - unit tests of report/html/template.c: templates, filled from JSON.
 */
#include "class/pages/pages.h"
#include "tests/unit/support/program.h"

/* TEMPLATE filled from VIEW (JSON). */
static char *filled(const char *template, const char *view)
{
    const char *root = unit_kit("[lab]\ntitle = T\nfiles = a.c\n[test a]\ntitle = A\npoints = 100\nhint = H\n");
    unit_file(root, "grader/report/html/parts/page.html", template);
    unit_file(root, "grader/report/html/parts/part.html", "<{{name}}>");
    json_t *read = json_loads(view, 0, NULL);
    ck_assert_ptr_nonnull(read);
    return template_fill("page.html", read);
}

START_TEST(text_is_escaped)
{
    ck_assert_str_eq(filled("a {{name}} b", "{\"name\": \"<b class='x'>&\\\"\"}"),
                     "a &lt;b class=&apos;x&apos;&gt;&amp;&quot; b");
    ck_assert_str_eq(filled("{{{name}}}", "{\"name\": \"<b>\"}"), "<b>");
}
END_TEST

START_TEST(numbers_are_written)
{
    ck_assert_str_eq(filled("{{a}} {{b}} {{c}}|", "{\"a\": -7, \"b\": 2.25, \"c\": null}"), "-7 2.2 |");
}
END_TEST

START_TEST(text_cannot_become_a_template)
{
    ck_assert_str_eq(filled("{{name}}", "{\"name\": \"{{secret}}\", \"secret\": \"s\"}"), "{{secret}}");
}
END_TEST

START_TEST(sections_repeat)
{
    ck_assert_str_eq(filled("{{#list}}[{{name}} {{outer}}]{{/list}}",
                            "{\"outer\": 1, \"list\": [{\"name\": \"a\"}, {\"name\": \"b\"}]}"),
                     "[a 1][b 1]");
    ck_assert_str_eq(filled("{{#list}}{{.}},{{/list}}", "{\"list\": [\"a\", \"b\"]}"), "a,b,");
}
END_TEST

START_TEST(nothing_is_no_section)
{
    static const char *const nothing[] = {"null", "false", "\"\"", "0", "[]"};
    for (size_t i = 0; i < G_N_ELEMENTS(nothing); i++) {
        g_autofree char *view = g_strdup_printf("{\"it\": %s}", nothing[i]);
        ck_assert_str_eq(filled("{{#it}}yes{{/it}}{{^it}}no{{/it}}", view), "no");
    }
    ck_assert_str_eq(filled("{{#it}}yes{{/it}}{{^it}}no{{/it}}", "{}"), "no");
}
END_TEST

START_TEST(sections_of_one_name_nest)
{
    ck_assert_str_eq(filled("{{#hint}}({{#hint}}{{hint}}{{/hint}}){{/hint}}!", "{\"hint\": {\"hint\": \"h\"}}"),
                     "(h)!");
    ck_assert_str_eq(filled("{{#hint}}({{#hint}}{{hint}}{{/hint}}){{/hint}}!", "{\"hint\": {\"hint\": null}}"), "()!");
}
END_TEST

START_TEST(a_part_sees_what_its_page_sees)
{
    ck_assert_str_eq(filled("{{#a}}{{>part.html}}{{/a}}", "{\"a\": [{\"name\": \"&\"}]}"), "<&amp;>");
}
END_TEST

START_TEST(a_tag_must_end)
{
    filled("{{name", "{}");
}
END_TEST

START_TEST(a_section_must_end)
{
    filled("{{#name}}", "{\"name\": 1}");
}
END_TEST

START_TEST(a_section_must_start)
{
    filled("{{/name}}", "{}");
}
END_TEST

START_TEST(a_part_must_be_there)
{
    filled("{{>missing.html}}", "{}");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, text_is_escaped);
    tcase_add_test(tcase, numbers_are_written);
    tcase_add_test(tcase, text_cannot_become_a_template);
    tcase_add_test(tcase, sections_repeat);
    tcase_add_test(tcase, nothing_is_no_section);
    tcase_add_test(tcase, sections_of_one_name_nest);
    tcase_add_test(tcase, a_part_sees_what_its_page_sees);
    tcase_add_exit_test(tcase, a_tag_must_end, EXIT_FAULT);
    tcase_add_exit_test(tcase, a_section_must_end, EXIT_FAULT);
    tcase_add_exit_test(tcase, a_section_must_start, EXIT_FAULT);
    tcase_add_exit_test(tcase, a_part_must_be_there, EXIT_FAULT);
}
