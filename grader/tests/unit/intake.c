// SPDX-License-Identifier: MIT
/*
 * intake.c - unit tests of grade/intake.c: everything that can be in the place of a file.
 */
#include "tests/unit/support/program.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char *const files[] = {"a.c", "b.c", "notes.txt", NULL};
static const struct rubric two_sources = {
    .lab = UNIT_LAB, .number = (char *)(uintptr_t) "01", .files = (GStrv)(uintptr_t)files};
static const char *const one_file[] = {"a.c", NULL};
static const struct rubric one_source = {
    .lab = UNIT_LAB, .number = (char *)(uintptr_t) "01", .files = (GStrv)(uintptr_t)one_file};

/* The contents of src/NAME after intake; NULL if there is no such file. */
static char *taken(const struct submission *submission, const char *name)
{
    g_autofree char *path = g_build_filename(submission->work, "src", name, NULL);
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

static const char *note(const struct submission *submission, guint i)
{
    ck_assert_uint_lt(i, submission->notes->len);
    return submission->notes->pdata[i];
}

/* Takes in FOLDER for the lab with the single source a.c. Returns the problem. */
static const char *problem_in(const char *folder)
{
    struct submission *submission = intake(&one_source, folder);
    ck_assert_ptr_null(taken(submission, "a.c"));
    ck_assert_ptr_nonnull(submission->problem);
    return submission->problem;
}

static char *path_in(const char *folder, const char *name)
{
    return g_build_filename(folder, name, NULL);
}

START_TEST(a_folder_with_all_files_is_taken)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "int a;\n");
    unit_file(from, "b.c", "int b;\n");
    unit_file(from, "notes.txt", "text\n");
    unit_file(from, "Makefile", "all:\n\trm -rf /\n");
    struct submission *submission = intake(&two_sources, from);
    ck_assert_ptr_null(submission->problem);
    ck_assert_uint_eq(submission->notes->len, 0);
    ck_assert_str_eq(taken(submission, "a.c"), "int a;\n");
    ck_assert_str_eq(taken(submission, "notes.txt"), "text\n");
    ck_assert_ptr_null(taken(submission, "Makefile"));
    char *work = g_strdup(submission->work);
    submission_free(submission);
    ck_assert(!g_file_test(work, G_FILE_TEST_EXISTS));
}
END_TEST

START_TEST(files_that_may_be_there_are_taken)
{
    static const char *const patterns[] = {"list.c", "*.h", "part*.c", NULL};
    const struct rubric rubric = {
        .lab = UNIT_LAB, .files = (GStrv)(uintptr_t)one_file, .also = (GStrv)(uintptr_t)patterns};
    char *from = unit_folder();
    unit_file(from, "a.c", "int a;\n");
    unit_file(from, "part one.c", "int one;\n");
    unit_file(from, "part2.c", "int two;\n");
    unit_file(from, "a.h", "/* a */\n");
    unit_file(from, "memlib.h", "/* not the kit's */\n");
    unit_file(from, "other.c", "int other;\n");
    struct submission *submission = intake(&rubric, from);
    ck_assert_ptr_null(submission->problem);
    ck_assert_str_eq(taken(submission, "part2.c"), "int two;\n");
    ck_assert_str_eq(taken(submission, "a.h"), "/* a */\n");
    ck_assert_ptr_null(taken(submission, "memlib.h"));
    ck_assert_ptr_null(taken(submission, "other.c"));
    g_auto(GStrv) sources = submission_sources(submission);
    g_autofree char *list = g_strjoinv(" ", sources);
    ck_assert_str_eq(list, "a.c part2.c");
    ck_assert_str_eq(note(submission, 0), "left out: other.c, part one.c (this lab takes a.c, list.c, *.h, part*.c)");
}
END_TEST

START_TEST(a_folder_of_labs_is_looked_into)
{
    char *from = unit_folder();
    unit_file(from, UNIT_LAB "/a.c", "the lab's\n");
    unit_file(from, "a.c", "another\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "the lab's\n");
}
END_TEST

START_TEST(a_single_file_may_have_any_name)
{
    char *file = unit_file(unit_folder(), "my solution (2).txt", "int a;\n");
    struct submission *submission = intake(&one_source, file);
    ck_assert_ptr_null(submission->problem);
    ck_assert_str_eq(taken(submission, "a.c"), "int a;\n");
    submission = intake(&two_sources, file);
    ck_assert_str_eq(submission->problem, "b.c is missing: only one file was handed in");
}
END_TEST

START_TEST(a_missing_file_is_told)
{
    char *from = unit_folder();
    ck_assert_str_eq(problem_in(from), "a.c is missing");
    unit_file(from, "demo.c", "int demo;\n");
    unit_file(from, "my_tests.c", "int tests;\n");
    ck_assert_str_eq(problem_in(from), "a.c is missing");
    unit_file(from, "work.docx", "x");
    ck_assert_str_eq(problem_in(from), "a.c is missing (there is work.docx; hand in the C file itself)");
    unit_file(from, "one.c", "int one;\n");
    unit_file(from, "two.c", "int two;\n");
    ck_assert_str_eq(problem_in(from), "a.c is missing (there is one.c, two.c; rename it if that is it)");
}
END_TEST

START_TEST(a_name_that_can_mean_one_file_only_is_taken)
{
    static const char *const names[] = {"A.c",   "A.C",         "a.c.txt",    "a (1).c",    "a-2.c",
                                        "a.cpp", "a.c.TXT.txt", "a - Copy.c", "solution.c", "x/A.C"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *from = unit_folder();
        unit_file(from, names[i], "int a;\n");
        unit_file(from, "demo.c", "int demo;\n");
        struct submission *submission = intake(&one_source, from);
        g_autofree char *expected = g_strdup_printf("%s was taken from %s", i < 9 ? "a.c" : "A.C", names[i]);
        ck_assert_ptr_null(submission->problem);
        ck_assert_str_eq(taken(submission, "a.c"), "int a;\n");
        ck_assert_str_eq(note(submission, 0), expected);
    }
}
END_TEST

START_TEST(a_name_that_can_mean_two_files_is_not_guessed)
{
    char *from = unit_folder();
    unit_file(from, "a (1).c", "int a;\n");
    unit_file(from, "a (2).c", "int a;\n");
    ck_assert_str_eq(problem_in(from), "a.c is missing (there is a (1).c, a (2).c; rename it if that is it)");
    char *two = unit_folder();
    unit_file(two, "solution.c", "int a;\n");
    ck_assert_str_eq(intake(&two_sources, two)->problem,
                     "a.c is missing (there is solution.c; rename it if that is it)");
}
END_TEST

START_TEST(the_labs_folder_is_found_at_any_depth)
{
    char *from = unit_folder();
    unit_file(from, "repo-main/labs/" UNIT_LAB "/a.c", "int a;\n");
    unit_file(from, "repo-main/labs/" UNIT_LAB "/b.c", "int b;\n");
    unit_file(from, "repo-main/labs/" UNIT_LAB "/notes.txt", "the lab's\n");
    unit_file(from, "repo-main/labs/02-other/notes.txt", "another's\n");
    unit_file(from, "repo-main/old/a.c", "int old;\n");
    struct submission *submission = intake(&two_sources, from);
    ck_assert_ptr_null(submission->problem);
    ck_assert_str_eq(taken(submission, "a.c"), "int a;\n");
    ck_assert_str_eq(taken(submission, "notes.txt"), "the lab's\n");
    ck_assert_uint_eq(submission->notes->len, 1);
    ck_assert_str_eq(note(submission, 0), "a.c was taken from repo-main/labs/" UNIT_LAB "/a.c");
}
END_TEST

START_TEST(tests_may_have_a_folder_of_their_own)
{
    char *from = unit_folder();
    unit_file(from, "main/src/a.c", "int a;\n");
    unit_file(from, "main/src/b.c", "int b;\n");
    unit_file(from, "main/lab-09/notes.txt", "another lab's\n");
    ck_assert_str_eq(note(intake(&two_sources, from), 1), "notes.txt is missing");
    unit_file(from, "main/text/Notes.txt", "mine\n");
    struct submission *submission = intake(&two_sources, from);
    ck_assert_str_eq(taken(submission, "notes.txt"), "mine\n");
    ck_assert_str_eq(note(submission, 1), "notes.txt was taken from main/text/Notes.txt");
    unit_file(from, "main/copy/notes.txt", "mine\n");
    ck_assert_str_eq(taken(intake(&two_sources, from), "notes.txt"), "mine\n");
    unit_file(from, "main/other/notes.txt", "or this?\n");
    ck_assert_str_eq(note(intake(&two_sources, from), 1), "notes.txt is missing");
}
END_TEST

#define CONTRACT "9662a2012ca1ee98720b2d9f3cf2fc263f13d38c9cca864e3a9a6af3dd708bda  contract.h\n"

/* The kit, with HEADER as its contract and the list of what was handed out. */
static const char *kit_with_contract(const char *header)
{
    const char *root = unit_kit("[lab]\ntitle = T\nfiles = a.c\n");
    unit_file(root, "grader/labs/" UNIT_LAB "/handed-out.sha256", CONTRACT);
    unit_file(root, "labs/" UNIT_LAB "/contract.h", header);
    return root;
}

/* The kit, as staff have it, with a stub for a.c. */
static void make_staffs_kit(void)
{
    const char *root = kit_with_contract("int f(void);\n");
    unit_file(root, "solutions/" UNIT_LAB "/a.c", "int reference;\n");
    unit_file(root, "labs/" UNIT_LAB "/a.c", "int stub;\n");
}

START_TEST(an_untouched_stub_does_not_hide_the_work)
{
    make_staffs_kit();
    char *from = unit_folder();
    unit_file(from, "a.c", "int stub;\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "int stub;\n");
    unit_file(from, "work/a.c", "int work;\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "int work;\n");
    unit_file(from, "a.c", "int mine;\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "int mine;\n");
    char *beside = unit_folder();
    unit_file(beside, "a.c", "int stub;\n");
    unit_file(beside, "a (2).c", "int second;\n");
    ck_assert_str_eq(taken(intake(&one_source, beside), "a.c"), "int second;\n");
}
END_TEST

START_TEST(what_is_no_source_is_named)
{
    char *folder = unit_folder();
    char *file = unit_file(folder, "lab.pdf", "%PDF-1.7\n");
    ck_assert_str_eq(intake(&one_source, file)->problem, "lab.pdf is a PDF document; hand in the C file itself, a.c");
    unit_file(folder, "a.c", "<!DOCTYPE html>\n");
    ck_assert_str_eq(problem_in(folder), "a.c is a web page; hand in the C file itself");
    unit_bytes(folder, "a.c", "7z\274\257\047\034", 6);
    ck_assert_str_eq(problem_in(folder), "a.c is a 7z archive; hand in the C file itself");
}
END_TEST

START_TEST(a_missing_text_is_only_noted)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "int a;\n");
    unit_file(from, "b.c", "int b;\n");
    struct submission *submission = intake(&two_sources, from);
    ck_assert_ptr_null(submission->problem);
    ck_assert_has(note(submission, 0), "notes.txt is missing");
}
END_TEST

START_TEST(files_that_count_nowhere_are_told)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "int a;\n");
    unit_file(from, "contract.h", "int f(void);\n");
    unit_file(from, "my_tests.c", "int tests;\n");
    ck_assert_uint_eq(intake(&one_source, from)->notes->len, 0);
    unit_file(from, "helper.c", "int helper;\n");
    unit_file(from, "a copy.c", "int a;\n");
    struct submission *submission = intake(&one_source, from);
    ck_assert_uint_eq(submission->notes->len, 1);
    ck_assert_str_eq(note(submission, 0), "left out: a copy.c, helper.c (this lab takes a.c)");
}
END_TEST

START_TEST(a_changed_header_is_told)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "int a;\n");
    unit_file(from, "contract.h", "int f(void);\n#define MINE\n");
    struct submission *submission = intake(&one_source, from);
    ck_assert_ptr_null(submission->changed_header);
    ck_assert_str_eq(note(submission, 0),
                     "the changes in contract.h do not count: the code was compiled with the original");
}
END_TEST

START_TEST(a_changed_header_of_the_kit_is_told)
{
    char *from = unit_folder();
    kit_with_contract("int g(void);\n");
    unit_file(from, "a.c", "int a;\n");
    struct submission *submission = intake(&one_source, from);
    ck_assert_str_eq(submission->changed_header, "contract.h");
    ck_assert_has(note(submission, 0), "is not as it was handed out; staff grade with the original");
}
END_TEST

START_TEST(without_its_folder_no_lab_is_graded)
{
    char *from = unit_folder();
    const char *root = g_getenv("HEAPLAB_ROOT");
    unit_file(from, "a.c", "int a;\n");
    g_autofree char *folder = path_in(root, "labs/" UNIT_LAB);
    g_autofree char *away = path_in(root, "labs/old");
    ck_assert_int_eq(rename(folder, away), 0);
    intake(&one_source, from);
}
END_TEST

START_TEST(a_file_further_down_is_found)
{
    char *from = unit_folder();
    unit_file(from, "x/y/a.c", "int a;\n");
    struct submission *submission = intake(&one_source, from);
    ck_assert_str_eq(taken(submission, "a.c"), "int a;\n");
    ck_assert_str_eq(note(submission, 0), "a.c was taken from x/y/a.c");
}
END_TEST

START_TEST(a_file_too_far_down_is_not_found)
{
    char *from = unit_folder();
    unit_file(from, "1/2/3/4/5/6/7/8/a.c", "int a;\n");
    ck_assert_str_eq(problem_in(from), "a.c is missing");
    unit_file(from, "1/2/3/4/5/6/7/a.c", "int a;\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "int a;\n");
}
END_TEST

START_TEST(two_candidates_are_told)
{
    char *from = unit_folder();
    unit_file(from, "old/a.c", "int a;\n");
    unit_file(from, "new/a.c", "int a;\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "int a;\n"); /* they are the same */
    unit_file(from, "old/a.c", "int old;\n");
    ck_assert_str_eq(problem_in(from), "a.c is there 2 times, for example as new/a.c and old/a.c; leave only one");
    unit_file(from, "a.c", "the one\n"); /* the file at the top counts */
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "the one\n");
}
END_TEST

START_TEST(an_empty_file_is_told)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "");
    ck_assert_str_eq(problem_in(from), "a.c is empty");
}
END_TEST

START_TEST(a_binary_file_is_told)
{
    char *from = unit_folder();
    unit_bytes(from, "a.c",
               "\x7f"
               "ELF\0\0",
               6);
    ck_assert_has(problem_in(from), "a.c is a compiled program; hand in the C file itself");
    unit_bytes(from, "a.c", "int\0", 4);
    ck_assert_has(problem_in(from), "a.c is not a text file: it holds zero bytes");
    unit_bytes(from, "a.c", "\xff\xfei\0n\0t\0", 8);
    ck_assert_has(problem_in(from), "UTF-16");
}
END_TEST

START_TEST(a_large_file_is_told)
{
    char *from = unit_folder();
    g_autofree char *path = unit_file(from, "a.c", "x");
    ck_assert_int_eq(truncate(path, 100 << 20), 0);
    ck_assert_str_eq(problem_in(from), "a.c is 100 MB long; the most that is read is 1 MB");
    ck_assert_int_eq(truncate(path, (1 << 20) + 1), 0);
    ck_assert_has(problem_in(from), "the most that is read is 1 MB");
}
END_TEST

START_TEST(a_file_of_just_one_megabyte_is_taken)
{
    char *from = unit_folder();
    g_autofree char *text = g_strnfill(1 << 20, 'x');
    unit_file(from, "a.c", text);
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), text);
}
END_TEST

START_TEST(a_folder_by_that_name_is_told)
{
    char *from = unit_folder();
    ck_assert_int_eq(mkdir(path_in(from, "a.c"), 0755), 0);
    ck_assert_str_eq(problem_in(from), "a.c is a folder; hand in the file itself");
}
END_TEST

START_TEST(links_are_not_followed)
{
    char *from = unit_folder();
    ck_assert_int_eq(symlink("/etc/passwd", path_in(from, "a.c")), 0);
    ck_assert_str_eq(problem_in(from), "a.c is a symbolic link; hand in the file itself");
    char *dangling = unit_folder();
    ck_assert_int_eq(symlink("nowhere", path_in(dangling, "a.c")), 0);
    ck_assert_has(problem_in(dangling), "symbolic link");
    char *folders = unit_folder();
    ck_assert_int_eq(symlink("/etc", path_in(folders, "sub")), 0);
    ck_assert_str_eq(problem_in(folders), "a.c is missing");
}
END_TEST

START_TEST(pipes_and_sockets_are_told)
{
    char *from = unit_folder();
    ck_assert_int_eq(mkfifo(path_in(from, "a.c"), 0644), 0);
    ck_assert_str_eq(problem_in(from), "a.c is not an ordinary file");
    char *other = unit_folder();
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    g_strlcpy(address.sun_path, path_in(other, "a.c"), sizeof address.sun_path);
    ck_assert_int_eq(bind(socket(AF_UNIX, SOCK_STREAM, 0), (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_str_eq(problem_in(other), "a.c is not an ordinary file");
}
END_TEST

START_TEST(a_pipe_as_the_whole_submission_is_told)
{
    char *pipe = path_in(unit_folder(), "pipe");
    ck_assert_int_eq(mkfifo(pipe, 0644), 0);
    ck_assert_str_eq(intake(&one_source, pipe)->problem, "a.c is not an ordinary file");
    ck_assert_str_eq(intake(&one_source, "/dev/zero")->problem, "a.c is not an ordinary file");
}
END_TEST

/* Root may read everything, so the user nobody tries. */
START_TEST(an_unreadable_file_is_told)
{
    enum { NOBODY = 65534 };
    char *from = unit_folder();
    ck_assert_int_eq(chmod(from, 0755), 0);
    ck_assert_int_eq(chmod(g_getenv("HEAPLAB_ROOT"), 0755), 0);
    ck_assert_int_eq(chmod(unit_file(from, "a.c", "int a;\n"), 0), 0);
    if (geteuid() == 0)
        ck_assert_int_eq(setresuid(NOBODY, NOBODY, NOBODY), 0);
    ck_assert_str_eq(problem_in(from), "a.c cannot be read: Permission denied");
}
END_TEST

START_TEST(marks_and_line_ends_are_taken_as_they_are)
{
    char *from = unit_folder();
    unit_file(from, "a.c", "\xEF\xBB\xBFint a;\r\n");
    ck_assert_str_eq(taken(intake(&one_source, from), "a.c"), "\xEF\xBB\xBFint a;\r\n");
}
END_TEST

START_TEST(sentences_are_fit_to_print)
{
    char *from = unit_folder();
    unit_file(from, "\xff\033[31m/a.c", "int a;\n");
    struct submission *submission = intake(&one_source, from);
    ck_assert(g_utf8_validate(note(submission, 0), -1, NULL));
    ck_assert_lacks(note(submission, 0), "\033");
    unit_file(from, "\xfe\n/a.c", "int b;\n");
    ck_assert(g_utf8_validate(problem_in(from), -1, NULL));
    ck_assert_lacks(problem_in(from), "\033");
}
END_TEST

START_TEST(a_submission_that_is_not_there_ends_the_program)
{
    intake(&one_source, "/no/such/folder");
}
END_TEST

static void make_kit(void)
{
    kit_with_contract("int f(void);\n");
}

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, make_kit, NULL);
    tcase_add_test(tcase, a_folder_with_all_files_is_taken);
    tcase_add_test(tcase, a_folder_of_labs_is_looked_into);
    tcase_add_test(tcase, a_single_file_may_have_any_name);
    tcase_add_test(tcase, a_missing_file_is_told);
    tcase_add_test(tcase, a_name_that_can_mean_one_file_only_is_taken);
    tcase_add_test(tcase, a_name_that_can_mean_two_files_is_not_guessed);
    tcase_add_test(tcase, the_labs_folder_is_found_at_any_depth);
    tcase_add_test(tcase, tests_may_have_a_folder_of_their_own);
    tcase_add_test(tcase, an_untouched_stub_does_not_hide_the_work);
    tcase_add_test(tcase, what_is_no_source_is_named);
    tcase_add_test(tcase, a_missing_text_is_only_noted);
    tcase_add_test(tcase, files_that_count_nowhere_are_told);
    tcase_add_test(tcase, a_changed_header_is_told);
    tcase_add_test(tcase, a_changed_header_of_the_kit_is_told);
    tcase_add_exit_test(tcase, without_its_folder_no_lab_is_graded, EXIT_FAULT);
    tcase_add_test(tcase, a_file_further_down_is_found);
    tcase_add_test(tcase, a_file_too_far_down_is_not_found);
    tcase_add_test(tcase, two_candidates_are_told);
    tcase_add_test(tcase, an_empty_file_is_told);
    tcase_add_test(tcase, files_that_may_be_there_are_taken);
    tcase_add_test(tcase, a_binary_file_is_told);
    tcase_add_test(tcase, a_large_file_is_told);
    tcase_add_test(tcase, a_file_of_just_one_megabyte_is_taken);
    tcase_add_test(tcase, a_folder_by_that_name_is_told);
    tcase_add_test(tcase, links_are_not_followed);
    tcase_add_test(tcase, pipes_and_sockets_are_told);
    tcase_add_test(tcase, a_pipe_as_the_whole_submission_is_told);
    tcase_add_test(tcase, an_unreadable_file_is_told);
    tcase_add_test(tcase, marks_and_line_ends_are_taken_as_they_are);
    tcase_add_test(tcase, sentences_are_fit_to_print);
    tcase_add_exit_test(tcase, a_submission_that_is_not_there_ends_the_program, EXIT_UNUSABLE);
}
