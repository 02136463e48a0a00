// SPDX-License-Identifier: MIT
/*
 * unseen.c - unit tests of grade/unseen.c: types through which gcc leaves accesses unwatched.
 */
#include "grade/grade.h"
#include "tests/unit/support/program.h"

#include <check.h>

/* What is found in TEXT once gcc has made a program of it, as file src/mm.c; NULL if nothing is. */
static char *found_in(const char *text)
{
    g_autofree char *whole = g_strconcat("#include <stddef.h>\n", text, "\nint main(void) { return 0; }\n", NULL);
    const char *folder = unit_folder();
    unit_file(folder, "src/mm.c", whole);
    const char *const compiler[] = {"gcc", "-std=gnu11", "-g", "-w", "src/mm.c", "-o", "program", NULL};
    int status = -1;
    ck_assert(
        g_spawn_sync(folder, (char **)compiler, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL));
    ck_assert_msg(status == 0, "gcc refuses: %s", text);
    g_autofree char *program = g_build_filename(folder, "program", NULL);
    return unseen_in(program);
}

static void is_found(const char *text, const char *start)
{
    g_autofree char *found = found_in(text);
    ck_assert_msg(found && g_str_has_prefix(found, start), "%s: %s", text, found ? found : "nothing");
}

static void is_clean(const char *text)
{
    g_autofree char *found = found_in(text);
    ck_assert_msg(!found, "%s: %s", text, found);
}

START_TEST(constants_with_endless_arrays_are_found)
{
    static const char *const windows[] = {
        "static const struct { long n; long word[]; } w; long f(size_t i) { return w.word[i]; }",
        "static const struct { long n; long word[0]; } w; long f(size_t i) { return w.word[i]; }",
        "static const long w[0]; long f(size_t i) { return w[i]; }",
        "extern const long w[]; long f(size_t i) { return w[i]; } const long w[1] = {0};",
        "typedef const long row[]; extern row w; long f(size_t i) { return w[i]; } const long w[1] = {0};",
        ("typedef struct { struct { int n; struct { long x; } word[]; } in; } outer; typedef const outer fixed; "
         "fixed w; long f(size_t i) { return w.in.word[i].x; }"),
        "long f(size_t i) { static const volatile struct { long n; long word[]; } w; return w.word[i]; }",
        "static const union { long n; struct { long m, word[]; } u; } w; long f(size_t i) { return w.u.word[i]; }",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(windows); i++)
        is_found(windows[i], "line 2 of mm.c has a constant with an array that has no length");
}
END_TEST

START_TEST(structs_with_lengths_of_the_run_are_found)
{
    is_found(
        "long f(void *p, size_t n) { struct s { char before[n]; long value : 64; }; return ((struct s *)p)->value; }",
        "line 2 of mm.c has a struct with an array whose length is known only");
    is_found("long f(void *p, size_t n) { typedef char row[n]; struct s { row before; long value; }; "
             "return ((struct s *)p)->value; }",
             "line 2 of mm.c has a struct with an array whose length is known only");
}
END_TEST

START_TEST(ordinary_types_are_clean)
{
    static const char *const plain[] = {
        "static const char *const names[] = {\"a\", \"b\"}; const char *f(size_t i) { return names[i]; }",
        "struct r { int n; short sample[]; }; short f(const struct r *r, size_t i) { return r->sample[i]; }",
        "struct r { int n; short sample[]; }; static struct r none; struct r *f(void) { return &none; }",
        "long f(size_t n) { long room[n]; room[0] = 1; return room[n - 1]; }",
        "static const size_t sizes[3][2] = {{1}}; size_t f(size_t i) { return sizes[i][0]; }",
        "size_t f(const char text[]) { static const struct { int a : 3; } bits = {1}; return bits.a + text[0]; }",
        "struct r { int n; short sample[]; }; int f(const struct r *r) { const struct r copy = *r; return copy.n; }",
        "long f(int n, long (*m)[n]) { return m[1][2]; }",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(plain); i++)
        is_clean(plain[i]);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_set_timeout(tcase, 120);
    tcase_add_test(tcase, constants_with_endless_arrays_are_found);
    tcase_add_test(tcase, structs_with_lengths_of_the_run_are_found);
    tcase_add_test(tcase, ordinary_types_are_clean);
}
