// SPDX-License-Identifier: MIT
/*
 * launch.c - run between the sandbox's making and a subject that may fork: sets the limit on processes, then becomes
 * the subject. The limit counts inside the sandbox's own user namespace only, so it must be set there, and before the
 * first of the student's instructions.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

enum { MOST_PROCESSES = 16 };

int main(int argc, char **argv, char **environment)
{
    const struct rlimit limit = {.rlim_cur = MOST_PROCESSES, .rlim_max = MOST_PROCESSES};
    if (argc < 2 || setrlimit(RLIMIT_NPROC, &limit) != 0)
        return EXIT_FAILURE;
    execve(argv[1], argv + 1, environment);
    return EXIT_FAILURE;
}
