// SPDX-License-Identifier: MIT
/*
 * run.c - heaplab run.
 */
#include "cli/cli.h"

#include <string.h>

static int command_run(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "the allocator: a folder or a file (default: labs)", "PATH"},
        {0}};
    options_parse(
        "--lab NN -- PROGRAM [ARG...] - run a real program on an allocator\n\n"
        "The allocator runs in the program's own process, as you, without a sandbox: use it on your own code.\n"
        "The report goes to stderr, and what the program prints stays as it is.",
        entries, &argc, &argv);
    int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (!wanted || wanted[1] || first >= argc)
        die_unusable("run needs a lab and a program: heaplab run --lab NN -- PROGRAM [ARG...]");
    terminal_detect();
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    g_autofree char *path = options_from(from);
    return run_program(labs->pdata[0], path, argv + first);
}

COMMAND(run, ON_TRACES, "run a real program on a student's allocator");
