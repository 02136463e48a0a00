// SPDX-License-Identifier: MIT
/*
 * sandbox.c - what both sandboxes share (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <stdlib.h>
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
    static enum { UNKNOWN, NO, YES } answer; /* tried once */
    if (answer == UNKNOWN)
        answer = try_namespaces() ? YES : NO;
    return answer == YES;
}
