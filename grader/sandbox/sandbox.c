// SPDX-License-Identifier: MIT
/*
 * sandbox.c - what both sandboxes share (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static bool try_namespaces(void)
{
    pid_t child = fork();
    if (child == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (null < 0 || dup2(null, STDERR_FILENO) < 0)
            _exit(EXIT_FAILURE);
        /* valgrind's sandbox needs a /proc of its own, which a container that hides parts of /proc does not allow */
        execlp("bwrap", "bwrap", "--unshare-all", "--unshare-user", "--ro-bind", "/usr", "/usr", "--symlink", "usr/lib",
               "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "/usr/bin/true", (char *)NULL);
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

/* --- why not --- */

/* Does the one-number file PATH hold VALUE? Not if it does not exist. */
static bool set_to(const char *path, char value)
{
    char first = '\0';
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool read_one = read(file, &first, 1) == 1;
    close(file);
    return read_one && first == value;
}

/* Is this process under somebody's filter of system calls, as in a container? */
static bool is_filtered(void)
{
    char line[256];
    bool filtered = false;
    FILE *file = fopen("/proc/self/status", "re");
    while (file && fgets(line, sizeof line, file))
        filtered = filtered || strncmp(line, "Seccomp:\t2", strlen("Seccomp:\t2")) == 0;
    if (file)
        fclose(file);
    return filtered;
}

#define DOCKER_OPTIONS                                                                                                 \
    "docker run --security-opt seccomp=unconfined --security-opt apparmor=unconfined "                                 \
    "--security-opt systempaths=unconfined"

const char *sandbox_lesser_because(const char **command)
{
    static const struct {
        const char *setting;
        char value;
        const char *because, *command;
    } settings[] = {
        {"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", '1', "AppArmor's rule refuses namespaces",
         "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
        {"/proc/sys/kernel/unprivileged_userns_clone", '0', "the kernel's setting refuses namespaces",
         "sudo sysctl -w kernel.unprivileged_userns_clone=1"},
        {"/proc/sys/user/max_user_namespaces", '0', "the kernel's setting allows no namespaces",
         "sudo sysctl -w user.max_user_namespaces=10000"},
    };
    *command = DOCKER_OPTIONS;
    if (access("/usr/bin/bwrap", X_OK) != 0) {
        *command = "sudo apt-get install bubblewrap";
        return "bubblewrap is not installed";
    }
    if (is_filtered())
        return "this container's filter refuses namespaces";
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (set_to(settings[i].setting, settings[i].value)) {
            *command = settings[i].command;
            return settings[i].because;
        }
    return "this machine or container refuses namespaces";
}
