// SPDX-License-Identifier: MIT
/*
 * nobody.c - giving up the identity of root (sandbox.h).
 */
#include "sandbox/sandbox.h"

#include <grp.h>
#include <unistd.h>

bool become_nobody(void)
{
    if (geteuid() != 0)
        return true;
    return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 && setresuid(NOBODY, NOBODY, NOBODY) == 0;
}
