// SPDX-License-Identifier: MIT
/*
 * regrade.c - heaplab regrade --diff, and heaplab audit.
 */
#include "batch/batch.h"
#include "cli/commands.h"

int command_regrade(int argc, char **argv)
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

int command_audit(int argc, char **argv)
{
    enum { USUAL_SAMPLE = 20 };
    static int sample = USUAL_SAMPLE;
    GOptionEntry entries[] = {{"sample", 0, 0, G_OPTION_ARG_INT, &sample, "grade so many again (default: 20)", "N"},
                              {0}};
    options_parse("DIR - grade a sample of a batch again, and report scores that differ", entries, &argc, &argv);
    if (argc != 2)
        die_unusable("name the folder of a batch: heaplab audit DIR");
    if (sample < 1)
        die_unusable("--sample takes a number from 1 on");
    return audit_run(argv[1], (guint)sample, kit_workers());
}
