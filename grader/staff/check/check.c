// SPDX-License-Identifier: MIT
/*
 * check.c - collects, runs and reports the jobs of heaplab check (check.h).
 *
 * The jobs are spread over processes. Each job writes its findings to a separate file, so that the output is in order
 * and the same in every run.
 */
#include "staff/check/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- collecting --- */

static void add_job(GArray *jobs, const char *lab, const char *kind, void (*run)(const struct job *, GString *),
                    char *subject)
{
    struct job job = {.lab = lab, .kind = kind, .run = run, .subject = subject};
    g_array_append_val(jobs, job);
}

/* Adds one job for each entry of grader/labs/LAB/FOLDER whose name ends with SUFFIX. */
static void add_each(GArray *jobs, const char *lab, const char *folder, const char *suffix, const char *kind,
                     void (*run)(const struct job *, GString *))
{
    g_autofree char *path = kit_path("grader", "labs", lab, folder, NULL);
    g_autoptr(GPtrArray) names = files_names(path, suffix);
    for (guint i = 0; i < names->len; i++)
        add_job(jobs, lab, kind, run, g_build_filename(path, names->pdata[i], NULL));
}

/* Is LAB made of traces that another lab's judge replays? Then there is no test, and no sentence of a contract, of its
 * own. */
static bool is_imported(const char *lab)
{
    char *mistake = NULL;
    struct rubric *rubric = rubric_read(lab, &mistake);
    bool imported = rubric && rubric->judged_as;
    g_free(mistake);
    rubric_free(rubric);
    return imported;
}

static void add_imported(GArray *jobs, const char *lab, enum selfcheck part)
{
    if (part != CHECK_CLAUSES)
        add_job(jobs, lab, "rubric", check_rubric, NULL);
    if (part != CHECK_ALL)
        return;
    add_job(jobs, lab, "stub", check_imported_stub, NULL);
    add_job(jobs, lab, "baseline", check_imported_baseline, NULL);
}

static void add_lab(GArray *jobs, const char *lab, enum selfcheck part)
{
    if (is_imported(lab)) {
        add_imported(jobs, lab, part);
        return;
    }
    if (part == CHECK_CLAUSES)
        add_job(jobs, lab, "clauses", check_clauses, NULL);
    else
        add_job(jobs, lab, "rubric", check_rubric, NULL);
    if (part != CHECK_ALL)
        return;
    add_job(jobs, lab, "stub", check_stub, NULL);
    add_job(jobs, lab, "reference", check_reference, NULL);
    add_each(jobs, lab, "wheats", "", "wheat", check_wheat);
    add_each(jobs, lab, "chaffs", ".patch", "chaff", check_chaff);
}

/* --- running --- */

static char *findings_path(const char *folder, guint index)
{
    g_autofree char *name = g_strdup_printf("job-%u", index);
    return g_build_filename(folder, name, NULL);
}

static void run_job(const struct job *job, const char *folder, guint index)
{
    GString *findings = g_string_new(NULL);
    job->run(job, findings);
    g_autofree char *path = findings_path(folder, index);
    files_write(path, findings->str);
    g_string_free(findings, TRUE);
}

/* A pipe with the index of each job: a free worker reads the next one. The last lab's jobs come first, as they take the
 * longest. */
static int queue_of(guint jobs)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        die_fault("cannot make a queue of jobs: %s", g_strerror(errno));
    for (guint i = jobs; i-- > 0;)
        if (write(ends[1], &i, sizeof i) != sizeof i)
            die_fault("cannot fill the queue of jobs: %s", g_strerror(errno));
    close(ends[1]);
    return ends[0];
}

/* A job without a file of findings did not finish. */
static void run_jobs(const GArray *jobs, const char *folder)
{
    int queue = queue_of(jobs->len);
    for (unsigned worker = 0; worker < kit_workers(); worker++) {
        pid_t child = fork();
        if (child < 0)
            die_fault("cannot start a worker");
        if (child > 0)
            continue;
        files_after_fork();
        kit_set_workers(1); /* for what it grades: each further one of a judge would start a sandbox of its own */
        for (guint i; read(queue, &i, sizeof i) == sizeof i;)
            run_job(&g_array_index(jobs, struct job, i), folder, i);
        exit(EXIT_SUCCESS);
    }
    close(queue);
    while (wait(NULL) > 0)
        continue;
}

/* --- reporting --- */

static bool print_findings(const struct job *job, const char *folder, guint index)
{
    g_autofree char *path = findings_path(folder, index);
    g_autofree char *findings = NULL;
    if (!g_file_get_contents(path, &findings, NULL, NULL))
        findings = g_strdup("the check did not finish\n");
    if (!findings[0])
        return true;
    g_autofree char *name = job->subject ? g_path_get_basename(job->subject) : g_strdup("");
    printf("  %s, %s%s%s:\n", job->lab, job->kind, job->subject ? " " : "", name);
    g_auto(GStrv) lines = g_strsplit(g_strchomp(findings), "\n", -1);
    for (guint i = 0; lines[i]; i++)
        printf("      %s\n", lines[i]);
    return false;
}

static int tell_all(const GArray *jobs, const char *folder)
{
    int wrong = 0;
    for (guint i = 0; i < jobs->len; i++)
        wrong += !print_findings(&g_array_index(jobs, struct job, i), folder, i);
    printf("heaplab check: %d passed, %d failed\n", (int)jobs->len - wrong, wrong);
    return wrong;
}

int selfcheck(const GPtrArray *labs, enum selfcheck part, unsigned times)
{
    check_times(times);
    g_autoptr(GArray) jobs = g_array_new(FALSE, FALSE, sizeof(struct job));
    for (guint i = 0; i < labs->len; i++)
        add_lab(jobs, labs->pdata[i], part);
    g_autofree char *folder = files_make_temporary();
    run_jobs(jobs, folder);
    int wrong = tell_all(jobs, folder);
    for (guint i = 0; i < jobs->len; i++)
        g_free(g_array_index(jobs, struct job, i).subject);
    return wrong;
}
