// SPDX-License-Identifier: MIT
/*
 * scoreboard.c - unit tests of report/scoreboard.c: the result for people, on every kind of terminal.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char ini[] =
    "[lab]\ntitle = A title of the lab\nfiles = a.c\n"
    "[test passes]\ntitle = the first thing works as it should, in every case that one can think of, and then some "
    "more\n"
    "points = 40\nhint = H\n"
    "[test breaks]\ntitle = the second thing works\npoints = 40\n"
    "question = A question that is long enough to need more than one line on most of the terminals there are?\n"
    "hint = H\nhandout = section\n"
    "[test secret]\ntitle = the third\npoints = 20\nvisibility = hidden\nhint = H\n";

/* A verdict with something in each of its texts. */
static json_t *broken(const char *name)
{
    json_t *verdict = unit_verdict(name, "failed");
    json_t *cells = json_pack("[{s:s, s:i, s:b, s:s}]", "kind", "damaged", "bytes", 16, "marked", 1, "note", "b");
    json_object_set_new(verdict, "message",
                        json_string("the call should give a block, so that the program can go on and "
                                    "write something into it"));
    json_object_set_new(verdict, "expected", json_string("a pointer"));
    json_object_set_new(verdict, "found", json_string("NULL"));
    json_object_set_new(verdict, "where", json_string("in make, a.c:12"));
    json_object_set_new(verdict, "story", json_pack("[s, s]", "void *a = make(1);", "make(2);"));
    json_object_set_new(verdict, "after", json_pack("{s:o, s:i}", "cells", cells, "left_out", 0));
    json_object_set_new(verdict, "output", json_string("hello\nthere\n"));
    return verdict;
}

static json_t *result(json_t *second, const char *third)
{
    return unit_score(unit_submission(unit_rubric(ini)),
                      json_pack("[o, o, o]", unit_verdict("passes", "passed"), second, unit_verdict("secret", third)));
}

/* The report of a submission that breaks the second test. */
static char *broken_report(int width, bool unicode, bool colour)
{
    terminal = (struct terminal){.width = width, .unicode = unicode, .colour = colour};
    return report("terminal", unit_document(result(broken("breaks"), "passed")));
}

static char *report_with_output(const char *output)
{
    json_t *verdict = broken("breaks");
    json_object_set_new(verdict, "output", json_string(output));
    terminal = (struct terminal){.width = 80, .unicode = true};
    return report("terminal", unit_document(result(verdict, "passed")));
}

/* --- width --- */

static void must_fit(const char *text, int width)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (!strstr(lines[i], "make -C") && !strstr(lines[i], ".md#")) /* commands and paths are never broken */
            ck_assert_msg(g_utf8_strlen(lines[i], -1) <= width, "wider than %d: %s", width, lines[i]);
}

START_TEST(lines_keep_to_the_width)
{
    static const int widths[] = {40, 41, 79, 80, 120};
    for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
        g_autofree char *text = broken_report(widths[i], true, false);
        must_fit(text, widths[i]);
        ck_assert_has(text, "Look at this first: breaks");
    }
}
END_TEST

START_TEST(narrow_terminals_lose_no_words)
{
    g_autofree char *wide = broken_report(120, true, false);
    g_autofree char *narrow = broken_report(40, true, false);
    ck_assert_has(wide, "A question that is long enough to need more than one line");
    ck_assert_has(narrow, "think     A question that is long\n");
    ck_assert_has(narrow, "\n                terminals there are?\n");
}
END_TEST

START_TEST(long_titles_are_cut_on_the_board)
{
    g_autofree char *text = broken_report(60, true, false);
    ck_assert_has(text, "pass    40/40  the first thing works as it should, in e...\n");
}
END_TEST

/* --- alphabets and colours --- */

START_TEST(ascii_terminals_get_ascii)
{
    g_autofree char *text = broken_report(80, false, false);
    ck_assert(g_str_is_ascii(text));
    ck_assert_has(text, "[############........]  60 / 100 points");
    ck_assert_has(text, "heap      [>!! b 16<]");
}
END_TEST

START_TEST(unicode_terminals_get_blocks)
{
    g_autofree char *text = broken_report(80, true, false);
    ck_assert_has(text, "[████████████░░░░░░░░]  60 / 100 points");
    ck_assert_has(text, "heap      [>✗ b 16<]");
}
END_TEST

START_TEST(colours_only_where_wanted)
{
    g_autofree char *plain = broken_report(80, true, false);
    g_autofree char *painted = broken_report(80, true, true);
    ck_assert_lacks(plain, "\033");
    ck_assert_has(painted, "\033[31mFAIL\033[0m");
    g_autoptr(GRegex) codes = g_regex_new("\033\\[[0-9]+m", 0, 0, NULL);
    g_autofree char *stripped = g_regex_replace_literal(codes, painted, -1, 0, "", 0, NULL);
    ck_assert_str_eq(stripped, plain);
}
END_TEST

/* --- the story --- */

START_TEST(the_first_trouble_is_told)
{
    g_autofree char *text = broken_report(100, false, false);
    ck_assert_has(text, "        void *a = make(1);\n        make(2);\n");
    ck_assert_has(text, "expected  a pointer\n");
    ck_assert_has(text, "found     NULL\n");
    ck_assert_has(text, "where     in make, a.c:12\n");
    ck_assert_has(text, "printed   hello\n                there\n");
    ck_assert_has(text, "read      handouts/01-unit.md#section\n");
    ck_assert_has(text, "next      make -C labs/01-unit gdb TEST=breaks\n");
}
END_TEST

START_TEST(a_hidden_test_gives_nothing_away)
{
    json_t *verdicts =
        json_pack("[o, o, o]", unit_verdict("passes", "passed"), unit_verdict("breaks", "passed"), broken("secret"));
    terminal = (struct terminal){.width = 80};
    g_autofree char *text = report("terminal", unit_document(unit_score(unit_submission(unit_rubric(ini)), verdicts)));
    ck_assert_has(text, "Look at this first: a hidden test");
    ck_assert_has(text, "0/20  a hidden test");
    static const char *const secrets[] = {"secret", "the third", "make(2)", "expected", "a.c:12", "hello"};
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++)
        ck_assert_lacks(text, secrets[i]);
}
END_TEST

START_TEST(full_marks_tell_no_story)
{
    g_autofree char *text = report("terminal", unit_document(result(unit_verdict("breaks", "passed"), "passed")));
    ck_assert_has(text, "100 / 100 points");
    ck_assert_lacks(text, "Look at this first");
}
END_TEST

START_TEST(a_long_story_shows_its_end)
{
    json_t *verdict = broken("breaks");
    json_t *story = json_array();
    for (int i = 0; i < 30; i++)
        json_array_append_new(story, json_sprintf("call(%d);", i));
    json_object_set_new(verdict, "story", story);
    g_autofree char *text = report("terminal", unit_document(result(verdict, "passed")));
    ck_assert_has(text, "/* ... 16 earlier lines ... */\n        call(16);\n");
    ck_assert_has(text, "call(29);\n");
    ck_assert_lacks(text, "call(15);");
}
END_TEST

/* --- what the student's code printed --- */

START_TEST(printed_blanks_are_survived)
{
    g_autofree char *blanks = report_with_output("   \n \n");
    ck_assert_has(blanks, "found     NULL\n");
    g_autofree char *later = report_with_output("\n\nlate\n");
    ck_assert_has(later, "printed   late\n");
    g_autofree char *after_blanks = report_with_output("   \nlate\n");
    ck_assert_has(after_blanks, "printed   late\n");
}
END_TEST

START_TEST(long_printed_lines_are_cut_between_characters)
{
    GString *output = g_string_new("x");
    for (int i = 0; i < 200; i++)
        g_string_append(output, "é");
    g_autofree char *text = report_with_output(output->str);
    ck_assert(g_utf8_validate(text, -1, NULL));
    must_fit(text, 80);
    ck_assert_has(text, "printed   xéééé");
}
END_TEST

START_TEST(an_ascii_terminal_gets_ascii)
{
    json_t *verdict = broken("breaks");
    json_object_set_new(verdict, "output", json_string("\xe2\x80\x98x\xe2\x80\x99 \xc3\xa9 \xe2\x98\xba\n"));
    terminal = (struct terminal){.width = 80};
    g_autofree char *text = report("terminal", unit_document(result(verdict, "passed")));
    ck_assert(g_str_is_ascii(text));
    ck_assert_has(text, "printed   'x' e ?\n");
}
END_TEST

START_TEST(much_output_is_cut)
{
    g_autofree char *text = report_with_output("1\n2\n3\n4\n5\n6\n7\n8\n");
    ck_assert_has(text, "                6\n");
    ck_assert_lacks(text, "                7\n");
}
END_TEST

/* --- code that could not be built --- */

START_TEST(an_untouched_lab_says_where_to_start)
{
    json_t *none = json_pack("[o]", unit_verdict("breaks", "failed"));
    terminal = (struct terminal){.width = 120};
    g_autofree char *text = report("terminal", unit_document(unit_score(unit_submission(unit_rubric(ini)), none)));
    ck_assert_has(text, "Where to start: read handouts/01-unit.md, then open labs/01-unit");
}
END_TEST

START_TEST(a_build_that_failed_is_told)
{
    json_t *failed = unit_score(unit_submission(unit_rubric(ini)), NULL);
    json_t *built = json_pack("{s:b, s:s, s:s}", "ok", 0, "problem", "your code does not compile: a.c:1: error: x",
                              "diagnostics", "a.c:1: error: x\n  int\n  ^\n");
    json_object_set_new(failed, "build", built);
    terminal = (struct terminal){.width = 80};
    g_autofree char *text = report("terminal", unit_document(failed));
    ck_assert_has(text, "  Nothing could be run: your code does not compile: a.c:1: error: x.\n");
    ck_assert_has(text, "  The compiler says:\n      a.c:1: error: x\n        int\n        ^\n");
    ck_assert_lacks(text, "Look at this first");
}
END_TEST

START_TEST(unreached_lines_are_told_with_their_files)
{
    json_t *lab =
        json_pack("{s:{s:{s:f}, s:{s:f}, s:[{s:s, s:i}, {s:s, s:i}, {s:s, s:i}], s:[{s:s, s:i}]}}", "coverage", "lines",
                  "percent", 90.0, "branches", "percent", 75.0, "unreached", "file", "a.c", "line", 3, "file", "a.c",
                  "line", 4, "file", "b.c", "line", 5, "untaken", "file", "b.c", "line", 7);
    g_autofree char *sentence = coverage_sentence(lab);
    ck_assert_str_eq(sentence, "The tests reached 90.0% of your lines and 75.0% of your branches; lines not reached: "
                               "a.c 3-4, b.c 5; lines with a branch never taken: b.c 7.");
}
END_TEST

START_TEST(several_labs_are_summed_up)
{
    json_t *document = grade_document("unit", json_pack("[o, o]", result(unit_verdict("breaks", "passed"), "passed"),
                                                        result(broken("breaks"), "failed")));
    terminal = (struct terminal){.width = 80};
    g_autofree char *text = report("terminal", document);
    ck_assert_has(
        text, "All labs\n  [####################] 100 / 100  01-unit\n  [########............]  40 / 100  01-unit\n");
}
END_TEST

/* --- looking at the terminal --- */

/* Makes stdout a pseudo-terminal of COLUMNS columns (0: unknown). */
static void on_terminal(unsigned short columns)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    ck_assert(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    const struct winsize size = {.ws_row = 24, .ws_col = columns};
    ck_assert(slave >= 0 && ioctl(slave, TIOCSWINSZ, &size) == 0);
    ck_assert_int_eq(dup2(slave, STDOUT_FILENO), STDOUT_FILENO);
}

static void on_file(void)
{
    int file = open("/dev/null", O_WRONLY);
    ck_assert_int_eq(dup2(file, STDOUT_FILENO), STDOUT_FILENO);
}

static void variable(const char *name, const char *value)
{
    if (value)
        g_setenv(name, value, TRUE);
    else
        g_unsetenv(name);
}

static void environment(const char *no_color, const char *columns, const char *locale)
{
    variable("NO_COLOR", no_color);
    variable("COLUMNS", columns);
    variable("LC_ALL", locale);
}

START_TEST(a_terminal_gets_colour_unless_told_otherwise)
{
    on_terminal(80);
    environment(NULL, NULL, "C.UTF-8");
    terminal_detect();
    ck_assert(terminal.colour);
    environment("1", NULL, "C.UTF-8");
    terminal_detect();
    ck_assert(!terminal.colour);
    environment("", NULL, "C.UTF-8"); /* no-color.org: only if not empty */
    terminal_detect();
    ck_assert(terminal.colour);
}
END_TEST

START_TEST(a_file_gets_no_colour)
{
    on_file();
    environment(NULL, NULL, "C.UTF-8");
    terminal_detect();
    ck_assert(!terminal.colour);
    ck_assert_int_eq(terminal.width, 80);
}
END_TEST

START_TEST(the_width_is_the_terminals_within_reason)
{
    static const struct {
        unsigned short columns;
        int width;
    } cases[] = {{80, 80}, {40, 40}, {10, 40}, {200, 120}, {0, 80}};
    environment(NULL, NULL, "C.UTF-8");
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        on_terminal(cases[i].columns);
        terminal.width = 80;
        terminal_detect();
        ck_assert_int_eq(terminal.width, cases[i].width);
    }
}
END_TEST

START_TEST(columns_count_where_there_is_no_terminal)
{
    static const struct {
        const char *columns;
        int width;
    } cases[] = {{"100", 100}, {"20", 40},   {"1000", 120}, {"99999999999999999999", 120},
                 {"", 80},     {"wide", 80}, {"-5", 80}};
    on_file();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        environment(NULL, cases[i].columns, "C.UTF-8");
        terminal.width = 80;
        terminal_detect();
        ck_assert_int_eq(terminal.width, cases[i].width);
    }
}
END_TEST

START_TEST(the_alphabet_is_the_locales)
{
    on_file();
    environment(NULL, NULL, "C.UTF-8");
    terminal_detect();
    ck_assert(terminal.unicode);
    environment(NULL, NULL, "C");
    terminal_detect();
    ck_assert(!terminal.unicode);
}
END_TEST

static void add_detection(TCase *tcase)
{
    tcase_add_test(tcase, a_terminal_gets_colour_unless_told_otherwise);
    tcase_add_test(tcase, a_file_gets_no_colour);
    tcase_add_test(tcase, the_width_is_the_terminals_within_reason);
    tcase_add_test(tcase, columns_count_where_there_is_no_terminal);
    tcase_add_test(tcase, the_alphabet_is_the_locales);
}

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, lines_keep_to_the_width);
    tcase_add_test(tcase, narrow_terminals_lose_no_words);
    tcase_add_test(tcase, long_titles_are_cut_on_the_board);
    tcase_add_test(tcase, ascii_terminals_get_ascii);
    tcase_add_test(tcase, unicode_terminals_get_blocks);
    tcase_add_test(tcase, colours_only_where_wanted);
    tcase_add_test(tcase, the_first_trouble_is_told);
    tcase_add_test(tcase, a_hidden_test_gives_nothing_away);
    tcase_add_test(tcase, full_marks_tell_no_story);
    tcase_add_test(tcase, a_long_story_shows_its_end);
    tcase_add_test(tcase, printed_blanks_are_survived);
    tcase_add_test(tcase, long_printed_lines_are_cut_between_characters);
    tcase_add_test(tcase, an_ascii_terminal_gets_ascii);
    tcase_add_test(tcase, much_output_is_cut);
    tcase_add_test(tcase, an_untouched_lab_says_where_to_start);
    tcase_add_test(tcase, a_build_that_failed_is_told);
    tcase_add_test(tcase, unreached_lines_are_told_with_their_files);
    tcase_add_test(tcase, several_labs_are_summed_up);
    add_detection(tcase);
}
