// SPDX-License-Identifier: MIT
/*
 * local.c - one process for each submission, on this machine (class.h).
 *
 * Each submission's process is a fork of this one without exec, so that the class's list is read once. Its stderr goes
 * to faults/ID.txt, which is kept if the process fails. It dies with this process, and everything that it started dies
 * with it. Those processes mostly wait for each other, so all of them stay on one processor.
 */
#include "class/class.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Far more than all limits of a grade add up to: only a fault in the kit takes this long. */
enum { DEADLINE_SECONDS = 900 };

struct slot {
    pid_t child; /* 0: free */
    const struct handed_in *submission;
    gint64 deadline; /* as g_get_monotonic_time counts */
};

struct run {
    const struct batch *batch;
    struct slot *slots;
    guint busy;
    unsigned faults;
    batch_done done;
    gpointer data;
};

static void block_child_signal(sigset_t *before)
{
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, before);
}

static _Noreturn void become_grade(const struct run *run, const struct slot *slot, pid_t parent,
                                   const sigset_t *signals)
{
    const struct batch *batch = run->batch;
    const struct handed_in *submission = slot->submission;
    g_autofree char *path = state_fault_path(batch, submission->id);
    int errors = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (errors < 0 || dup2(errors, STDERR_FILENO) < 0 || getppid() != parent)
        _exit(EXIT_FAULT);
    sigprocmask(SIG_SETMASK, signals, NULL);
    files_after_fork();
    if (batch->jobs > 1)
        stay_on_processor((unsigned)(slot - run->slots));
    grade_one(batch, submission);
    exit(EXIT_GRADED);
}

static void start_grade(struct run *run, struct slot *slot, const struct handed_in *submission, const sigset_t *signals)
{
    pid_t parent = getpid();
    *slot =
        (struct slot){.submission = submission, .deadline = g_get_monotonic_time() + DEADLINE_SECONDS * G_USEC_PER_SEC};
    fflush(NULL);
    slot->child = fork();
    if (slot->child < 0)
        die_fault("cannot start another process: %s", g_strerror(errno));
    if (slot->child == 0)
        become_grade(run, slot, parent, signals);
    run->busy++;
}

/* What the process of SUBMISSION printed before it failed with STATUS. */
static char *fault_text(const struct batch *batch, const struct handed_in *submission, int status)
{
    enum { MOST_BYTES = 1000 };
    g_autofree char *path = state_fault_path(batch, submission->id);
    g_autofree char *said = files_read_text(path, MOST_BYTES);
    g_strstrip(said);
    return WIFSIGNALED(status)
               ? g_strdup_printf("signal %d ended the process that graded it. %s", WTERMSIG(status), said)
               : g_strdup_printf("exit status %d. %s", WEXITSTATUS(status), said);
}

static void finish_grade(struct run *run, struct slot *slot, int status)
{
    bool ok = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_GRADED;
    g_autofree char *fault = ok ? NULL : fault_text(run->batch, slot->submission, status);
    g_autofree char *path = state_fault_path(run->batch, slot->submission->id);
    if (ok)
        unlink(path);
    run->faults += !ok;
    slot->child = 0;
    run->busy--;
    run->done(run->batch, slot->submission, fault, run->data);
}

static void reap(struct run *run)
{
    for (unsigned i = 0; i < run->batch->jobs; i++) {
        struct slot *slot = &run->slots[i];
        int status = 0;
        if (slot->child == 0)
            continue;
        if (g_get_monotonic_time() > slot->deadline)
            kill(slot->child, SIGKILL);
        if (waitpid(slot->child, &status, WNOHANG) == slot->child)
            finish_grade(run, slot, status);
    }
}

static void await_child(void)
{
    const struct timespec moment = {.tv_sec = 1};
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigtimedwait(&children, NULL, &moment);
}

static struct slot *free_slot(const struct run *run)
{
    for (unsigned i = 0; i < run->batch->jobs; i++)
        if (run->slots[i].child == 0)
            return &run->slots[i];
    return NULL;
}

unsigned local_run(const struct batch *batch, const GPtrArray *todo, batch_done done, gpointer data)
{
    g_autofree struct slot *slots = g_new0(struct slot, batch->jobs);
    struct run run = {.batch = batch, .slots = slots, .done = done, .data = data};
    sigset_t signals;
    block_child_signal(&signals);
    for (guint next = 0; next < todo->len || run.busy > 0;) {
        struct slot *slot = next < todo->len ? free_slot(&run) : NULL;
        if (slot) {
            start_grade(&run, slot, todo->pdata[next++], &signals);
            continue;
        }
        await_child();
        reap(&run);
    }
    sigprocmask(SIG_SETMASK, &signals, NULL);
    return run.faults;
}
