// SPDX-License-Identifier: MIT
/*
 * files.c - unit tests of kit/files.c: text that is safe to print, files that are never half written.
 */
#include "tests/unit/support/program.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void cleaned(const char *bytes, const char *expected)
{
    g_autofree char *clean = text_clean(bytes, SIZE_MAX);
    ck_assert_str_eq(clean, expected);
}

START_TEST(ordinary_text_stays)
{
    cleaned("", "");
    cleaned("plain\ttext\n", "plain\ttext\n");
    cleaned("gr\xC3\xBC\xC3\x9F"
            "e \xE2\x9C\x97 \xF0\x9F\x98\x80",
            "gr\xC3\xBC\xC3\x9F"
            "e \xE2\x9C\x97 \xF0\x9F\x98\x80");
}
END_TEST

START_TEST(control_characters_become_question_marks)
{
    cleaned("a\033[31mb", "a?[31mb");
    cleaned("\001\002\a\b\v\f\177", "???????");
    cleaned("\xC2\x80\xC2\x9B", "??"); /* control characters above ASCII: the second starts an escape sequence, too */
}
END_TEST

START_TEST(carriage_returns_go)
{
    cleaned("a\r\nb\r", "a\nb");
}
END_TEST

START_TEST(what_is_no_utf8_is_replaced)
{
    cleaned("a\xff"
            "b",
            "a\xEF\xBF\xBD"
            "b");
    cleaned("cut \xE2\x9C", "cut \xEF\xBF\xBD\xEF\xBF\xBD");
    cleaned("\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"); /* a surrogate */
    cleaned("\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD");                 /* a slash, overlong */
}
END_TEST

START_TEST(marks_that_mislead_become_question_marks)
{
    cleaned("a\xE2\x80\xAE"
            "b\xE2\x81\xA6"
            "c\xD8\x9C"
            "d\xE2\x80\x8B"
            "e\xEF\xBB\xBF"
            "f\xF3\xA0\x81\x81",
            "a?b?c?d?e?f?");
    cleaned("\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7",
            "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xA7"); /* joined */
}
END_TEST

START_TEST(characters_that_xml_forbids_become_question_marks)
{
    cleaned("a\xEF\xBF\xBE"
            "b\xEF\xBF\xBF",
            "a?b?");
}
END_TEST

START_TEST(every_byte_gives_valid_text)
{
    for (int first = 1; first < 256; first++)
        for (int second = 1; second < 256; second++) {
            const char bytes[] = {(char)first, (char)second, 'x', '\0'};
            g_autofree char *clean = text_clean(bytes, sizeof bytes);
            ck_assert(g_utf8_validate(clean, -1, NULL));
            for (const char *at = clean; *at; at = g_utf8_next_char(at))
                ck_assert(*at == '\n' || *at == '\t' || !g_unichar_iscntrl(g_utf8_get_char(at)));
        }
}
END_TEST

START_TEST(no_more_than_n_bytes_are_read)
{
    g_autofree char *clean = text_clean("abcdef", 3);
    ck_assert_str_eq(clean, "abc");
    const char unterminated[] = {'a', 'b'};
    g_autofree char *both = text_clean(unterminated, sizeof unterminated);
    ck_assert_str_eq(both, "ab");
    g_autofree char *none = text_clean(unterminated, 0);
    ck_assert_str_eq(none, "");
}
END_TEST

START_TEST(files_are_read_up_to_a_limit)
{
    char *folder = unit_folder();
    g_autofree char *path = unit_file(folder, "f", "0123456789");
    ck_assert_str_eq(files_read_text(path, 4), "0123");
    ck_assert_str_eq(files_read_text(path, 100), "0123456789");
    ck_assert_str_eq(files_read_text("/no/such/file", 100), "");
    ck_assert_str_eq(files_read_text(folder, 100), "");
}
END_TEST

START_TEST(links_and_pipes_are_not_read)
{
    char *folder = unit_folder();
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_autofree char *pipe = g_build_filename(folder, "pipe", NULL);
    ck_assert_int_eq(symlink("/etc/passwd", link), 0);
    ck_assert_int_eq(mkfifo(pipe, 0644), 0);
    ck_assert_str_eq(files_read_text(link, 100), "");
    ck_assert_str_eq(files_read_text(pipe, 100), "");
}
END_TEST

START_TEST(files_are_written_whole)
{
    char *folder = unit_folder();
    g_autofree char *path = unit_file(folder, "f", "a longer text that was there before");
    files_write(path, "new");
    ck_assert_str_eq(files_read_text(path, 100), "new");
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    ck_assert_str_eq(g_dir_read_name(dir), "f");
    ck_assert_ptr_null(g_dir_read_name(dir)); /* no temporary file is left */
}
END_TEST

START_TEST(a_file_that_cannot_be_written_ends_the_program)
{
    files_write("/no/such/folder/f", "text");
}
END_TEST

START_TEST(temporary_folders_go_with_the_program)
{
    char *marker = unit_folder(); /* this process's folder; it stays until the process ends */
    pid_t child = fork();
    if (child == 0) {
        files_after_fork();
        char *made = files_make_temporary();
        unit_file(made, "sub/f", "text");
        unit_file(marker, "name", made);
        exit(EXIT_SUCCESS);
    }
    waitpid(child, NULL, 0);
    g_autofree char *name = g_build_filename(marker, "name", NULL);
    char *made = files_read_text(name, 1000);
    ck_assert_has(made, "heaplab-");
    ck_assert(!g_file_test(made, G_FILE_TEST_EXISTS));
    ck_assert(g_file_test(marker, G_FILE_TEST_IS_DIR));
}
END_TEST

START_TEST(a_removed_tree_takes_nothing_along)
{
    char *outside = unit_folder();
    char *tree = unit_folder();
    unit_file(outside, "kept", "text");
    g_autofree char *link = g_build_filename(tree, "link", NULL);
    ck_assert_int_eq(symlink(outside, link), 0);
    unit_file(tree, "a/b/c", "text");
    files_remove_tree(tree);
    ck_assert(!g_file_test(tree, G_FILE_TEST_EXISTS));
    g_autofree char *kept = g_build_filename(outside, "kept", NULL);
    ck_assert(g_file_test(kept, G_FILE_TEST_EXISTS));
}
END_TEST

/* In a child: a temporary folder with a file in a folder of its own, told to the parent through END; then SIGTERM. */
static _Noreturn void end_by_signal(int end)
{
    char *folder = files_make_temporary();
    g_autofree char *inner = g_build_filename(folder, "inner", NULL);
    g_autofree char *file = g_build_filename(inner, "file", NULL);
    mkdir(inner, 0700);
    g_file_set_contents(file, "x", 1, NULL);
    if (write(end, folder, strlen(folder)) != (ssize_t)strlen(folder))
        _exit(EXIT_FAILURE);
    raise(SIGTERM);
    _exit(EXIT_FAILURE);
}

START_TEST(a_signal_removes_temporary_folders)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0)
        end_by_signal(ends[1]);
    int status = 0;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    char folder[PATH_MAX] = "";
    ck_assert_int_gt(read(ends[0], folder, sizeof folder - 1), 0);
    ck_assert(!g_file_test(folder, G_FILE_TEST_EXISTS));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, ordinary_text_stays);
    tcase_add_test(tcase, control_characters_become_question_marks);
    tcase_add_test(tcase, carriage_returns_go);
    tcase_add_test(tcase, what_is_no_utf8_is_replaced);
    tcase_add_test(tcase, marks_that_mislead_become_question_marks);
    tcase_add_test(tcase, characters_that_xml_forbids_become_question_marks);
    tcase_add_test(tcase, every_byte_gives_valid_text);
    tcase_add_test(tcase, no_more_than_n_bytes_are_read);
    tcase_add_test(tcase, files_are_read_up_to_a_limit);
    tcase_add_test(tcase, links_and_pipes_are_not_read);
    tcase_add_test(tcase, files_are_written_whole);
    tcase_add_exit_test(tcase, a_file_that_cannot_be_written_ends_the_program, EXIT_UNUSABLE);
    tcase_add_test(tcase, temporary_folders_go_with_the_program);
    tcase_add_test(tcase, a_removed_tree_takes_nothing_along);
    tcase_add_test(tcase, a_signal_removes_temporary_folders);
}
