// SPDX-License-Identifier: MIT
/*
 * sandbox.c - what both sandboxes share (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static bool try_namespaces(void)
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (null < 0 || dup2(null, STDERR_FILENO) < 0)
            _exit(EXIT_FAILURE);
        execlp("bwrap", "bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib",
               "/lib", "--symlink", "usr/lib64", "/lib64", "/usr/bin/true", (char *)NULL);
        _exit(EXIT_FAILURE);
    }
    int status = 0;
    return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool sandbox_has_namespaces(void)
{
    static enum { UNKNOWN, NO, YES } answer;
    if (answer == UNKNOWN)
        answer = try_namespaces() ? YES : NO;
    return answer == YES;
}

static bool limit(int resource, rlim_t most)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)resource, &now) != 0)
        return false;
    if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
        most = now.rlim_max;
    struct rlimit wanted = {.rlim_cur = most, .rlim_max = most};
    return setrlimit((__rlimit_resource_t)resource, &wanted) == 0;
}

bool limits_apply(const struct limits *limits)
{
    enum { OPEN_FILES = 64 };
    return limit(RLIMIT_CPU, limits->cpu_seconds) && limit(RLIMIT_AS, limits->memory_bytes) &&
           limit(RLIMIT_FSIZE, limits->file_bytes) && limit(RLIMIT_STACK, limits->stack_bytes) &&
           limit(RLIMIT_NOFILE, OPEN_FILES) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_MEMLOCK, 0);
}
