// SPDX-License-Identifier: MIT
/*
 * sandbox.c - heaplab sandbox: says which sandbox this machine lets students' code run in.
 */
#include "sandbox/sandbox.h"
#include "cli/cli.h"

static int command_sandbox(int argc, char **argv)
{
    GOptionEntry entries[] = {{0}};
    options_parse("- say which sandbox this machine allows", entries, &argc, &argv);
    options_tell_sandbox();
    if (sandbox_has_namespaces())
        fputs("heaplab: the full sandbox (namespaces, limits and a filter of system calls)\n", stdout);
    return EXIT_GRADED;
}

COMMAND(sandbox, ON_THE_KIT, "say which sandbox this machine allows");
