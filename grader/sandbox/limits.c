// SPDX-License-Identifier: MIT
/*
 * limits.c - what a process may use (sandbox.h). Linked into the keeper as well; allocates nothing.
 */
#include "sandbox/sandbox.h"
#include "wire/channel.h"

#include <sys/resource.h>

/* What a grade needs of RESOURCE; the shell's command that sets it. */
struct need {
    int resource;
    rlim_t least;
    const char *command;
};

static bool raise_to(const struct need *need)
{
    struct rlimit now;
    if (getrlimit((__rlimit_resource_t)need->resource, &now) != 0)
        return false;
    if (now.rlim_cur >= need->least)
        return true;
    now.rlim_cur = now.rlim_max;
    return now.rlim_max >= need->least && setrlimit((__rlimit_resource_t)need->resource, &now) == 0;
}

const char *limits_raise(void)
{
    static const struct need needs[] = {
        {RLIMIT_FSIZE, 64 * MIB, "ulimit -f"}, {RLIMIT_AS, 4096 * MIB, "ulimit -v"}, {RLIMIT_CPU, 120, "ulimit -t"},
        {RLIMIT_STACK, 8 * MIB, "ulimit -s"},  {RLIMIT_NOFILE, 64, "ulimit -n"},
    };
    for (size_t i = 0; i < sizeof needs / sizeof *needs; i++)
        if (!raise_to(&needs[i]))
            return needs[i].command;
    return NULL;
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
