// SPDX-License-Identifier: MIT
/*
 * regrade.c - heaplab regrade --diff: shows whose score changed.
 */
#include "cli/cli.h"

static int command_regrade(int argc, char **argv)
{
    gboolean diff = FALSE;
    GOptionEntry entries[] = {{"diff", 0, 0, G_OPTION_ARG_NONE, &diff,
                               "show whose score changed from OLD to NEW, in which tests, and why", NULL},
                              {0}};
    options_parse(
        "--diff OLD [NEW] - show what a change of rubric or kit did to a class (without NEW: OLD's own history)",
        entries, &argc, &argv);
    if (!diff || argc < 2 || argc > 3)
        die_unusable(
            "name two folders of batches, or one that was graded again: heaplab regrade --diff OLD [NEW]. To grade "
            "again, start heaplab batch again");
    if (argc == 3)
        diff_folders(argv[1], argv[2]);
    else
        diff_folders(NULL, argv[1]);
    return EXIT_GRADED;
}

COMMAND(regrade, FOR_STAFF, "show whose score a change of rubric or kit affected");
