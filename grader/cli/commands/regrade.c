// SPDX-License-Identifier: MIT
/*
 * regrade.c - heaplab regrade --diff: whose score moved.
 */
#include "cli/cli.h"

static int command_regrade(int argc, char **argv)
{
    static gboolean diff;
    GOptionEntry entries[] = {{"diff", 0, 0, G_OPTION_ARG_NONE, &diff,
                               "tell whose score moved from OLD to NEW, by which tests, and why", NULL},
                              {0}};
    options_parse("--diff OLD [NEW] - what a change of rubric or kit did to a class (without NEW: OLD's own history)",
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

COMMAND(regrade, FOR_STAFF, "whose score a change of rubric or kit moved");
