// SPDX-License-Identifier: MIT
/*
 * memcheck.c - unit tests of grade/memcheck.c: valgrind's XML, translated for students.
 */
#include "tests/unit/support/program.h"

static const char *const files[] = {"note.c", "predictions.txt", NULL};
static const struct rubric rubric = {.lab = UNIT_LAB, .files = (GStrv)(uintptr_t)files};

#define HEAD                                                                                                           \
    "<?xml version=\"1.0\"?>\n<valgrindoutput>\n<protocolversion>4</protocolversion>\n<protocoltool>memcheck"          \
    "</protocoltool>\n<preamble><line>text</line></preamble>\n<args><vargv><exe>memcheck</exe></vargv></args>\n"
#define FRAME(fn, file, line)                                                                                          \
    "<frame><ip>0x1</ip><obj>/subject</obj><fn>" fn "</fn><dir>/w</dir><file>" file "</file><line>" line               \
    "</line></frame>"
#define OF_C_LIBRARY "<frame><ip>0x2</ip><obj>/usr/lib/x86_64-linux-gnu/libc.so.6</obj><fn>memcpy</fn></frame>"
#define ERROR(kind, what, rest)                                                                                        \
    "<error><unique>0x0</unique><kind>" kind "</kind><what>" what "</what>" rest "</error>\n"
#define STACK(frames) "<stack>" frames "</stack>"

/* The verdict on a test with STATUS and this XML (NULL: there is none). */
static json_t *verdict_after(const char *status, const char *xml)
{
    struct submission *submission = unit_submission(&rubric);
    if (xml)
        unit_file(submission->work, "evidence/t.xml", xml);
    json_t *verdicts = json_pack("[o]", unit_verdict("t", status));
    memcheck(submission, "evidence", verdicts);
    return json_array_get(verdicts, 0);
}

static const char *message_after(const char *xml)
{
    json_t *verdict = verdict_after("passed", xml);
    ck_assert_str_eq(unit_text(verdict, "status"), "failed");
    return unit_text(verdict, "message");
}

START_TEST(an_error_of_the_students_fails_the_test)
{
    json_t *verdict = verdict_after("passed", HEAD ERROR("UninitCondition", "Conditional jump depends on x",
                                                         STACK(OF_C_LIBRARY FRAME("note_new", "note.c", "12")
                                                                   FRAME("main", "note.c", "99"))) "</valgrindoutput>");
    ck_assert_str_eq(unit_text(verdict, "status"), "failed");
    ck_assert_str_eq(unit_text(verdict, "message"),
                     "memcheck saw a decision depended on memory that was never written, in note_new, note.c:12");
    ck_assert_str_eq(unit_text(verdict, "where"), "in note_new, note.c:12");
    ck_assert_str_eq(unit_text(verdict, "expected"), "no report from memcheck");
    ck_assert_str_eq(unit_text(verdict, "found"), "Conditional jump depends on x");
}
END_TEST

START_TEST(no_error_changes_nothing)
{
    static const char *const harmless[] = {HEAD "</valgrindoutput>", HEAD, "", "not XML at all", "<a><b></a>", NULL};
    for (size_t i = 0; i < G_N_ELEMENTS(harmless); i++)
        ck_assert_str_eq(unit_text(verdict_after("passed", harmless[i]), "status"), "passed");
}
END_TEST

START_TEST(errors_of_the_librarys_own_change_nothing)
{
    static const char xml[] = HEAD ERROR("InvalidRead", "Invalid read", STACK(OF_C_LIBRARY OF_C_LIBRARY));
    ck_assert_str_eq(unit_text(verdict_after("passed", xml), "status"), "passed");
}
END_TEST

/* A #line directive can name any file, and attributes can remove the line: the address tells whose code it is. */
START_TEST(errors_count_whatever_file_is_named)
{
    static const char of_other_file[] =
        HEAD ERROR("InvalidRead", "Invalid read", STACK(OF_C_LIBRARY FRAME("f", "kit.c", "3")));
    static const char of_no_line[] =
        HEAD ERROR("InvalidRead", "Invalid read", STACK("<frame><obj>/subject</obj><fn>note_new</fn></frame>"));
    static const char of_nothing[] = HEAD ERROR("InvalidRead", "Invalid read", STACK("<frame><ip>0x7</ip></frame>"));
    ck_assert_str_eq(message_after(of_other_file),
                     "memcheck saw a read of memory that is not the program's to read, in f");
    ck_assert_str_eq(message_after(of_no_line),
                     "memcheck saw a read of memory that is not the program's to read, in note_new");
    ck_assert_str_eq(message_after(of_nothing),
                     "memcheck saw a read of memory that is not the program's to read, in your code");
}
END_TEST

START_TEST(a_test_that_failed_keeps_its_reason)
{
    static const char xml[] = HEAD ERROR("InvalidRead", "x", STACK(FRAME("f", "note.c", "3")));
    ck_assert_str_eq(unit_text(verdict_after("crashed", xml), "status"), "crashed");
    ck_assert_str_eq(unit_text(verdict_after("crashed", xml), "message"), "");
}
END_TEST

START_TEST(a_document_that_breaks_off_has_its_first_errors)
{
    static const char xml[] = HEAD ERROR("InvalidWrite", "Invalid write of size 4",
                                         STACK(FRAME("f", "note.c", "3"))) "<error><kind>InvalidRead</kind><what>Inva";
    ck_assert_str_eq(message_after(xml),
                     "memcheck saw a write to memory that is not the program's to write, in f, note.c:3");
}
END_TEST

/* All complete errors count, wherever the document ends; nothing breaks. */
START_TEST(a_document_may_break_off_anywhere)
{
    static const char xml[] =
        HEAD ERROR("InvalidRead", "x",
                   STACK(FRAME("f", "note.c", "3")) "<auxwhat>Address 0x1 is 0 bytes after</auxwhat>" STACK(
                       FRAME("g", "note.c", "4")));
    for (size_t n = 0; n <= strlen(xml); n++) {
        g_autofree char *part = g_strndup(xml, n);
        const char *status = unit_text(verdict_after("passed", part), "status");
        if (n == strlen(xml))
            ck_assert_str_eq(status, "failed");
        if (n < strlen(HEAD))
            ck_assert_str_eq(status, "passed");
    }
}
END_TEST

START_TEST(the_address_and_the_block_are_told)
{
    ck_assert_str_eq(message_after(HEAD ERROR(
                         "InvalidRead", "Invalid read of size 1",
                         STACK(FRAME("sum", "note.c", "3")) "<auxwhat>Address 0x4a is 0 bytes after a block of size "
                                                            "12 alloc'd</auxwhat>" STACK(
                                                                OF_C_LIBRARY FRAME("make", "note.c", "7")))),
                     "memcheck saw a read of memory that is not the program's to read, in sum, note.c:3: the address "
                     "is 0 bytes after a "
                     "block of size 12 alloc'd; the block came from make, note.c:7");
}
END_TEST

START_TEST(a_freed_block_is_told_with_where_it_came_from)
{
    const char *message = message_after(HEAD ERROR(
        "InvalidRead", "x",
        STACK(FRAME("use", "note.c",
                    "30")) "<auxwhat>Address 0x4a is 0 bytes inside a block of size 8 "
                           "free'd</auxwhat>" STACK(FRAME(
                               "drop", "note.c",
                               "20")) "<auxwhat>Block was alloc'd at</auxwhat>" STACK(FRAME("make", "note.c", "10"))));
    ck_assert_has(message, "in use, note.c:30: the address is 0 bytes inside a block of size 8 free'd");
    ck_assert_has(message, "; the block came from make, note.c:10");
}
END_TEST

START_TEST(further_reports_are_counted)
{
#define ONE ERROR("UninitValue", "x", STACK(FRAME("f", "note.c", "3")))
    ck_assert_has(message_after(HEAD ONE ONE), " (and 1 more report)");
    ck_assert_has(message_after(HEAD ONE ONE ONE ERROR("UninitValue", "x", STACK(OF_C_LIBRARY))),
                  " (and 2 more reports)");
}
END_TEST

START_TEST(kinds_that_are_not_known_are_quoted)
{
    ck_assert_str_eq(
        message_after(HEAD ERROR("Overlap", "Source and destination overlap", STACK(FRAME("f", "note.c", "3")))),
        "memcheck saw Source and destination overlap, in f, note.c:3");
    ck_assert_str_eq(message_after(HEAD "<error><kind>SyscallParam</kind><xwhat><text>Syscall param write(buf)</text>"
                                        "</xwhat>" STACK(FRAME("f", "note.c", "3")) "</error>"),
                     "memcheck saw memory that was never written was printed, in f, note.c:3");
    ck_assert_str_eq(message_after(HEAD "<error>" STACK(FRAME("f", "note.c", "3")) "</error>"),
                     "memcheck saw an error, in f, note.c:3");
}
END_TEST

START_TEST(many_stacks_are_survived)
{
    GString *xml = g_string_new(HEAD "<error><kind>InvalidRead</kind>");
    for (int i = 0; i < 1000; i++)
        g_string_append(xml, STACK(FRAME("f", "note.c", "3")));
    g_string_append(xml, "</error>");
    ck_assert_has(message_after(xml->str), "in f, note.c:3");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, an_error_of_the_students_fails_the_test);
    tcase_add_test(tcase, no_error_changes_nothing);
    tcase_add_test(tcase, errors_of_the_librarys_own_change_nothing);
    tcase_add_test(tcase, errors_count_whatever_file_is_named);
    tcase_add_test(tcase, a_test_that_failed_keeps_its_reason);
    tcase_add_test(tcase, a_document_that_breaks_off_has_its_first_errors);
    tcase_add_test(tcase, a_document_may_break_off_anywhere);
    tcase_add_test(tcase, the_address_and_the_block_are_told);
    tcase_add_test(tcase, a_freed_block_is_told_with_where_it_came_from);
    tcase_add_test(tcase, further_reports_are_counted);
    tcase_add_test(tcase, kinds_that_are_not_known_are_quoted);
    tcase_add_test(tcase, many_stacks_are_survived);
}
