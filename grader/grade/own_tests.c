// SPDX-License-Identifier: MIT
/*
 * own_tests.c - the student's own tests against the lab's right and wrong versions (grade.h, wire/control.h).
 *
 * What leaves this file tells how many wrong versions were caught, never which; and how much of the reference was
 * reached, never which of its lines.
 */
#include "grade/grade.h"
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How much nicer than the other stages own tests run. */
enum { BEHIND = 5 };

static const char tests_file[] = "my_tests.c";

static json_t *problem(const char *format, ...) G_GNUC_PRINTF(1, 2);

static json_t *problem(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return json_pack("{s:s}", "problem", text);
}

/* --- building the tester --- */

static char *first_error(const struct submission *submission)
{
    g_autofree char *path = submission_path(submission, "own_diagnostics.txt");
    g_autofree char *linked = submission_path(submission, "link_own.txt");
    g_autofree char *said = files_read_text(path, 1 << 16);
    g_autofree char *of_linker = files_read_text(linked, 1 << 16);
    g_autofree char *text = g_strconcat(said, of_linker, NULL);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (strstr(lines[i], "error:") || strstr(lines[i], "undefined reference"))
            return g_strdup(g_str_has_prefix(lines[i], "src/") ? lines[i] + strlen("src/") : lines[i]);
    return g_strdup("the compiler gave no reason");
}

/* Why the tester was not built: the student's mistake, unless it is the machine's. */
static json_t *build_problem(const struct submission *submission)
{
    g_autofree char *error = first_error(submission);
    if (!build_names_place(error) && !strstr(error, "undefined reference"))
        sound_compiler(submission);
    return problem("your tests do not compile: %s", error);
}

static bool build_tester(const struct submission *submission)
{
    const char *lab = submission->rubric->lab;
    g_autofree char *script = build_seen("/kit/tester.sh", kit_path("grader", "owntests", "tester.sh", NULL));
    g_autofree char *support = build_seen("/kit/subject", kit_path("build", "subject", NULL));
    const char *command[] = {"sh", script, NULL};
    const char *environment[] = {"OBJECTS", "obj/tests/my_tests.o", "SUPPORT", support, "LAB", lab, NULL};
    return build_compile(submission, tests_file, "-w", "obj/tests", "own_diagnostics.txt") == 0 &&
           build_tool(submission, VIEW_LINK, command, environment, NULL) == 0;
}

/* --- running it --- */

/* Adds the paths of all implementations, in order of their names: chaffs, the reference, wheats. */
static void add_implementations(GPtrArray *arguments, const char *lab)
{
    g_autofree char *folder = kit_path("build", "implementations", lab, NULL);
    g_autoptr(GPtrArray) paths = g_ptr_array_new();
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; dir && (name = g_dir_read_name(dir)) != NULL;)
        if (strcmp(name, "reference") == 0 || g_str_has_prefix(name, "wheat-") || g_str_has_prefix(name, "chaff-"))
            g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
    g_ptr_array_sort(paths, compare_names);
    for (guint i = 0; i < paths->len; i++)
        g_ptr_array_add(arguments, paths->pdata[i]);
}

/* A kit for students has no such version: staff count. */
static void add_counted(GPtrArray *arguments, const char *lab, const char *counters)
{
    g_autofree char *counted = kit_path("build", "implementations", lab, "counted", NULL);
    if (!g_file_test(counted, G_FILE_TEST_EXISTS))
        return;
    g_ptr_array_add(arguments, g_strdup("--counted"));
    g_ptr_array_add(arguments, g_steal_pointer(&counted));
    g_ptr_array_add(arguments, g_strdup("--counters"));
    g_ptr_array_add(arguments, g_strdup(counters));
}

static GPtrArray *referee_arguments(const struct submission *submission, const char *counters)
{
    GPtrArray *arguments = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(arguments, kit_path("build", "referee", NULL));
    g_ptr_array_add(arguments, g_strdup("--tester"));
    g_ptr_array_add(arguments, submission_path(submission, "tester"));
    g_ptr_array_add(arguments, g_strdup("--keeper"));
    g_ptr_array_add(arguments, kit_path("build", "subject", "keeper", NULL));
    add_counted(arguments, submission->rubric->lab, counters);
    g_ptr_array_add(arguments, g_strdup("--workers"));
    g_ptr_array_add(arguments, g_strdup_printf("%u", kit_workers()));
    if (!sandbox_has_namespaces())
        g_ptr_array_add(arguments, g_strdup("--bare"));
    add_implementations(arguments, submission->rubric->lab);
    g_ptr_array_add(arguments, NULL);
    return arguments;
}

static json_t *run_referee(const struct submission *submission, const char *counters)
{
    g_autoptr(GPtrArray) arguments = referee_arguments(submission, counters);
    g_autofree char *output = NULL;
    int status = 0;
    GError *error = NULL;
    if (!g_spawn_sync(NULL, (char **)arguments->pdata, NULL, G_SPAWN_DEFAULT, kit_end_with_parent, NULL, &output, NULL,
                      &status, &error))
        die_fault("cannot run the referee: %s", error->message);
    json_t *document = json_loads(output, 0, NULL);
    if (!g_spawn_check_wait_status(status, NULL) || !document)
        die_fault("the referee of %s failed", submission->rubric->lab);
    return document;
}

/* --- coverage of the reference --- */

/* The reference's sources and notes beside the counters in work/own/evidence: as if it had been handed in. */
static void place_reference(const struct submission *submission)
{
    g_autofree char *folder = submission_path(submission, OWN_TESTS_FOLDER);
    static const char *const parts[] = {"src", "obj"};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *from =
            kit_path("build", "implementations", submission->rubric->lab, "coverage", parts[i], NULL);
        g_autofree char *to = g_build_filename(folder, parts[i], NULL);
        files_copy_folder(from, to);
    }
}

static json_t *reference_coverage(const struct submission *submission)
{
    struct submission reference = {.rubric = submission->rubric, .work = submission_path(submission, OWN_TESTS_FOLDER)};
    json_t *covered = coverage_of_reference(&reference);
    g_free(reference.work);
    return covered;
}

static void set_coverage(json_t *own, json_t *covered)
{
    if (json_is_object(covered)) { /* lines of the reference are nobody's business */
        json_object_del(covered, "unreached");
        json_object_del(covered, "untaken");
    }
    json_object_set_new(own, "coverage", covered);
}

void own_tests_add_coverage(json_t *own, json_t *covered)
{
    if (json_is_true(json_object_get(own, "coverage")))
        set_coverage(own, covered);
    else
        json_decref(covered);
}

/* --- adding up --- */

/* The run of a correct version that a test rejected. Others were not run after that: they have no test's name. */
static const json_t *rejecting_run(const json_t *runs)
{
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run)
    {
        bool chaff = g_str_has_prefix(text_at(run, "name"), "chaff-");
        if (!chaff && !json_is_true(json_object_get(run, "passed")) && text_at(run, "test")[0])
            return run;
    }
    return NULL;
}

static json_t *rejection(const json_t *runs)
{
    const json_t *run = rejecting_run(runs);
    if (!run)
        return json_string("your tests ended the program that runs them, on a correct version");
    bool reference = strcmp(text_at(run, "name"), "reference") == 0;
    return json_sprintf("your test %s fails on a correct version (%s): %s", text_at(run, "test"),
                        reference ? "the reference" : "one with a different design", text_at(run, "message"));
}

json_t *own_tests_sum_up(const json_t *document)
{
    int chaffs = 0;
    int caught = 0;
    bool rejected = false;
    const json_t *runs = json_object_get(document, "runs");
    size_t i;
    json_t *run;
    json_array_foreach(runs, i, run)
    {
        const char *name = json_string_value(json_object_get(run, "name"));
        bool passed = json_is_true(json_object_get(run, "passed"));
        bool chaff = g_str_has_prefix(name, "chaff-");
        chaffs += chaff;
        caught += chaff && !passed;
        rejected = rejected || (!chaff && !passed);
    }
    json_t *message = rejected ? rejection(runs) : json_null();
    return json_pack("{s:O, s:b, s:o, s:i, s:i}", "tests", json_object_get(document, "tests"), "accepted",
                     (int)!rejected, "message", message, "caught", rejected ? 0 : caught, "chaffs", chaffs);
}

/* TESTS: what the referee says in place of their number. */
static const char *why_no_tests(json_int_t tests)
{
    static const char *const reasons[] = {
        "my_tests.c adds no test to its test case",
        "the program with your tests ended before the first of them",
        "your tests take more than a minute of CPU time on all versions of the lab together, and were stopped",
        "your tests do not end: three of them ran out of time on the reference, and were stopped with the rest",
        "one of your tests ended the whole program that runs them, or stopped it",
    };
    return -tests < (json_int_t)G_N_ELEMENTS(reasons) ? reasons[-tests] : "your tests could not be run";
}

static json_t *grade_own(const struct submission *submission, bool coverage_later)
{
    g_autofree char *source = g_build_filename(submission->work, "src", tests_file, NULL);
    if (!g_file_test(source, G_FILE_TEST_EXISTS))
        return problem("%s was not handed in", tests_file);
    if (!build_tester(submission))
        return build_problem(submission);
    g_autofree char *evidence = submission_path(submission, OWN_TESTS_FOLDER "/evidence");
    g_mkdir_with_parents(evidence, 0755);
    g_autofree char *counters = g_build_filename(evidence, "own.gcda", NULL);
    judge_open_to_nobody(submission);
    json_t *document = run_referee(submission, counters);
    json_int_t tests = json_integer_value(json_object_get(document, "tests"));
    json_t *result = tests > 0 ? own_tests_sum_up(document) : problem("%s", why_no_tests(tests));
    if (tests > 0 && !submission->rubric->own.coverage_by_staff) {
        place_reference(submission);
        set_coverage(result, coverage_later ? json_true() : reference_coverage(submission));
    }
    if (json_is_true(json_object_get(result, "accepted")))
        json_object_set_new(result, "missed", own_tests_missed(submission->rubric, json_object_get(document, "runs")));
    json_decref(document);
    return result;
}

/* --- beside the other stages --- */

struct own_tests {
    pid_t child; /* 0: there are no points for own tests */
    int result;  /* where its JSON comes from */
};

struct own_tests *own_tests_start(const struct submission *submission, bool coverage_later)
{
    struct own_tests *running = g_new0(struct own_tests, 1);
    int ends[2];
    if (submission->rubric->own.points == 0 || submission->rubric->own.chaffs_by_staff)
        return running;
    if (pipe2(ends, O_CLOEXEC) != 0 || (running->child = fork()) < 0)
        die_fault("cannot start another process");
    if (running->child == 0) {
        files_after_fork();
        kit_end_with_parent(NULL);
        setpriority(PRIO_PROCESS, 0, BEHIND); /* the other stages go first: someone waits for them */
        json_t *result = grade_own(submission, coverage_later);
        _exit(json_dumpfd(result, ends[1], JSON_COMPACT) == 0 ? EXIT_GRADED : EXIT_FAULT);
    }
    close(ends[1]);
    running->result = ends[0];
    return running;
}

json_t *own_tests_finish(struct own_tests *running)
{
    json_t *result = json_null();
    if (running->child > 0) {
        result = json_loadfd(running->result, 0, NULL);
        close(running->result);
        int status = 0;
        if (waitpid(running->child, &status, 0) != running->child || status != 0 || !result)
            die_fault("the students' own tests could not be run");
    }
    g_free(running);
    return result;
}
