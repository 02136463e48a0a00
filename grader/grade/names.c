// SPDX-License-Identifier: MIT
/*
 * names.c - what the names in a student's object tell: functions that are missing, and calls that are not allowed
 * (grade.h).
 *
 * The sandbox keeps code from doing harm, whatever it calls. These lists are the lab's contract: what an allocator may
 * ask of others, and from whom it gets its memory.
 */
#include "grade/grade.h"
#include "grade/program.h"

#include <string.h>

/* Library functions that any lab's code may call. None with a va_list: made by hand, that is a way to read anything. */
/* clang-format off */
static const char *const always_allowed[] = {
    "memcpy", "mempcpy", "memmove", "memset", "memcmp", "memchr",
    "strlen", "strnlen", "strcpy", "strncpy", "strcat", "strncat", "strcmp", "strncmp", "strchr", "strrchr", "strstr",
    "strspn", "strcspn", "strpbrk",
    "stpcpy", "stpncpy", "printf", "fprintf", "snprintf", "sprintf", "puts", "putchar", "fputs", "fputc", "putc",
    "fwrite", "fflush", "stdout", "stderr", "stdin", "perror", "strerror", "abort",
    "abs", "labs", "llabs", "bsearch", "qsort", "atoi", "atol", "strtol", "strtoll", "strtoul", "strtoull",
    "__assert_fail", "__errno_location", "__stack_chk_fail", "_GLOBAL_OFFSET_TABLE_", NULL};

/* Where memory and cost are counted, code is not watched, and may also call what computes or prints, or ends the
 * program (which is then the verdict). What these functions keep between calls counts as the code's own (link.sh). */
static const char *const allowed_where_counted[] = {
    "vprintf", "vfprintf", "vsprintf", "vsnprintf", "dprintf", "vdprintf", "putchar_unlocked", "putc_unlocked", "fputs_unlocked",
    "write", "fsync", "exit", "_exit", "_Exit", "quick_exit", "__assert", "assert", "psignal", "strsignal",
    "bzero", "bcopy", "bcmp", "index", "rindex", "explicit_bzero", "mempcpy", "memccpy", "memrchr", "rawmemchr", "memmem",
    "strchrnul", "strspn", "strcspn", "strpbrk", "strsep", "strtok", "strtok_r", "strcasecmp", "strncasecmp",
    "strcasestr", "strcoll", "strxfrm", "strerror_r", "__xpg_strerror_r", "ffs", "ffsl", "ffsll",
    "imaxabs", "div", "ldiv", "lldiv", "imaxdiv",
    "atoll", "atof", "strtoimax", "strtoumax",
    "strtod", "strtof", "strtold", "sscanf", "vsscanf", "getenv", "getpid", "getpagesize", "sysconf", "time", "clock",
    "clock_gettime", "gettimeofday", "difftime",
    "rand", "srand", "rand_r", "random", "srandom",
    "isalnum", "isalpha", "isascii", "isblank", "iscntrl", "isdigit", "isgraph", "islower", "isprint", "ispunct",
    "isspace", "isupper", "isxdigit", "tolower", "toupper", "toascii", "__ctype_b_loc", "__ctype_tolower_loc",
    "__ctype_toupper_loc", "__ctype_get_mb_cur_max",
    "pthread_mutex_init", "pthread_mutex_lock", "pthread_mutex_trylock", "pthread_mutex_unlock", "pthread_mutex_destroy",
    "pthread_spin_init", "pthread_spin_lock", "pthread_spin_trylock", "pthread_spin_unlock", "pthread_spin_destroy",
    NULL};

/* The functions of <math.h>, without the letter that names the type (log2, log2f, log2l). */
static const char *const mathematics[] = {
    "acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt", "ceil", "copysign", "cos", "cosh", "erf", "erfc",
    "exp", "exp10", "exp2", "expm1", "fabs", "fdim", "floor", "fma", "fmax", "fmin", "fmod", "frexp", "hypot", "ilogb",
    "ldexp", "llrint", "llround", "log", "log10", "log1p", "log2", "logb", "lrint", "lround", "modf", "nearbyint",
    "nextafter", "pow", "remainder", "remquo", "rint", "round", "scalbln", "scalbn", "sin", "sincos", "sinh", "sqrt",
    "tan", "tanh", "tgamma", "trunc", NULL};
/* clang-format on */

static const char not_here[] = "this lab's code is not to use the C library's heap here";
static const char takes_heap[] = "it takes its memory from the C library's heap";

/* Why a call is refused, where more can be said than that it is not on the list. */
static const struct {
    const char *name;
    const char *why;
} reasons[] = {
    {"malloc", not_here},
    {"calloc", not_here},
    {"realloc", not_here},
    {"free", not_here},
    {"aligned_alloc", not_here},
    {"memalign", not_here},
    {"posix_memalign", not_here},
    {"valloc", not_here},
    {"strdup", takes_heap},
    {"strndup", takes_heap},
    {"asprintf", takes_heap},
    {"vasprintf", takes_heap},
    {"sbrk", "ask for memory with mem_sbrk"},
    {"brk", "ask for memory with mem_sbrk"},
    {"mmap", "ask for memory with mem_sbrk"},
    {"mem_reset_brk", "the heap is the system's: mm_init finds it empty, and nothing else resets it"},
    {"exit", "a function under test returns; it does not end the program"},
    {"_exit", "a function under test returns; it does not end the program"},
};

/* --- the names of an object --- */

static GStrv lines_of(const char *path)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        text = g_strdup("");
    return g_strsplit_set(g_strstrip(text), "\n ", -1);
}

/* The symbols of the student's object, obj/all. Each list ends with NULL. */
struct names {
    const struct submission *submission;
    GPtrArray *defined; /* visible to others */
    GPtrArray *undefined;
    const char *reserved; /* the beginning of a name that only tools may define, but the code does; NULL: none */
};

/* What link.sh will call the symbol NAME. Free with g_free. */
static char *name_when_linked(const struct submission *submission, const char *name)
{
    for (guint i = 0; submission->renames && submission->renames[i]; i++) {
        const char *from = submission->renames[i];
        const char *to = strchr(from, '=');
        if (strncmp(from, name, (size_t)(to - from)) == 0 && name[to - from] == '\0')
            return g_strdup(to + 1);
    }
    return g_strdup(name);
}

/* The beginnings of names that make tools take a student's function for something else: the compiler's hooks at each
 * access and index (gcc's tsan.cc, ubsan.cc), and functions that valgrind puts in place of others (valgrind's
 * pub_tool_redir.h). */
static const char *reserved_in(const char *name)
{
    static const char *const beginnings[] = {"__tsan_", "__ubsan_", "__sanitizer_cov_", "__x86_indirect_", "_vgr",
                                             "_vgw",    "_vgn"};
    for (guint i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(name, beginnings[i]))
            return beginnings[i];
    return NULL;
}

static void note_name(const struct program_name *name, void *data)
{
    struct names *names = data;
    if (!name->defined)
        g_ptr_array_add(names->undefined, name_when_linked(names->submission, name->text));
    else if (!name->local)
        g_ptr_array_add(names->defined, name_when_linked(names->submission, name->text));
    if (name->defined && !names->reserved)
        names->reserved = reserved_in(name->text);
}

static struct names names_of(const struct submission *submission)
{
    struct names names = {.submission = submission,
                          .defined = g_ptr_array_new_with_free_func(g_free),
                          .undefined = g_ptr_array_new_with_free_func(g_free)};
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

/* --- who may be called --- */

/* Functions that the compiler calls by itself: hooks, counters, and those of libgcc, which do arithmetic that the
 * processor has no instruction for (__popcountdi2; __udivdi3 on 32 bits). */
static bool compilers_own(const char *name)
{
    return g_str_has_prefix(name, "__tsan_") || g_str_has_prefix(name, "__ubsan_") ||
           g_str_has_prefix(name, "__x86_indirect_thunk_") || g_str_has_prefix(name, "__sanitizer_cov_") ||
           g_str_has_prefix(name, "__gcov_") || g_str_has_prefix(name, "__start_") ||
           g_str_has_prefix(name, "__stop_") ||
           g_regex_match_simple("^__(popcount|parity|ffs|clz|ctz|clrsb|bswap|ashl|ashr|lshr|u?cmp|u?div|u?mod|u?divmod|"
                                "mul|neg|abs|add|sub|mulv|negv|absv|addv|subv)[sdt]i[234]?$",
                                name, 0, 0) ||
           g_regex_match_simple(
               "^__(fix|fixuns|float|floatun|extend|trunc|add|sub|mul|div|neg|cmp|unord|eq|ne|lt|le|gt|"
               "ge|powi)([sdtx][fi]){1,2}[23]?$",
               name, 0, 0);
}

static bool kits_own(const char *name)
{
    static const char *const names[] = {"mem_sbrk",     "mem_heap_lo", "mem_heap_hi", "mem_heapsize",
                                        "mem_pagesize", "mm_report",   NULL};
    return listed(names, name);
}

static bool is_mathematics(const char *name)
{
    size_t n = strlen(name);
    g_autofree char *without = g_strndup(name, n > 0 ? n - 1 : 0);
    bool typed = g_str_has_suffix(name, "f") || g_str_has_suffix(name, "l");
    return listed(mathematics, name) || (typed && listed(mathematics, without));
}

/* NAME without what glibc's headers put around it: __memcpy_chk where distributions check bounds, __isoc99_sscanf. The
 * caller frees it. */
static char *plain_name(const char *name)
{
    static const char *const versions[] = {"__isoc99_", "__isoc23_"};
    for (guint i = 0; i < G_N_ELEMENTS(versions); i++)
        if (g_str_has_prefix(name, versions[i]))
            return g_strdup(name + strlen(versions[i]));
    if (g_str_has_prefix(name, "__") && g_str_has_suffix(name, "_chk"))
        return g_strndup(name + strlen("__"), strlen(name) - strlen("__") - strlen("_chk"));
    return g_strdup(name);
}

static bool is_allowed(const struct submission *submission, const char *name)
{
    const struct rubric *rubric = submission->rubric;
    g_autofree char *plain = submission->measured ? plain_name(name) : g_strdup(name); /* others would not be watched */
    return listed(always_allowed, plain) || listed((const char *const *)rubric->allow, plain) ||
           listed((const char *const *)rubric->watch, name) || compilers_own(name) || kits_own(name) ||
           (submission->measured && (listed(allowed_where_counted, plain) || is_mathematics(plain)));
}

static GStrv unknown_of(const struct submission *submission, const struct names *names)
{
    const struct rubric *rubric = submission->rubric;
    char **undefined = (char **)names->undefined->pdata;
    g_auto(GStrv) base = rubric->base ? names_in(rubric->base, "exports") : g_new0(char *, 1);
    g_autoptr(GStrvBuilder) unknown = g_strv_builder_new();
    for (guint i = 0; undefined[i]; i++)
        if (undefined[i][0] && !listed((const char *const *)base, undefined[i]) &&
            !is_allowed(submission, undefined[i]))
            g_strv_builder_add(unknown, undefined[i]);
    return g_strv_builder_end(unknown);
}

GStrv names_unknown(const struct submission *submission)
{
    struct names names = names_of(submission);
    GStrv unknown = unknown_of(submission, &names);
    free_names(&names);
    return unknown;
}

/* --- sentences --- */

static const char *reason_for(const char *name)
{
    for (guint i = 0; i < G_N_ELEMENTS(reasons); i++)
        if (strcmp(reasons[i].name, name) == 0)
            return reasons[i].why;
    return "it is not among the functions that this lab's code may call";
}

bool names_of_heap(const char *name)
{
    const char *why = reason_for(name);
    return why == not_here || why == takes_heap;
}

/* The first function of the contract that the student's code does not define, as a sentence; or NULL. */
static char *missing_function(const struct submission *submission, const struct names *names)
{
    const char *const *defined = (const char *const *)names->defined->pdata;
    g_auto(GStrv) exports = names_in(rubric_machine(submission->rubric), "exports");
    g_auto(GStrv) optional = names_in(rubric_machine(submission->rubric), "optional");
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

/* " (mm.c:12)": the first place that calls NAME, as the linker tells it; empty if it tells none. */
static char *called_at(const struct submission *submission, const char *name)
{
    const char *const machine = submission->bits32 ? "-melf_i386" : "-nostdlib"; /* the other one changes nothing */
    const char *command[] = {"ld", machine, "-e", "0", "-o", "obj/none", "obj/all", NULL};
    const char *environment[] = {NULL};
    enum { MOST_TEXT = 1 << 20 };
    build_tool(submission, VIEW_NOTHING, command, environment, "callers.txt");
    g_autofree char *path = submission_path(submission, "callers.txt");
    g_autofree char *text = files_read_text(path, MOST_TEXT);
    g_autofree char *escaped = g_regex_escape_string(name, -1);
    g_autofree char *pattern = g_strdup_printf("src/(\\S+:[0-9]+): undefined reference to `%s'", escaped);
    g_autoptr(GRegex) regex = g_regex_new(pattern, 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    if (!regex || !g_regex_match(regex, text, 0, &match))
        return g_strdup("");
    g_autofree char *place = g_match_info_fetch(match, 1);
    return g_strdup_printf(" (%s)", place);
}

/* The first call that is not allowed, as a sentence; or NULL. */
static char *forbidden_call(const struct submission *submission, const struct names *names)
{
    g_auto(GStrv) unknown = unknown_of(submission, names);
    if (!unknown[0])
        return NULL;
    g_autofree char *place = called_at(submission, unknown[0]);
    return g_strdup_printf("your code calls %s: %s%s", unknown[0], reason_for(unknown[0]), place);
}

char *names_problem(const struct submission *submission)
{
    struct names names = names_of(submission);
    char *problem = missing_function(submission, &names);
    if (!problem)
        problem = forbidden_call(submission, &names);
    if (!problem && names.reserved)
        problem = g_strdup_printf("your code defines a function whose name starts with %s: such names are for the "
                                  "grader only",
                                  names.reserved);
    free_names(&names);
    return problem;
}
