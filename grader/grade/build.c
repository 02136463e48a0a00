// SPDX-License-Identifier: MIT
/*
 * build.c - from sources to a subject, by compile.sh and link.sh in the tool sandbox (grade.h).
 */
#include "grade/grade.h"
#include "grade/program.h"

#include <string.h>

enum { STEP_OK = 0, STEP_COMPILE = 10, STEP_JOIN = 11, STEP_LINK = 12 };
enum { DIAGNOSTICS_BYTES = 16384 /* that are shown */, SEARCHED_BYTES = 1 << 20 /* for the first error */ };

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
    {"mem_reset_brk", "the heap is the system's: mm_init finds it empty, and nothing else resets it"},
    {"exit", "a function under test returns; it does not end the program"},
    {"_exit", "a function under test returns; it does not end the program"},
};

void build_demand_bits(const struct submission *submission)
{
    g_autofree char *ready = kit_path("build", build_support(submission), "ready", NULL);
    if (submission->bits32 && !g_file_test(ready, G_FILE_TEST_EXISTS))
        die_unusable(
            "what 32-bit programs are linked with is not built yet. Type this once, in the kit's folder: make bits32");
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

/* The symbols of the student's object, obj/all. Each list ends with NULL. */
struct names {
    GPtrArray *defined; /* visible to others */
    GPtrArray *undefined;
    bool hooks; /* the student's code defines a function that the compiler calls at each access */
};

static void note_name(const struct program_name *name, void *data)
{
    struct names *names = data;
    if (!name->defined)
        g_ptr_array_add(names->undefined, g_strdup(name->text));
    else if (!name->local)
        g_ptr_array_add(names->defined, g_strdup(name->text));
    if (name->defined && g_str_has_prefix(name->text, "__tsan_"))
        names->hooks = true;
}

static struct names names_of(const struct submission *submission)
{
    struct names names = {g_ptr_array_new_with_free_func(g_free), g_ptr_array_new_with_free_func(g_free), false};
    g_autofree char *path = submission_path(submission, "obj/all");
    program_names(path, note_name, &names);
    g_ptr_array_add(names.defined, NULL);
    g_ptr_array_add(names.undefined, NULL);
    return names;
}

static void free_names(const struct names *names)
{
    g_ptr_array_unref(names->defined);
    g_ptr_array_unref(names->undefined);
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
static char *missing_function(const struct submission *submission, const struct names *names)
{
    const char *const *defined = (const char *const *)names->defined->pdata;
    g_auto(GStrv) exports = names_in(submission->rubric->lab, "exports");
    g_auto(GStrv) optional = names_in(submission->rubric->lab, "optional");
    g_autoptr(GPtrArray) missing = g_ptr_array_new();
    for (guint i = 0; exports[i]; i++)
        if (!listed(defined, exports[i]) && !listed((const char *const *)optional, exports[i]))
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
static char *forbidden_call(const struct submission *submission, const struct names *names)
{
    const struct rubric *rubric = submission->rubric;
    char **undefined = (char **)names->undefined->pdata;
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

/* The first thing wrong with the names of the student's object, as a sentence; or NULL. */
static char *name_problem(const struct submission *submission)
{
    struct names names = names_of(submission);
    char *problem = missing_function(submission, &names);
    if (!problem)
        problem = forbidden_call(submission, &names);
    if (!problem && names.hooks)
        problem =
            g_strdup("your code defines a function whose name starts with __tsan_: such names are for the grader only");
    free_names(&names);
    return problem;
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

/* The first MOST bytes that the compiler printed, without the sandbox's folders. */
static char *diagnostics_of(const struct submission *submission, size_t most)
{
    g_autofree char *path = submission_path(submission, "diagnostics.txt");
    g_autofree char *text = files_read_text(path, most);
    g_auto(GStrv) parts = g_strsplit(text, "src/", -1);
    return g_strjoinv("", parts);
}

bool build_names_place(const char *error)
{
    return g_regex_match_simple("^[^:]+:[0-9]+:.*(error|Error):", error, 0, 0);
}

static char *compile_problem(const struct submission *submission)
{
    g_autofree char *diagnostics = diagnostics_of(submission, SEARCHED_BYTES); /* warnings may come before it */
    g_autofree char *error = first_error(diagnostics);
    if (!error || !build_names_place(error))
        sound_compiler(submission);
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

static char *problem_of(const struct submission *submission, int status)
{
    if (status == STEP_JOIN)
        return link_problem(submission);
    if (status != STEP_OK && status != STEP_LINK) /* the script itself may have run into a limit of the sandbox */
        return compile_problem(submission);
    char *problem = build_is_watched(submission) ? unwatched_part(submission) : NULL;
    if (!problem)
        problem = name_problem(submission);
    if (!problem && status != STEP_OK)
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

/* The objects in FOLDER, below the work folder. */
static char *objects_of(const struct rubric *rubric, const char *folder)
{
    GString *objects = g_string_new(NULL);
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]))
            g_string_append_printf(objects, " %s/%.*s.o", folder, (int)(strlen(rubric->files[i]) - strlen(".c")),
                                   rubric->files[i]);
    return g_string_free(objects, FALSE);
}

/* Links the objects in FOLDER to the program OUTPUT. Where memory counts, its frame is linked as well (program.c). */
static int link_objects(const struct submission *submission, const char *folder, const char *output, bool coverage)
{
    const struct rubric *rubric = submission->rubric;
    g_autofree char *objects = objects_of(rubric, folder);
    g_autofree char *support = build_seen("/kit/subject", kit_path("build", build_support(submission), NULL));
    g_autofree char *script = build_seen("/kit/link.sh", kit_path("grader", "grade", "link.sh", NULL));
    g_autofree char *watch = g_strjoinv(" ", rubric->watch);
    const char *command[] = {"sh", script, NULL};
    const char *environment[] = {"OBJECTS",  objects,
                                 "SUPPORT",  support,
                                 "LAB",      rubric->lab,
                                 "COVERAGE", coverage ? "1" : "",
                                 "WATCH",    watch,
                                 "OUTPUT",   output,
                                 "FRAME",    submission->measured && !coverage ? "1" : "",
                                 "BITS",     submission->bits32 ? "32" : "",
                                 "WATCHED",  build_is_watched(submission) ? "1" : "",
                                 "BASE",     rubric->base ? rubric->base : "",
                                 NULL};
    return build_tool(submission, VIEW_LINK, command, environment, NULL);
}

/* Without -fno-pie the compiler adds shared helpers, which don't survive objcopy. */
#define FLAGS_32 " -m32 -fno-pie"
#define FLAGS_PLAIN "-g -fno-omit-frame-pointer -Wall -Wextra -fmax-errors=20 -pipe "
#define FLAGS_WATCHED " -fsanitize=thread"
#define FLAGS_COUNTED " -fprofile-arcs -ftest-coverage -fprofile-info-section=heaplab_counters"

static char *flags_of(const struct submission *submission, bool optimised, bool coverage, const char *more)
{
    return g_strconcat(FLAGS_PLAIN, optimised ? "-O2" : "-O0", submission->bits32 ? FLAGS_32 : "",
                       build_is_watched(submission) ? FLAGS_WATCHED : "", coverage ? FLAGS_COUNTED : "", more, NULL);
}

static int compile(const struct submission *submission, const char *folder, bool optimised, bool coverage,
                   const char *output)
{
    g_autofree char *sources = sources_of(submission->rubric);
    g_autofree char *flags = flags_of(submission, optimised, coverage, output ? "" : " -w");
    return build_compile(submission, sources, flags, folder, output);
}

bool build_accepts(const struct submission *submission, const char *output)
{
    return compile(submission, "obj", submission->measured, false, output) == STEP_OK;
}

bool build_expand(const struct submission *submission, const char *file)
{
    g_autofree char *flags = flags_of(submission, false, false, " -w -E");
    return build_compile(submission, file, flags, EXPANDED_FOLDER, NULL) == STEP_OK;
}

/* Where cost counts, one object is judged and measured: optimised, without counters. Coverage, which earns nothing
 * there, comes from another one (subject-counted). */
static int make_programs(const struct submission *submission, bool coverage)
{
    bool measured = submission->measured;
    const char *folder = measured ? "obj/measured" : "obj";
    int status = compile(submission, folder, measured, coverage && !measured, "diagnostics.txt");
    if (status != STEP_OK)
        return status;
    if (measured && coverage && compile(submission, "obj", false, true, NULL) == STEP_OK)
        link_objects(submission, "obj", "subject-counted", true);
    return link_objects(submission, folder, "subject", coverage && !measured);
}

json_t *build(const struct submission *submission, bool coverage)
{
    if (submission->problem)
        return result(submission->problem, "");
    int status = make_programs(submission, coverage);
    g_autofree char *diagnostics = diagnostics_of(submission, DIAGNOSTICS_BYTES);
    g_autofree char *problem = problem_of(submission, status);
    if (!problem)
        problem = program_problem(submission);
    return result(problem, diagnostics);
}
