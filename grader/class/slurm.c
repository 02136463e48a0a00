// SPDX-License-Identifier: MIT
/*
 * slurm.c - a batch as a Slurm job array (class.h).
 *
 *     here            sbatch --array, one task for each shard; then looks for results until the array has ended
 *     a task          heaplab batch ... --shard K/N: grades every Nth submission without a result; writes result files
 *
 * They share nothing but the result files, in a folder that all machines see. If an earlier run left an array running,
 * it is cancelled first: its id is in DIR/slurm.job, which stays until Slurm itself has said that the job has ended. A
 * controller that does not answer is waited for. One that was killed may come back without the job, if that was new:
 * what has no result then goes into another job.
 */
#include "class/class.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { SHARD_SUBMISSIONS = 20, MOST_SHARDS = 500, POLL_SECONDS = 1, MOST_JOBS = 3 };

/* Runs COMMAND (argv) to its end. Returns its output; if it fails, NULL, with its error messages in *ERRORS. */
static char *output_of(const char *const *command, char **errors)
{
    char *output = NULL;
    int status = 0;
    GError *error = NULL;
    if (!g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, errors,
                      &status, &error))
        die_unusable("cannot run %s (%s); --engine slurm needs Slurm's commands", command[0], error->message);
    if (g_spawn_check_wait_status(status, NULL))
        return output;
    g_free(output);
    return NULL;
}

static char *job_path(const struct batch *batch)
{
    return g_build_filename(batch->out, "slurm.job", NULL);
}

/* ERRORS are squeue's or scancel's: do they say that there is no such job (any more)? Everything else, such as a
 * controller that is away, says nothing about the job. */
static bool is_unknown(const char *errors)
{
    return errors && strstr(errors, "Invalid job id");
}

static void cancel_earlier(const struct batch *batch)
{
    g_autofree char *path = job_path(batch);
    g_autofree char *job = NULL;
    if (!g_file_get_contents(path, &job, NULL, NULL))
        return;
    g_autofree char *errors = NULL;
    const char *command[] = {"scancel", g_strstrip(job), NULL};
    g_autofree char *output = output_of(command, &errors);
    if (!output && !is_unknown(errors))
        die_unusable(
            "Slurm job %s of an earlier run may still be at work, and scancel cannot end it: %s. Start the batch "
            "again when Slurm answers",
            job, g_strstrip(errors));
    unlink(path);
}

static guint shards_for(const GPtrArray *todo)
{
    guint shards = (todo->len + SHARD_SUBMISSIONS - 1) / SHARD_SUBMISSIONS;
    return MAX(1, MIN(shards, MOST_SHARDS));
}

/* What every task of the array runs, quoted for its shell. */
static char *task_command(const struct batch *batch, const struct batch_plan *plan, guint shards)
{
    g_autofree char *program = kit_path("build", "heaplab", NULL);
    g_autofree char *given = g_canonicalize_filename(plan->submissions, NULL);
    g_autofree char *folder = g_canonicalize_filename(plan->out, NULL);
    g_autofree char *heaplab = g_shell_quote(program);
    g_autofree char *submissions = g_shell_quote(given);
    g_autofree char *out = g_shell_quote(folder);
    return g_strdup_printf("exec %s batch --lab %s %s --out %s --jobs %u --shard \"$SLURM_ARRAY_TASK_ID/%u\"%s%s",
                           heaplab, batch->rubric->number, submissions, out, batch->jobs, shards,
                           batch->coverage ? "" : " --no-coverage", plan->no_sandbox ? " --no-sandbox" : "");
}

static char *submit_array(const struct batch *batch, const struct batch_plan *plan, guint shards)
{
    g_autofree char *task = task_command(batch, plan, shards);
    g_autofree char *array = g_strdup_printf("--array=0-%u", shards - 1);
    g_autofree char *log = g_build_filename(batch->out, "faults", "slurm-%a.txt", NULL);
    g_autofree char *cpus = g_strdup_printf("--cpus-per-task=%u", batch->jobs);
    const char *command[] = {"sbatch", "--parsable", "--job-name=heaplab", array, cpus, "-o", log, "--wrap",
                             task,     NULL};
    char *errors = NULL;
    char *job = output_of(command, &errors);
    if (!job)
        die_unusable("sbatch refused the job: %s", g_strstrip(errors));
    g_free(errors);
    g_strstrip(job);
    job[strcspn(job, ";")] = '\0'; /* a cluster's name may follow */
    g_autofree char *path = job_path(batch);
    files_write(path, job);
    return job;
}

enum job_state { JOB_ALIVE, JOB_ENDED, JOB_UNKNOWN, SLURM_AWAY };

/* Are tasks of JOB waiting or running? If Slurm does not say, they may be. It forgets jobs some minutes after their
 * end. */
static enum job_state state_of(const char *job)
{
    g_autofree char *errors = NULL;
    const char *command[] = {"squeue", "--noheader", "--jobs", job, NULL};
    g_autofree char *list = output_of(command, &errors);
    if (!list)
        return is_unknown(errors) ? JOB_UNKNOWN : SLURM_AWAY;
    return g_strstrip(list)[0] ? JOB_ALIVE : JOB_ENDED;
}

/* Says once when Slurm stops answering, and once when it answers again. */
static void tell_away(bool before, bool away)
{
    if (away != before)
        printf(away ? "Slurm does not answer; waiting for it\n" : "Slurm answers again\n");
    fflush(stdout);
}

/* Calls DONE for the submissions in LEFT that have a result now, and removes them from LEFT. */
static void collect(const struct batch *batch, GPtrArray *left, batch_done done, gpointer data)
{
    for (guint i = left->len; i > 0; i--) {
        const struct handed_in *submission = left->pdata[i - 1];
        g_autofree char *path = state_result_path(batch, submission->id);
        if (!g_file_test(path, G_FILE_TEST_EXISTS))
            continue;
        done(batch, submission, NULL, data);
        g_ptr_array_remove_index_fast(left, i - 1);
    }
}

/* Waits until JOB has ended, and calls DONE for what it leaves. Returns whether Slurm does not know the job any more.
 */
static bool await_job(const struct batch *batch, const char *job, GPtrArray *left, batch_done done, gpointer data)
{
    bool away = false;
    enum job_state state;
    while ((state = state_of(job)) == JOB_ALIVE || state == SLURM_AWAY) {
        tell_away(away, state == SLURM_AWAY);
        away = state == SLURM_AWAY;
        sleep(POLL_SECONDS);
        collect(batch, left, done, data);
    }
    tell_away(away, false);
    collect(batch, left, done, data);
    return state == JOB_UNKNOWN;
}

unsigned slurm_run(const struct batch *batch, const struct batch_plan *plan, const GPtrArray *todo, batch_done done,
                   gpointer data)
{
    cancel_earlier(batch);
    if (todo->len == 0)
        return 0;
    g_autoptr(GPtrArray) left = g_ptr_array_new();
    for (guint i = 0; i < todo->len; i++)
        g_ptr_array_add(left, todo->pdata[i]);
    bool lost = true;
    for (guint jobs = 0; lost && left->len > 0 && jobs < MOST_JOBS; jobs++) {
        guint shards = shards_for(left);
        g_autofree char *job = submit_array(batch, plan, shards);
        printf("Slurm job %s: %u tasks\n", job, shards);
        fflush(stdout);
        lost = await_job(batch, job, left, done, data);
        if (lost && left->len > 0)
            printf("Slurm does not know job %s any more, and %u submission%s no result\n", job, left->len,
                   left->len == 1 ? " has" : "s have");
    }
    for (guint i = 0; i < left->len; i++)
        done(batch, left->pdata[i], "no task of the Slurm job left a result: it was cancelled, or it failed", data);
    g_autofree char *path = job_path(batch);
    unlink(path);
    return left->len;
}
