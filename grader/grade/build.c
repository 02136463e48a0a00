// SPDX-License-Identifier: MIT
/*
 * build.c - from sources to a subject, by recipe.sh in the tool sandbox (grade.h).
 */
#include "grade/grade.h"
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { RECIPE_OK = 0, RECIPE_COMPILE = 10, RECIPE_JOIN = 11, RECIPE_LINK = 12, DIAGNOSTICS_BYTES = 16384 };

/* Library functions that any lab's code may call. */
/* clang-format off */
static const char *const always_allowed[] = {
    "memcpy", "memmove", "memset", "memcmp", "memchr",
    "strlen", "strnlen", "strcpy", "strncpy", "strcat", "strncat", "strcmp", "strncmp", "strchr", "strrchr", "strstr",
    "stpcpy", "printf", "fprintf", "snprintf", "sprintf", "vsnprintf", "puts", "putchar", "fputs", "fputc", "putc",
    "fwrite", "fflush", "stdout", "stderr", "stdin", "perror", "strerror", "abort",
    "__assert_fail", "__errno_location", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_", NULL};
/* clang-format on */

/* Why a call is refused, where more can be said than that it is not on the list. */
static const struct {
    const char *name;
    const char *why;
} reasons[] = {
    {"malloc", "this lab's code is not to use the C library's heap here"},
    {"calloc", "this lab's code is not to use the C library's heap here"},
    {"realloc", "this lab's code is not to use the C library's heap here"},
    {"free", "this lab's code is not to use the C library's heap here"},
    {"sbrk", "ask for memory with mem_sbrk"},
    {"mmap", "ask for memory with mem_sbrk"},
    {"heaplab_measured", "that name is for the grader only"},
    {"mem_reset_brk", "the heap is the system's: mm_init finds it empty, and nothing else resets it"},
    {"valgrind", "the instructions that speak to it are for the grader only"},
    {"__tsan", "names that start so are for the grader only"},
    {"exit", "a function under test returns; it does not end the program"},
    {"_exit", "a function under test returns; it does not end the program"},
};

/* --- the sandbox for tools --- */

const char *build_support(const struct submission *submission)
{
    return submission->bits32 ? "subject32" : "subject";
}

void build_demand_bits(const struct submission *submission)
{
    g_autofree char *ready = kit_path("build", build_support(submission), "ready", NULL);
    if (submission->bits32 && !g_file_test(ready, G_FILE_TEST_EXISTS))
        die_unusable(
            "what 32-bit programs are linked with is not built yet. Type this once, in the kit's folder: make bits32");
}

static void mount(GPtrArray *mounts, char *here, const char *there)
{
    g_ptr_array_add(mounts, here);
    g_ptr_array_add(mounts, g_strdup(there));
}

/* What a tool may read of the kit: path here, path there, in pairs, ended by NULL. Free with g_ptr_array_unref. */
static GPtrArray *kit_mounts(const struct submission *submission)
{
    const struct rubric *rubric = submission->rubric;
    GPtrArray *mounts = g_ptr_array_new_with_free_func(g_free);
    mount(mounts, kit_path("labs", rubric->lab, NULL), "/kit/lab");
    mount(mounts, kit_path("labs", rubric->base ? rubric->base : rubric->lab, NULL), "/kit/base");
    mount(mounts, kit_path("labs", "memlib.h", NULL), "/kit/include/memlib.h");
    mount(mounts, kit_path("labs", "mytests.h", NULL), "/kit/include/mytests.h");
    mount(mounts, kit_path("build", build_support(submission), NULL), "/kit/subject");
    mount(mounts, kit_path("grader", "owntests", "tester.sh", NULL), "/kit/tester.sh");
    mount(mounts, kit_path("grader", "grade", "recipe.sh", NULL), "/kit/recipe.sh");
    mount(mounts, kit_path("grader", "grade", "gcovr.py", NULL), "/kit/gcovr.py");
    g_ptr_array_add(mounts, NULL);
    return mounts;
}

static int open_output(const struct submission *submission, const char *name)
{
    if (!name)
        return -1;
    g_autofree char *path = submission_path(submission, name);
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

int build_tool(const struct submission *submission, const char *const *command, const char *const *environment,
               const char *output)
{
    g_autoptr(GPtrArray) mounts = kit_mounts(submission);
    int out = open_output(submission, output);
    struct tool_plan plan = {.work = submission->work,
                             .readable = (const char *const *)mounts->pdata,
                             .command = command,
                             .environment = environment,
                             .output = out,
                             .namespaces = sandbox_has_namespaces()};
    int status = tool_run(&plan);
    if (out >= 0)
        close(out);
    if (status < 0 || status == 127)
        die_fault("cannot run %s", command[0]);
    return status;
}

bool build_is_watched(const struct submission *submission)
{
    return !submission->measured;
}

/* --- what the symbols tell --- */

static GStrv lines_of(const char *path)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        text = g_strdup("");
    return g_strsplit_set(g_strstrip(text), "\n ", -1);
}

static GStrv lines_in_work(const struct submission *submission, const char *name)
{
    g_autofree char *path = submission_path(submission, name);
    return lines_of(path);
}

/* The names in build/subject/LAB.LIST: "exports", what of the student's stays visible; "optional", what may be missing.
 */
static GStrv names_in(const char *lab, const char *list)
{
    g_autofree char *file = g_strconcat(lab, ".", list, NULL);
    g_autofree char *path = kit_path("build", "subject", file, NULL);
    return lines_of(path);
}

static bool listed(const char *const *list, const char *name)
{
    return g_strv_contains(list, name);
}

/* The compiler's own helpers, and the fortified and versioned names of allowed functions (__printf_chk). */
static bool compilers_own(const char *name)
{
    return g_str_has_prefix(name, "__tsan_") || g_str_has_prefix(name, "__gcov_") ||
           g_str_has_prefix(name, "__start_") || g_str_has_prefix(name, "__stop_");
}

/* On 32 bits the compiler calls these for a division of 64-bit numbers. */
static bool divides_64_bits(const char *name)
{
    static const char *const names[] = {"__udivdi3",   "__umoddi3", "__udivmoddi4", "__divdi3", "__moddi3",
                                        "__divmoddi4", NULL};
    return listed(names, name);
}

static bool kits_own(const char *name)
{
    static const char *const names[] = {"mem_sbrk",     "mem_heap_lo", "mem_heap_hi", "mem_heapsize",
                                        "mem_pagesize", "mm_report",   NULL};
    return listed(names, name);
}

static const char *reason_for(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strcmp(reasons[i].name, name) == 0)
            return reasons[i].why;
    return "it is not among the functions that this lab's code may call";
}

/* The first function of the contract that the student's code does not define, as a sentence; or NULL. */
static char *missing_function(const struct submission *submission)
{
    g_auto(GStrv) exports = names_in(submission->rubric->lab, "exports");
    g_auto(GStrv) optional = names_in(submission->rubric->lab, "optional");
    g_auto(GStrv) defined = lines_in_work(submission, "defined.txt");
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    for (guint i = 0; exports[i]; i++)
        if (!listed((const char *const *)defined, exports[i]) && !listed((const char *const *)optional, exports[i]))
            g_ptr_array_add(missing, exports[i]);
    if (missing->len == 0)
        return NULL;
    g_ptr_array_add(missing, NULL);
    g_autofree char *list = g_strjoinv(", ", (char **)missing->pdata);
    return g_strdup_printf("your code does not define %s. The lab's header asks for it: put the function back, "
                           "even if its body is not written yet (and check that it is not static)",
                           list);
}

/* The first call that is not allowed, as a sentence; or NULL. */
static char *forbidden_call(const struct submission *submission)
{
    const struct rubric *rubric = submission->rubric;
    g_auto(GStrv) undefined = lines_in_work(submission, "undefined.txt");
    g_auto(GStrv) base = rubric->base ? names_in(rubric->base, "exports") : g_new0(char *, 1);
    for (guint i = 0; undefined[i]; i++) {
        const char *name = undefined[i];
        if (name[0] && !listed(always_allowed, name) && !listed((const char *const *)rubric->allow, name) &&
            !listed((const char *const *)rubric->watch, name) && !listed((const char *const *)base, name) &&
            !compilers_own(name) && !kits_own(name) && !(submission->bits32 && divides_64_bits(name)))
            return g_strdup_printf("your code calls %s: %s", name, reason_for(name));
    }
    return NULL;
}

/* --- the result --- */

/* The first error line of the compiler's output, without the sandbox's folders: "mm.c:12:5: error: ..."; or NULL. */
static char *first_error(const char *diagnostics)
{
    g_auto(GStrv) lines = g_strsplit(diagnostics, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (strstr(lines[i], "error:") || strstr(lines[i], "Error:")) /* the compiler's; the assembler's */
            return g_strdup(lines[i]);
    return NULL;
}

static char *diagnostics_of(const struct submission *submission)
{
    g_autofree char *path = submission_path(submission, "diagnostics.txt");
    g_autofree char *text = files_read_text(path, DIAGNOSTICS_BYTES);
    g_auto(GStrv) parts = g_strsplit(text, "src/", -1);
    return g_strjoinv("", parts);
}

static char *compile_problem(const char *diagnostics)
{
    g_autofree char *error = first_error(diagnostics);
    if (error && !strstr(error, "terminated program") && !strstr(error, "out of memory"))
        return g_strdup_printf("your code does not compile: %s", error);
    return g_strdup("your code does not compile: the compiler needed more time, memory or file space than it may have. "
                    "Very large arrays with a first value do that, and macros and includes that grow");
}

/* The linker's first line that is more than "in function so-and-so:"; NULL if it printed none. */
static const char *telling_line(GStrv lines)
{
    guint i = 0;
    while (lines[i] && lines[i + 1] && g_str_has_suffix(lines[i], ":"))
        i++;
    return lines[i];
}

static char *link_problem(const struct submission *submission)
{
    g_autofree char *path = submission_path(submission, "link.txt");
    g_autofree char *text = files_read_text(path, DIAGNOSTICS_BYTES);
    if (strstr(text, "relocation"))
        return g_strdup("your code compiles, but cannot be linked: its global and static variables are too large for a "
                        "program. Is there an array of gigabytes?");
    g_auto(GStrv) lines = g_strsplit(g_strstrip(text), "\n", -1);
    const char *reason = telling_line(lines);
    return g_strdup_printf("your code compiles, but cannot be linked: %s", reason ? reason : "no reason was given");
}

static char *problem_of(const struct submission *submission, int status, const char *diagnostics)
{
    if (status == RECIPE_JOIN)
        return link_problem(submission);
    if (status != RECIPE_OK && status != RECIPE_LINK) /* the recipe itself may have run into a limit of the sandbox */
        return compile_problem(diagnostics);
    char *problem = build_is_watched(submission) ? unwatched_part(submission) : NULL;
    if (!problem)
        problem = missing_function(submission);
    if (!problem)
        problem = forbidden_call(submission);
    if (!problem && status != RECIPE_OK)
        problem = link_problem(submission);
    return problem;
}

static json_t *result(const char *problem, const char *diagnostics)
{
    return json_pack("{s:b, s:s?, s:s}", "ok", problem == NULL, "problem", problem, "diagnostics", diagnostics);
}

static char *sources_of(const struct rubric *rubric)
{
    GString *sources = g_string_new(NULL);
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]))
            g_string_append_printf(sources, "%s%s", sources->len ? " " : "", rubric->files[i]);
    return g_string_free(sources, FALSE);
}

char *build_seen(const char *there, char *here)
{
    if (!sandbox_has_namespaces())
        return here;
    g_free(here);
    return g_strdup(there);
}

char *build_includes(const struct rubric *rubric)
{
    const char *base = rubric->base ? rubric->base : rubric->lab;
    g_autofree char *lab_headers = build_seen("/kit/lab", kit_path("labs", rubric->lab, NULL));
    g_autofree char *base_headers = build_seen("/kit/base", kit_path("labs", base, NULL));
    g_autofree char *kit_headers = build_seen("/kit/include", kit_path("labs", NULL));
    return g_strdup_printf("%s %s %s", lab_headers, base_headers, kit_headers);
}

json_t *build(const struct submission *submission, bool coverage)
{
    if (submission->problem)
        return result(submission->problem, "");
    const struct rubric *rubric = submission->rubric;
    g_autofree char *sources = sources_of(rubric);
    g_autofree char *includes = build_includes(rubric);
    g_autofree char *support = build_seen("/kit/subject", kit_path("build", build_support(submission), NULL));
    g_autofree char *recipe = build_seen("/kit/recipe.sh", kit_path("grader", "grade", "recipe.sh", NULL));
    g_autofree char *watch = g_strjoinv(" ", rubric->watch);
    const char *command[] = {"sh", recipe, NULL};
    const char *environment[] = {"SOURCES",  sources,
                                 "INCLUDES", includes,
                                 "SUPPORT",  support,
                                 "LAB",      rubric->lab,
                                 "COVERAGE", coverage ? "1" : "",
                                 "FLAGS",    "-O0",
                                 "WATCH",    watch,
                                 "COST",     submission->measured ? "1" : "",
                                 "BITS",     submission->bits32 ? "32" : "",
                                 "WATCHED",  build_is_watched(submission) ? "1" : "",
                                 "BASE",     rubric->base ? rubric->base : "",
                                 NULL};
    int status = build_tool(submission, command, environment, NULL);
    g_autofree char *diagnostics = diagnostics_of(submission);
    g_autofree char *problem = problem_of(submission, status, diagnostics);
    return result(problem, diagnostics);
}
