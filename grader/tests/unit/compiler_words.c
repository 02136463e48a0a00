// SPDX-License-Identifier: MIT
/*
 * compiler_words.c - unit tests of report/compiler_words.c: gcc compiles beginners' mistakes, and its first message is
 * explained by the right sentence.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

static const struct {
    const char *source, *words; /* WORDS: of the sentence; NULL: the message has none */
} mistakes[] = {
    {"int f(void) { int a = 1\n return a; }", "semicolon"},
    {"int f(int a) { return (a + 1; }", "count the ( and the )"},
    {"int f(int a) { if (a) { return 1; return 0; }", "a { has no }"},
    {"int f(int a) { return a; } }\nint g(void) { return 1; }", "outside of every function"},
    {"int f(int a) { return a +; }", "a value is missing"},
    {"int f(void) { return lenght; }", "not known here"},
    {"int f(void) { return frob(1); }", "no function of this name"},
    {"heder f(void);", "no type of this name"},
    {"#include \"fre_list.h\"", "no header of this name"},
    {"int f(void) { char *p = \"abc; return 0; }", "quotation mark"},
    {"char *f(const char *p) { char *q = p; return q; }", "const says"},
    {"void f(const char *p) { *p = 1; }", "and here it is written"},
    {"int *f(char *p) { int *q = p; return q; }", "another type than"},
    {"int *f(void) { int *q = 5; return q; }", "an address is wanted"},
    {"int f(int *p) { int q = p; return q; }", "a number is wanted"},
    {"int f(int a) { if (a) return 1; }", "ends without return"},
    {"int g(int a); int f(void) { return g(); }", "an argument is missing"},
    {"int g(int a); int f(void) { return g(1, 2); }", "an argument too many"},
    {"struct s { int a; }; int f(struct s *p) { return p->b; }", "no such member"},
    {"struct s { int a; }; int f(struct s *p) { return p.a; }", "->"},
    {"struct s { int a; }; int f(struct s p) { return p->a; }", "takes a ."},
    {"int f(int a) { return *a; }", "* needs a pointer"},
    {"void g(void); int f(void) { return g() + 1; }", "returns nothing"},
    {"int f(void *p) { return *p; }", "convert it to a pointer"},
    {"int f(int a) { a + 1 = 2; return a; }", "can hold a value"},
    {"int f(int a) { if (a = 1) return 2; return 1; }", "= stores and == compares"},
    {"int f(int a); char *f(int a) { return 0; }", "copy its head"},
    {"int f(void) { return 1; } int f(void) { return 2; }", "a second time"},
    {"struct s; int f(struct s *p) { return p->a; }", "only the name of this struct"},
    {"int f(int a) { if (a) a++; a--; else a = 0; return a; }", "before else"},
    {"int f(void) { break; return 1; }", "inside of a loop"},
    {"int *f(void) { int a = 1; return &a; }", "ends with its function"},
    {"int f(void) { int a; return a; }", "before anything has been stored"},
    {"int f(int unused) { return 1; }", NULL},
};

/* What gcc prints about SOURCE. */
static char *compiled(const char *source)
{
    char *folder = files_make_temporary();
    g_autofree char *path = g_build_filename(folder, "a.c", NULL);
    g_assert_true(g_file_set_contents(path, source, -1, NULL));
    const char *command[] = {"gcc", "-std=c11", "-Wall", "-Wextra", "-O1", "-S", "-o", "/dev/null", path, NULL};
    char *printed = NULL;
    g_assert_true(g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL,
                               G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &printed, NULL,
                               NULL));
    g_free(folder);
    return printed;
}

/* The sentence about the first message in PRINTED that has one. */
static const char *first_sentence(const char *printed)
{
    g_auto(GStrv) lines = g_strsplit(printed, "\n", -1);
    const char *sentence = NULL;
    for (guint i = 0; lines[i] && !sentence; i++)
        sentence = compiler_sentence(lines[i]);
    return sentence;
}

START_TEST(common_messages_are_explained)
{
    g_autofree char *printed = compiled(mistakes[_i].source);
    const char *sentence = first_sentence(printed);
    ck_assert_msg(!sentence == !mistakes[_i].words && (!sentence || strstr(sentence, mistakes[_i].words)), "%s: %s: %s",
                  mistakes[_i].source, sentence, printed);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_loop_test(tcase, common_messages_are_explained, 0, (int)G_N_ELEMENTS(mistakes));
}
