// SPDX-License-Identifier: MIT
/*
 * invoke.c - running a lab's judge from the command line program (grade.h). The judge itself is main.c.
 */
#include "grade/grade.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Runs the judge of LAB with ARGUMENTS (argv without the program, taken over) and reads its JSON array. */
static json_t *run_judge(const char *lab, GPtrArray *arguments)
{
    g_ptr_array_insert(arguments, 0, kit_path("build", "judges", lab, NULL));
    g_ptr_array_add(arguments, NULL);
    GError *error = NULL;
    g_autofree char *output = NULL;
    int status = 0;
    bool ran = g_spawn_sync(NULL, (char **)arguments->pdata, NULL, G_SPAWN_DEFAULT, kit_end_with_parent, NULL, &output,
                            NULL, &status, &error);
    g_ptr_array_unref(arguments);
    if (!ran)
        die_fault("cannot run the judge of %s: %s (is the kit built? type make)", lab, error->message);
    json_t *verdicts = json_loads(output, 0, NULL);
    if (!g_spawn_check_wait_status(status, NULL) || !json_is_array(verdicts))
        die_fault("the judge of %s failed", lab);
    return verdicts;
}

static GPtrArray *argument_list(void)
{
    return g_ptr_array_new_with_free_func(g_free);
}

json_t *judge_tests(const char *lab, bool hidden)
{
    GPtrArray *arguments = argument_list();
    g_ptr_array_add(arguments, g_strdup(hidden ? "--list-hidden" : "--list"));
    return run_judge(lab, arguments);
}

/* Run by the system's root, subjects become nobody (sandbox/subject.c), who must be able to reach them. */
void judge_open_to_nobody(const struct submission *submission)
{
    static const char *const programs[] = {"subject", "subject-memcheck", "subject-counted", "tester"};
    if (geteuid() != 0)
        return;
    for (guint i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *path = submission_path(submission, programs[i]);
        if (chmod(path, 0755) != 0 && errno != ENOENT)
            die_fault("cannot open %s to the subject", path);
    }
}

/* Adds the test called NAME, after all that it needs, unless it is in the list already. Answers are no tests. */
static void add_test(GPtrArray *names, const struct rubric *rubric, const char *name)
{
    const struct item *item = rubric_item(rubric, name);
    if (!item || item->kind != ITEM_TEST || item->by_staff)
        return;
    for (guint i = 0; item->needs[i]; i++)
        add_test(names, rubric, item->needs[i]);
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
        g_ptr_array_add(names, g_strdup(name));
}

/* Adds the tests that PLAN names, and those that they need. False if there is no test among them. For the first failure
 * all are named, so that a test's needs stand before it. */
static bool add_tests(GPtrArray *arguments, const struct rubric *rubric, const struct grade_plan *plan)
{
    guint before = arguments->len;
    for (guint i = 0; plan->only && plan->only[i]; i++)
        add_test(arguments, rubric, plan->only[i]);
    for (guint i = 0; !plan->only && plan->first_failure && i < rubric->items->len; i++)
        add_test(arguments, rubric, ((const struct item *)rubric->items->pdata[i])->name);
    return !plan->only || arguments->len > before;
}

/* Adds NAME and VALUE, which is taken over. */
static void add_option(GPtrArray *arguments, const char *name, char *value)
{
    g_ptr_array_add(arguments, g_strdup(name));
    g_ptr_array_add(arguments, value);
}

/* One more than usual, if the schedule is not to be the usual one. */
static unsigned workers(const struct grade_plan *plan)
{
    return plan->first_failure ? 1 : kit_workers() + (plan->schedule != 0);
}

/* The tests of a lab that is judged as another: the judge gets to know them as files, each with its name. */
static void add_own_traces(GPtrArray *arguments, const struct rubric *rubric)
{
    for (guint i = 0; rubric->judged_as && i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        g_autofree char *path = rubric_trace(rubric, item);
        add_option(arguments, "--trace", g_strdup_printf("%s=%s", item->name, path));
    }
}

/* What every run of a judge over SUBMISSION needs. PROGRAM: the subject, a name in the work folder. */
static GPtrArray *basic_arguments(const struct submission *submission, const struct grade_plan *plan,
                                  const char *program, const char *evidence)
{
    GPtrArray *arguments = argument_list();
    judge_open_to_nobody(submission);
    add_option(arguments, "--subject", submission_path(submission, program));
    add_option(arguments, "--workers", g_strdup_printf("%u", workers(plan)));
    add_option(arguments, "--evidence", submission_path(submission, evidence));
    add_option(arguments, "--keeper", kit_path("build", "subject", "keeper", NULL));
    add_option(arguments, "--probe", kit_path("build", build_support(submission), "probe", NULL));
    if (submission->bits32)
        g_ptr_array_add(arguments, g_strdup("--bits32"));
    if (submission_is_watched(submission))
        g_ptr_array_add(arguments, g_strdup("--watched"));
    if (submission->measured)
        g_ptr_array_add(arguments, g_strdup("--measured"));
    if (submission->forgives)
        g_ptr_array_add(arguments, g_strdup("--forgiving"));
    add_option(arguments, "--static-bytes", g_strdup_printf("%zu", program_writable_bytes(submission)));
    add_option(arguments, "--traces", kit_path("grader", "traces", NULL));
    if (!sandbox_has_namespaces())
        g_ptr_array_add(arguments, g_strdup("--bare"));
    if (submission->without_realloc)
        g_ptr_array_add(arguments, g_strdup("--without-realloc"));
    if (plan->check_each)
        g_ptr_array_add(arguments, g_strdup("--check-each"));
    if (submission->segment)
        g_ptr_array_add(arguments, g_strdup("--segment"));
    size_t heap = plan->heap ? plan->heap : submission->rubric->cost.heap;
    if (heap)
        add_option(arguments, "--heap", g_strdup_printf("%zu", heap));
    int alignment = plan->alignment ? plan->alignment : rubric_alignment(submission->rubric, submission->bits32);
    if (alignment)
        add_option(arguments, "--alignment", g_strdup_printf("%d", alignment));
    for (guint i = 0; plan->traces && plan->traces[i]; i++)
        add_option(arguments, "--trace", g_strdup(plan->traces[i]));
    if (!plan->traces)
        add_own_traces(arguments, submission->rubric);
    return arguments;
}

/* What every run of tests needs; makes the folder EVIDENCE. */
static GPtrArray *run_arguments(const struct submission *submission, const struct grade_plan *plan, const char *program,
                                const char *evidence)
{
    GPtrArray *arguments = basic_arguments(submission, plan, program, evidence);
    if (plan->seed)
        add_option(arguments, "--seed", g_strdup(plan->seed));
    if (plan->operations)
        add_option(arguments, "--operations", g_strdup_printf("%u", plan->operations));
    if (plan->in_turn)
        add_option(arguments, "--in-turn", g_strdup_printf("%u", plan->in_turn));
    g_autofree char *folder = submission_path(submission, evidence);
    if (mkdir(folder, 0755) != 0)
        die_fault("cannot make %s", folder);
    return arguments;
}

/* Tests under memcheck wait for what they need. */
static void add_needs(GPtrArray *arguments, const struct rubric *rubric)
{
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        GString *names = g_string_new(item->name);
        for (guint k = 0; item->needs[k]; k++) {
            const struct item *need = rubric_item(rubric, item->needs[k]);
            if (need && need->kind == ITEM_TEST && !need->by_staff)
                g_string_append_printf(names, ":%s", need->name);
        }
        bool waits = item->kind == ITEM_TEST && !item->by_staff && names->len > strlen(item->name);
        char *value = g_string_free(names, FALSE);
        if (waits)
            add_option(arguments, "--needs", value);
        else
            g_free(value);
    }
}

static json_t *judge_program(const struct submission *submission, const struct grade_plan *plan, const char *program,
                             const char *evidence)
{
    GPtrArray *arguments = run_arguments(submission, plan, program, evidence);
    add_needs(arguments, submission->rubric);
    if (plan->first_failure)
        g_ptr_array_add(arguments, g_strdup("--first-failure"));
    if (plan->schedule)
        add_option(arguments, "--schedule", g_strdup_printf("%u", plan->schedule));
    if (!add_tests(arguments, submission->rubric, plan)) {
        g_ptr_array_unref(arguments);
        return json_array();
    }
    return run_judge(rubric_machine(submission->rubric), arguments);
}

json_t *judge(const struct submission *submission, const struct grade_plan *plan)
{
    return judge_program(submission, plan, "subject", "evidence");
}

void judge_counted(const struct submission *submission, const struct grade_plan *plan)
{
    g_autofree char *program = submission_path(submission, "subject-counted");
    if (g_file_test(program, G_FILE_TEST_EXISTS))
        json_decref(judge_program(submission, plan, "subject-counted", COUNTED_FOLDER));
}

json_t *judge_again(const struct submission *submission, const struct grade_plan *plan, unsigned schedule,
                    const char *evidence)
{
    struct grade_plan otherwise = *plan;
    g_autofree char *seed = g_strdup_printf("%u", schedule + 1);
    otherwise.schedule = schedule;
    otherwise.seed = seed;
    return judge_program(submission, &otherwise, "subject", evidence);
}

json_t *judge_named(const struct submission *submission, const struct grade_plan *plan, GStrv tests)
{
    GPtrArray *arguments = run_arguments(submission, plan, "subject", "evidence");
    for (guint i = 0; tests && tests[i]; i++)
        g_ptr_array_add(arguments, g_strdup(tests[i]));
    return run_judge(rubric_machine(submission->rubric), arguments);
}

json_t *judge_cost(const struct submission *submission, const struct grade_plan *plan, GStrv tests)
{
    GPtrArray *arguments = basic_arguments(submission, plan, "subject", "evidence");
    g_ptr_array_add(arguments, g_strdup("--cost"));
    for (guint i = 0; tests[i]; i++)
        g_ptr_array_add(arguments, g_strdup(tests[i]));
    return run_judge(rubric_machine(submission->rubric), arguments);
}

json_t *judge_timeline(const struct submission *submission, const struct grade_plan *plan, const char *test,
                       const char *trace, char **timeline)
{
    GPtrArray *arguments = run_arguments(submission, plan, "subject", "evidence");
    if (trace)
        add_option(arguments, "--trace", g_strdup(trace));
    add_option(arguments, "--timeline", g_strdup(test));
    g_ptr_array_add(arguments, g_strdup(test));
    json_t *verdicts = run_judge(rubric_machine(submission->rubric), arguments);
    g_autofree char *name = g_strdup_printf("%s.timeline", test);
    *timeline = g_build_filename(submission->work, "evidence", name, NULL);
    return verdicts;
}
