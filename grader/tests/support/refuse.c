// SPDX-License-Identifier: MIT
/*
 * refuse.c - runs a command where no namespaces can be made, as in most containers.
 *
 *     refuse container COMMAND...     the calls that make namespaces are refused, as by Docker's filter
 *     refuse ubuntu COMMAND...        they are made, but without rights in them, as by Ubuntu 24.04's AppArmor rule
 */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool refuse(scmp_filter_ctx filter, int error, int call)
{
    return seccomp_rule_add(filter, SCMP_ACT_ERRNO((unsigned)error), call, 0) == 0;
}

static bool refuse_flag(scmp_filter_ctx filter, int flag)
{
    const struct scmp_arg_cmp has = {
        .arg = 0, .op = SCMP_CMP_MASKED_EQ, .datum_a = (scmp_datum_t)flag, .datum_b = (scmp_datum_t)flag};
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &has) == 0;
}

/* The C library tries clone3 first; its flags lie in memory, where no filter sees them. */
static bool as_container(scmp_filter_ctx filter)
{
    static const int flags[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC};
    bool ok = refuse(filter, ENOSYS, SCMP_SYS(clone3)) && refuse(filter, EPERM, SCMP_SYS(unshare)) &&
              refuse(filter, EPERM, SCMP_SYS(setns)) && refuse(filter, EPERM, SCMP_SYS(mount));
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        ok = ok && refuse_flag(filter, flags[i]);
    return ok;
}

static bool as_ubuntu(scmp_filter_ctx filter)
{
    return refuse(filter, EACCES, SCMP_SYS(mount)) && refuse(filter, EPERM, SCMP_SYS(pivot_root)) &&
           refuse(filter, EPERM, SCMP_SYS(umount2));
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: refuse container|ubuntu COMMAND...\n");
        return EXIT_FAILURE;
    }
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool made = filter && (strcmp(argv[1], "ubuntu") == 0 ? as_ubuntu(filter) : as_container(filter));
    if (!made || seccomp_load(filter) != 0) {
        fprintf(stderr, "refuse: cannot make the filter\n");
        return EXIT_FAILURE;
    }
    seccomp_release(filter);
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return EXIT_FAILURE;
}
