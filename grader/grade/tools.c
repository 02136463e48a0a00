// SPDX-License-Identifier: MIT
/*
 * tools.c - what each tool that processes a student's files can see (grade.h).
 *
 * A compiler reads any file that its input names, so it sees the contract headers and the sources, and nothing of
 * build/. Only the linker, which reads no source, sees what subjects are linked with.
 */
#include "grade/grade.h"
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <unistd.h>

const char *build_support(const struct submission *submission)
{
    return submission->bits32 ? "subject32" : "subject";
}

static void mount(GPtrArray *mounts, char *here, char *there)
{
    g_ptr_array_add(mounts, here);
    g_ptr_array_add(mounts, there);
}

/* Shows FILE of the kit's folder FOLDER as THERE/FILE, if it exists. */
static void mount_file(GPtrArray *mounts, const char *folder, const char *file, const char *there)
{
    g_autofree char *here = g_build_filename(folder, file, NULL);
    if (g_file_test(here, G_FILE_TEST_IS_REGULAR))
        mount(mounts, g_steal_pointer(&here), g_build_filename(there, file, NULL));
}

static void mount_lab_headers(GPtrArray *mounts, const char *lab, const char *there)
{
    g_autofree char *folder = kit_path("labs", lab, NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".h");
    for (guint i = 0; i < names->len; i++)
        mount_file(mounts, folder, names->pdata[i], there);
}

static void mount_headers(GPtrArray *mounts, const struct rubric *rubric)
{
    g_autofree char *labs = kit_path("labs", NULL);
    mount(mounts, kit_path("grader", "grade", "compile.sh", NULL), g_strdup("/kit/compile.sh"));
    mount_lab_headers(mounts, rubric->lab, "/kit/lab");
    mount_lab_headers(mounts, rubric->base ? rubric->base : rubric->lab, "/kit/base");
    mount_file(mounts, labs, "memlib.h", "/kit/include");
    mount_file(mounts, labs, "mytests.h", "/kit/include");
}

static void mount_support(GPtrArray *mounts, const struct submission *submission)
{
    const struct rubric *rubric = submission->rubric;
    static const char *const files[] = {"subject.whole.o", "tester.whole.o", "whole.ends", "libmemcheck.a",
                                        "watched.renames"};
    static const char *const of_lab[] = {"o", "exports", "memcheck", "stubs.o"};
    g_autofree char *folder = kit_path("build", build_support(submission), NULL);
    mount(mounts, kit_path("grader", "grade", "link.sh", NULL), g_strdup("/kit/link.sh"));
    mount(mounts, kit_path("grader", "owntests", "tester.sh", NULL), g_strdup("/kit/tester.sh"));
    for (guint i = 0; i < G_N_ELEMENTS(files); i++)
        mount_file(mounts, folder, files[i], "/kit/subject");
    for (guint i = 0; i < G_N_ELEMENTS(of_lab); i++) {
        g_autofree char *file = g_strconcat(rubric_machine(rubric), ".", of_lab[i], NULL);
        mount_file(mounts, folder, file, "/kit/subject");
    }
    static const char *const of_base[] = {"base.o", "watched.o"};
    for (guint i = 0; rubric->base && i < G_N_ELEMENTS(of_base); i++) {
        g_autofree char *file = g_strconcat(rubric->base, ".", of_base[i], NULL);
        mount_file(mounts, folder, file, "/kit/subject");
    }
}

/* What VIEW shows of the kit: path here, path there, in pairs, ended by NULL. Free with g_ptr_array_unref. */
static GPtrArray *kit_mounts(const struct submission *submission, enum tool_view view)
{
    GPtrArray *mounts = g_ptr_array_new_with_free_func(g_free);
    if (view == VIEW_COMPILE)
        mount_headers(mounts, submission->rubric);
    if (view == VIEW_LINK)
        mount_support(mounts, submission);
    if (view == VIEW_COVERAGE)
        mount(mounts, kit_path("grader", "grade", "gcovr.py", NULL), g_strdup("/kit/gcovr.py"));
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

int build_tool(const struct submission *submission, enum tool_view view, const char *const *command,
               const char *const *environment, const char *output)
{
    static const char *const of_work[] = {"src", "obj", NULL};
    g_autoptr(GPtrArray) mounts = kit_mounts(submission, view);
    int out = open_output(submission, output);
    struct tool_plan plan = {.work = submission->work,
                             .parts = view == VIEW_COMPILE ? of_work : NULL,
                             .readable = (const char *const *)mounts->pdata,
                             .command = command,
                             .environment = environment,
                             .output = out,
                             .namespaces = sandbox_has_namespaces()};
    int status = tool_run(&plan);
    if (out >= 0)
        close(out);
    if (status != 0)
        room_demand(submission->work);
    if (status < 0 || status == 127)
        die_fault("cannot run %s", command[0]);
    return status;
}

char *build_seen(const char *there, char *here)
{
    if (!sandbox_has_namespaces())
        return here;
    g_free(here);
    return g_strdup(there);
}

static char *includes_of(const struct rubric *rubric)
{
    const char *base = rubric->base ? rubric->base : rubric->lab;
    g_autofree char *lab_headers = build_seen("/kit/lab", kit_path("labs", rubric->lab, NULL));
    g_autofree char *base_headers = build_seen("/kit/base", kit_path("labs", base, NULL));
    g_autofree char *kit_headers = build_seen("/kit/include", kit_path("labs", NULL));
    return g_strdup_printf("%s %s %s", lab_headers, base_headers, kit_headers);
}

/* A folder for the output of each of SOURCES, which may lie in subfolders. */
static void make_folders(const struct submission *submission, const char *sources, const char *objects)
{
    g_auto(GStrv) names = g_strsplit(sources, " ", -1);
    for (guint i = 0; names[i]; i++) {
        g_autofree char *path = g_build_filename(submission->work, objects, names[i], NULL);
        g_autofree char *folder = g_path_get_dirname(path);
        if (g_mkdir_with_parents(folder, 0755) != 0)
            die_fault("cannot make %s", folder);
    }
}

/* Runs compile.sh; PROTOTYPES is its variable of that name. */
static int run_compiler(const struct submission *submission, const char *sources, const char *flags,
                        const char *objects, const char *prototypes, const char *output)
{
    g_autofree char *includes = includes_of(submission->rubric);
    g_autofree char *script = build_seen("/kit/compile.sh", kit_path("grader", "grade", "compile.sh", NULL));
    const char *compiler = submission->compiler ? submission->compiler : "gcc";
    const char *command[] = {"sh", script, NULL};
    const char *environment[] = {"SOURCES", sources,    "INCLUDES", includes,     "FLAGS",    flags, "OBJECTS",
                                 objects,   "COMPILER", compiler,   "PROTOTYPES", prototypes, NULL};
    make_folders(submission, sources, objects);
    return build_tool(submission, VIEW_COMPILE, command, environment, output);
}

int build_compile(const struct submission *submission, const char *sources, const char *flags, const char *objects,
                  const char *output)
{
    return run_compiler(submission, sources, flags, objects, "", output);
}

void build_prototypes(const struct submission *submission, const char *sources, const char *flags)
{
    run_compiler(submission, sources, flags, "obj/prototypes", "1", "prototypes.txt");
}
