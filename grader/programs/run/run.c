// SPDX-License-Identifier: MIT
/*
 * run.c - heaplab run: builds the library, runs the program with it, and waits (run.h).
 *
 * The student's code runs as the user who typed the command, on their own machine, as with make gdb: there is no
 * sandbox, and nothing here is for grading.
 */
#include "programs/run/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_ERRORS = 8192, SHELLS_NOT_FOUND = 127, ASSEMBLE_COMPILE = 10, ASSEMBLE_INCOMPLETE = 11 };

/* --- which labs -------------------------------------------------------------------------------------------------- */

static bool defines_malloc(const char *lab)
{
    g_autofree char *file = g_strconcat(lab, ".calls", NULL);
    g_autofree char *path = kit_path("build", "subject", file, NULL);
    g_autofree char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL))
        return false;
    g_auto(GStrv) names = g_strsplit(text, "\n", -1);
    return g_strv_contains((const char *const *)names, "mm_malloc") &&
           g_strv_contains((const char *const *)names, "mm_free");
}

static void demand_allocator(const char *lab)
{
    if (defines_malloc(lab))
        return;
    g_autoptr(GPtrArray) labs = kit_labs();
    GString *others = g_string_new(NULL);
    for (guint i = 0; i < labs->len; i++)
        if (defines_malloc(labs->pdata[i]))
            g_string_append_printf(others, "%s%.2s", others->len ? ", " : "", (const char *)labs->pdata[i]);
    die_unusable("lab %.2s makes no allocator that a program could run on; labs %s do", lab, others->str);
}

/* --- building ---------------------------------------------------------------------------------------------------- */

static void add_sources(GPtrArray *sources, const struct rubric *rubric, const char *folder)
{
    for (guint i = 0; rubric->files[i]; i++)
        if (rubric_is_source(rubric->files[i]))
            g_ptr_array_add(sources, g_build_filename(folder, rubric->files[i], NULL));
}

/* Where the sources of LAB are that another lab stands on: the reference, or the student's own in a kit without. */
static char *base_folder(const char *lab)
{
    char *reference = kit_path("build", "reference", lab, NULL);
    if (g_file_test(reference, G_FILE_TEST_IS_DIR))
        return reference;
    g_free(reference);
    return kit_path("labs", lab, NULL);
}

/* The student's sources, and below them those of the lab that this one stands on. */
static GPtrArray *all_sources(const struct submission *submission)
{
    GPtrArray *sources = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *own = submission_path(submission, "src");
    add_sources(sources, submission->rubric, own);
    if (submission->rubric->base) {
        struct rubric *below = rubric_load(submission->rubric->base);
        g_autofree char *folder = base_folder(below->lab);
        add_sources(sources, below, folder);
        rubric_free(below);
    }
    return sources;
}

static char *header_folders(const struct rubric *rubric)
{
    g_autofree char *lab = kit_path("labs", rubric->lab, NULL);
    g_autofree char *base = kit_path("labs", rubric->base ? rubric->base : rubric->lab, NULL);
    g_autofree char *kit = kit_path("labs", NULL);
    return g_strjoin(" ", lab, base, kit, NULL);
}

/* What the compiler said, without the work folder's path; dies with it. */
static _Noreturn void die_of_errors(const struct submission *submission, int status)
{
    if (status == ASSEMBLE_INCOMPLETE)
        die_unusable("your code does not define both mm_malloc and mm_free, so no program can run on it");
    g_autofree char *path = submission_path(submission, "errors.txt");
    g_autofree char *text = files_read_text(path, MOST_ERRORS);
    g_autofree char *folder = submission_path(submission, "src/");
    g_auto(GStrv) parts = g_strsplit(text, folder, -1);
    g_autofree char *plain = g_strjoinv("", parts);
    die_unusable(
        "your code %s\n%s",
        status == ASSEMBLE_COMPILE ? "does not compile:" : "compiles, but cannot be linked:", g_strchomp(plain));
}

static void build_library(const struct submission *submission, const GPtrArray *sources)
{
    g_autofree char *script = kit_path("grader", "programs", "run", "assemble.sh", NULL);
    g_autofree char *shim = kit_path("build", "run", NULL);
    g_autofree char *folders = header_folders(submission->rubric);
    g_autoptr(GPtrArray) command = g_ptr_array_new();
    char *first[] = {script, submission->work, shim, folders};
    for (guint i = 0; i < G_N_ELEMENTS(first); i++)
        g_ptr_array_add(command, first[i]);
    for (guint i = 0; i < sources->len; i++)
        g_ptr_array_add(command, sources->pdata[i]);
    g_ptr_array_add(command, NULL);
    int status = 0;
    GError *error = NULL;
    if (!g_spawn_sync(NULL, (char **)command->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error))
        die_fault("%s", error->message);
    if (status != 0)
        die_of_errors(submission, WEXITSTATUS(status));
}

/* The files of SOURCES without their folders. Free with g_strfreev. */
static GStrv names_of(const GPtrArray *sources)
{
    GStrv names = g_new0(char *, sources->len + 1);
    for (guint i = 0; i < sources->len; i++)
        names[i] = g_path_get_basename(sources->pdata[i]);
    return names;
}

/* --- running ----------------------------------------------------------------------------------------------------- */

static struct run_page *make_page(const char *path)
{
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    void *page = MAP_FAILED;
    if (file >= 0 && ftruncate(file, sizeof(struct run_page)) == 0)
        page = mmap(NULL, sizeof(struct run_page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED)
        die_fault("cannot make %s: %s", path, g_strerror(errno));
    close(file);
    return page;
}

static _Noreturn void become(char **command, const char *library, const char *page)
{
    g_autofree char *process = g_strdup_printf("%d", (int)getpid());
    g_setenv("LD_PRELOAD", library, TRUE);
    g_setenv(RUN_PAGE_VARIABLE, page, TRUE);
    g_setenv(RUN_PROCESS_VARIABLE, process, TRUE);
    execvp(command[0], command);
    fprintf(stderr, "heaplab: cannot run %s: %s\n", command[0], g_strerror(errno));
    _exit(SHELLS_NOT_FOUND);
}

/* Keys that interrupt the program are not meant for us, as in a shell. */
static int wait_for(pid_t child)
{
    int status = 0;
    void (*interrupt)(int) = signal(SIGINT, SIG_IGN);
    void (*quit)(int) = signal(SIGQUIT, SIG_IGN);
    while (waitpid(child, &status, 0) != child)
        if (errno != EINTR)
            die_fault("cannot wait for the program: %s", g_strerror(errno));
    signal(SIGINT, interrupt);
    signal(SIGQUIT, quit);
    return status;
}

static int run_with(char **command, const char *library, const char *page)
{
    fflush(stdout);
    pid_t child = fork();
    if (child < 0)
        die_fault("cannot start a process: %s", g_strerror(errno));
    if (child == 0)
        become(command, library, page);
    return wait_for(child);
}

static guint64 static_bytes(const struct submission *submission)
{
    enum { DIGITS = 32 };
    g_autofree char *path = submission_path(submission, "static.txt");
    g_autofree char *text = files_read_text(path, DIGITS);
    return g_ascii_strtoull(text, NULL, 10);
}

int run_program(const char *lab, const char *from, char **command)
{
    demand_allocator(lab);
    struct rubric *rubric = rubric_load(lab);
    struct submission *submission = intake(rubric, from);
    if (submission->problem)
        die_unusable("%s", submission->problem);
    g_autoptr(GPtrArray) sources = all_sources(submission);
    g_auto(GStrv) files = names_of(sources);
    build_library(submission, sources);
    g_autofree char *library = submission_path(submission, "allocator.so");
    g_autofree char *page_path = submission_path(submission, "page");
    struct run_page *page = make_page(page_path);
    struct run_end end = {.command = command,
                          .static_bytes = static_bytes(submission),
                          .library = library,
                          .files = (const char *const *)files,
                          .status = run_with(command, library, page_path)};
    if (WIFEXITED(end.status) && WEXITSTATUS(end.status) == SHELLS_NOT_FOUND && page->counts.calls[RUN_MALLOC] == 0)
        return EXIT_UNUSABLE; /* said where it happened */
    memcpy(&end.page, page, sizeof *page);
    g_autofree char *text = run_report(&end);
    fputs(text, stderr);
    submission_free(submission);
    rubric_free(rubric);
    return run_went_well(&end) ? EXIT_GRADED : EXIT_UNUSABLE;
}
