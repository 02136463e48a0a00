// SPDX-License-Identifier: MIT
/*
 * subject.c - starting a subject: student code, in a root that holds nothing but itself (sandbox.h).
 */
#include "judge/channel.h"
#include "sandbox/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <unistd.h>

static const struct limits subject_limits = {
    .cpu_seconds = 4, /* behind the clock in subject/fall.c, for code that stops that clock */
    .memory_bytes = 256 * MIB,
    .file_bytes = 64 * 1024, /* its output */
    .stack_bytes = 8 * MIB,
};

/* In the child: descriptors 0 to 3 become what the subject is to have. FILTER moves out of their way first. */
static bool arrange_descriptors(const struct subject_plan *plan, int *filter)
{
    enum { ABOVE = 10 };
    int channel = fcntl(plan->channel, F_DUPFD, ABOVE);
    int output = fcntl(plan->output, F_DUPFD, ABOVE);
    int null = open("/dev/null", O_RDONLY);
    if (*filter >= 0)
        *filter = fcntl(*filter, F_DUPFD, ABOVE);
    if (channel < 0 || output < 0 || null < 0)
        return false;
    bool ok = dup2(null, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0 && dup2(output, STDERR_FILENO) >= 0 &&
              dup2(channel, CHANNEL_FD) >= 0;
    close(channel);
    close(output);
    return ok && close_range(CHANNEL_FD + 1, ABOVE - 1, 0) == 0 && close_range(ABOVE, ~0U, CLOSE_RANGE_CLOEXEC) == 0 &&
           (*filter < 0 || fcntl(*filter, F_SETFD, 0) == 0);
}

static void exec_in_namespaces(const char *program, int filter)
{
    char number[16];
    snprintf(number, sizeof number, "%d", filter);
    execlp("bwrap", "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "65534", "--gid", "65534",
           "--cap-drop", "ALL", "--as-pid-1", "--die-with-parent", "--new-session", "--clearenv", "--ro-bind", program, "/subject",
           "--remount-ro", "/", "--chdir", "/", "--seccomp", number, "/subject", (char *)NULL);
}

static void exec_bare(const char *program)
{
    char *const arguments[] = {(char[]){"/subject"}, NULL};
    char *const environment[] = {NULL};
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (filter_apply(FILTER_START))
        execve(program, arguments, environment);
}

pid_t subject_start(const struct subject_plan *plan)
{
    int filter = plan->namespaces ? filter_descriptor(FILTER_START) : -1;
    if (plan->namespaces && filter < 0)
        return -1;
    pid_t child = fork();
    if (child == 0) {
        personality(ADDR_NO_RANDOMIZE); /* the same addresses in every run, where the system lets us */
        if (arrange_descriptors(plan, &filter) && limits_apply(&subject_limits)) {
            if (plan->namespaces)
                exec_in_namespaces(plan->program, filter);
            else
                exec_bare(plan->program);
        }
        _exit(127);
    }
    if (filter >= 0)
        close(filter);
    return child;
}
