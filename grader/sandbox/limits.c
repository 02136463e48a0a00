// SPDX-License-Identifier: MIT
/*
 * limits.c - what a process may use (sandbox.h). Linked into the keeper as well; allocates nothing.
 */
#include "sandbox/sandbox.h"

#include <sys/resource.h>

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
