// SPDX-License-Identifier: MIT
/*
 * build.c - from sources to a subject, by compile.sh and link.sh in the tool sandbox (grade.h).
 */
#include "grade/grade.h"

#include <string.h>

enum { DIAGNOSTICS_BYTES = 16384 /* that are shown */, SEARCHED_BYTES = 1 << 20 /* for the first error */ };

void build_demand_bits(const struct submission *submission)
{
    g_autofree char *ready = kit_path("build", build_support(submission), "ready", NULL);
    if (submission->bits32 && !g_file_test(ready, G_FILE_TEST_EXISTS))
        die_unusable(
            "what 32-bit programs are linked with is not built yet. Type this once, in the kit's folder: make bits32");
}

void build_demand_for(const struct rubric *rubric)
{
    const struct submission any = {.rubric = rubric, .bits32 = rubric_is_narrow(rubric)};
    build_demand_bits(&any);
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
    char *problem = submission_is_watched(submission) ? unwatched_part(submission) : NULL;
    if (!problem)
        problem = names_problem(submission);
    if (!problem && status == STEP_OK && submission_is_watched(submission))
        problem = unseen_part(submission);
    if (!problem && status != STEP_OK)
        problem = link_problem(submission);
    return problem;
}

static json_t *result(const char *problem, const char *diagnostics)
{
    return json_pack("{s:b, s:s?, s:s}", "ok", problem == NULL, "problem", problem, "diagnostics", diagnostics);
}

/* The objects in FOLDER, below the work folder. */
static char *objects_of(const struct submission *submission, const char *folder)
{
    g_auto(GStrv) sources = submission_sources(submission);
    GString *objects = g_string_new(NULL);
    for (guint i = 0; sources[i]; i++)
        g_string_append_printf(objects, " %s/%.*s.o", folder, (int)(strlen(sources[i]) - strlen(".c")), sources[i]);
    return g_string_free(objects, FALSE);
}

/* Links the objects in FOLDER to the program OUTPUT. Where memory counts, its frame is linked as well (program.c). */
static int link_objects(const struct submission *submission, const char *folder, const char *output, bool coverage)
{
    const struct rubric *rubric = submission->rubric;
    g_autofree char *objects = objects_of(submission, folder);
    g_autofree char *support = build_seen("/kit/subject", kit_path("build", build_support(submission), NULL));
    g_autofree char *script = build_seen("/kit/link.sh", kit_path("grader", "grade", "link.sh", NULL));
    g_autofree char *watch = g_strjoinv(" ", rubric->watch);
    g_autofree char *renames = submission->renames ? g_strjoinv(" ", submission->renames) : g_strdup("");
    const char *command[] = {"sh", script, NULL};
    const char *environment[] = {"OBJECTS",  objects,
                                 "SUPPORT",  support,
                                 "LAB",      rubric_machine(rubric),
                                 "COVERAGE", coverage ? "1" : "",
                                 "WATCH",    watch,
                                 "RENAMES",  renames,
                                 "OUTPUT",   output,
                                 "FRAME",    submission->measured && !coverage ? "1" : "",
                                 "BITS",     submission->bits32 ? "32" : "",
                                 "WATCHED",  submission_is_watched(submission) ? "1" : "",
                                 "BASE",     rubric->base ? rubric->base : "",
                                 NULL};
    return build_tool(submission, VIEW_LINK, command, environment, NULL);
}

static int compile_or_fold(const struct submission *submission, const struct wanted_program *wanted)
{
    int status = compile_objects(submission, wanted, "");
    if (status == STEP_COMPILE && wanted->output && submission->measured && fold_constants(submission, wanted->output))
        status = compile_objects(submission, wanted, "");
    return status;
}

/* Links what has been compiled. C leaves it to the compiler whether a function that is `inline` and not static exists
 * at all. Where one is missing, all of them are made to exist, as before C99. */
static int link_program(const struct submission *submission, const struct wanted_program *wanted)
{
    int status = link_objects(submission, wanted->folder, wanted->program, wanted->coverage);
    if (status != STEP_LINK || !submission->measured ||
        compile_objects(submission, wanted, COMPILE_EMITS_INLINE) != STEP_OK)
        return status;
    return link_objects(submission, wanted->folder, wanted->program, wanted->coverage);
}

/* Where cost counts, one object is judged and measured: optimised, without counters. Coverage, which earns nothing
 * there, comes from another one (subject-counted). */
static int make_programs(const struct submission *submission, bool coverage)
{
    bool measured = submission->measured;
    const struct wanted_program subject = {.program = "subject",
                                           .folder = measured ? "obj/measured" : "obj",
                                           .output = "diagnostics.txt",
                                           .optimised = measured,
                                           .coverage = coverage && !measured};
    const struct wanted_program counted = {.program = "subject-counted", .folder = "obj", .coverage = true};
    int status = compile_or_fold(submission, &subject);
    if (status != STEP_OK)
        return status;
    if (measured && coverage && compile_objects(submission, &counted, "") == STEP_OK)
        link_program(submission, &counted);
    return link_program(submission, &subject);
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
