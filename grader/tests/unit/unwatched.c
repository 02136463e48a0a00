// SPDX-License-Identifier: MIT
/*
 * unwatched.c - unit tests of grade/unwatched.c: words that keep memory accesses from being looked at.
 */
#include "grade/grade.h"
#include "tests/unit/support/program.h"

#include <check.h>

static void is_found(const char *text, const char *start)
{
    g_autofree char *found = unwatched_words(text, "mm.c");
    ck_assert_ptr_nonnull(found);
    ck_assert_msg(g_str_has_prefix(found, start), "%s", found);
}

static void is_clean(const char *text)
{
    g_autofree char *found = unwatched_words(text, "mm.c");
    ck_assert_ptr_null(found);
}

START_TEST(assembly_is_found_with_its_line)
{
    is_found("int a;\n\n__asm__ volatile(\"nop\");\n", "line 3 of mm.c has inline assembly");
    is_found("/* two\nlines */ asm(\"nop\");\n", "line 2 of mm.c has inline assembly");
    is_found("#define NOP __asm(\"nop\")\n", "line 1 of mm.c has inline assembly");
    is_found("int f(void) __asm__(\"g\");\n", "line 1 of mm.c has inline assembly");
}
END_TEST

START_TEST(attributes_and_options_are_found)
{
    is_found("__attribute__((no_sanitize(\"thread\"))) void f(void);", "line 1 of mm.c has an attribute");
    is_found("__attribute__((__no_sanitize_thread__)) void f(void);", "line 1 of mm.c has an attribute");
    is_found("__attribute__((used, section(\".text\"))) static const char code[] = {1};",
             "line 1 of mm.c has a section");
    is_found("\n__attribute__((noinline, optimize(\"O2\"))) void f(void);", "line 2 of mm.c has options");
    is_found("#pragma GCC optimize \"O3\"\n", "line 1 of mm.c has options");
    is_found("# pragma GCC optimize (\"O3\")\n", "line 1 of mm.c has options");
    is_found("_Pragma(\"GCC optimize\") int a;\n", "line 1 of mm.c has options");
}
END_TEST

START_TEST(instructions_of_a_processor_are_found)
{
    is_found("_mm_stream_si32(p, 1);", "line 1 of mm.c has an instruction of one kind of processor");
    is_found("\n_mm256_store_si256(p, v);", "line 2 of mm.c has an instruction of one kind of processor");
    is_found("__builtin_memcpy(p, q, 12);", "line 1 of mm.c has a builtin of the compiler");
    is_found("__builtin_ia32_movnti(p, 1);", "line 1 of mm.c has an instruction of one kind of processor");
    is_found("\n_writegsbase_u64(1);", "line 2 of mm.c has an instruction of one kind of processor");
    is_found("long __seg_gs *p;", "line 1 of mm.c has addresses that count from a register");
    is_found("struct s { long a; } __attribute__((scalar_storage_order(\"big-endian\")));",
             "line 1 of mm.c has another order of bytes");
    is_found("#pragma scalar_storage_order big-endian\n", "line 1 of mm.c has another order of bytes");
    is_found("__tsan_func_exit();", "line 1 of mm.c has a name of the hooks");
}
END_TEST

START_TEST(words_in_two_lines_are_found)
{
    is_found("int a;\n__as\\\nm__(\"nop\");\n", "line 2 of mm.c has inline assembly");
    is_found("__as\\ \nm__(\"nop\");\n", "line 1 of mm.c has inline assembly");
    is_found("__as?\?/\nm__(\"nop\");\n", "line 1 of mm.c has inline assembly");
    is_found("a\\\n\\\nb;\nasm(\"nop\");\n", "line 4 of mm.c has inline assembly");
    is_found("?\?=pragma GCC optimize \"O3\"\n", "line 1 of mm.c has options");
}
END_TEST

START_TEST(texts_that_make_words_are_known)
{
    static const char *const makes[] = {
        "#define GLUE(a, b) a##b\n",      "#define GLUE(a, b) a%:%:b\n",         "#define GLUE(a, b) a?\?=?\?=b\n",
        "#define G(a, b) a#\\\n#b\n",     "#include \"predictions.txt\"\n",      "# include FILE\n",
        "#include \"other.c\"\n",         "#include/**/</work/src/other.txt>\n", "#include_next \"a.c\"\ninclude",
        "#include <sys/cdefs.h>\n",       "#include \"../other.h\"\n",           "__REDIRECT(f, (void), g);\n",
        "int f(void) __ASMNAME(\"g\");\n"};
    static const char *const does_not[] = {"",
                                           "#include <stdio.h>\n# include \"mm.h\"\n",
                                           "#define TEXT(a) #a\n",
                                           "/* included, as it includes */ int include_all;\n",
                                           "__attribute__((unused)) static int a = __LINE__, b__c;\n",
                                           "if (__builtin_mul_overflow(a, b, &c)) _Static_assert(1, \"\");\n"};
    for (size_t i = 0; i < G_N_ELEMENTS(makes); i++)
        ck_assert_msg(unwatched_makes_words(makes[i]), "%s", makes[i]);
    for (size_t i = 0; i < G_N_ELEMENTS(does_not); i++)
        ck_assert_msg(!unwatched_makes_words(does_not[i]), "%s", does_not[i]);
}
END_TEST

static void is_found_expanded(const char *text, const char *start)
{
    g_autofree char *found = unwatched_expanded(text, "mm.c");
    ck_assert_ptr_nonnull(found);
    ck_assert_msg(g_str_has_prefix(found, start), "%s", found);
}

START_TEST(expanded_words_are_found)
{
    is_found_expanded("# 1 \"src/mm.c\"\n# 7 \"src/mm.c\"\nint a;\nasm(\"nop\");\n", "line 8 of mm.c has inline");
    is_found_expanded("# 5 \"src/mm.c\" 2\n__attribute__((optimize(\"O2\"))) int f(void);\n",
                      "line 5 of mm.c has options");
    is_found_expanded("# 5 \"src/mm.c\" 2\nint f(void) __asm__(\"g\");\n", "line 5 of mm.c has inline assembly");
    is_found_expanded("# 1 \"/usr/include/a.h\" 1 3\nint f(void) { if (g()) __asm__(\"\" \"syscall\"); }\n",
                      "line 1 of mm.c has inline assembly");
    is_found_expanded("# 1 \"/usr/include/a.h\" 1 3\nint f(void); __asm__(\"\" \"syscall\");\n", "line 1 of mm.c has");
    is_found_expanded("# 1 \"/usr/include/a.h\" 1 3\nint f(void) __asm__(\"g\\n\\tnop\");\n", "line 1 of mm.c has");
    g_autofree char *none =
        unwatched_expanded("# 1 \"/usr/include/a.h\" 1 3\nextern int f(int) __asm__ (\"\" \"__f\")\n"
                           "  ;\n# 3 \"src/mm.c\" 2\nint a = 1;\n",
                           "mm.c");
    ck_assert_ptr_null(none);
}
END_TEST

START_TEST(plain_code_is_clean)
{
    is_clean("");
    is_clean("/* asm */ // __asm__ no_sanitize\nint assembly, basm, asm_1;\n");
    is_clean("char *s = \"asm \\\" __asm__\"; char c = '\"'; int optimize = 1;\n");
    is_clean("__attribute__((unused)) static int target(int optimize);\nvoid g(int optimize);\n");
    is_clean("#pragma GCC diagnostic ignored \"-Wunused\"\nint optimize;\n");
    is_clean("int a = 4 / 2; /* open");
    is_clean("char c = '\\");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, assembly_is_found_with_its_line);
    tcase_add_test(tcase, attributes_and_options_are_found);
    tcase_add_test(tcase, instructions_of_a_processor_are_found);
    tcase_add_test(tcase, words_in_two_lines_are_found);
    tcase_add_test(tcase, texts_that_make_words_are_known);
    tcase_add_test(tcase, expanded_words_are_found);
    tcase_add_test(tcase, plain_code_is_clean);
}
