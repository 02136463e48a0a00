// SPDX-License-Identifier: MIT
/*
 * audit.c - heaplab audit: grades a sample of a batch again.
 */
#include "cli/cli.h"

static int command_audit(int argc, char **argv)
{
    enum { USUAL_SAMPLE = 20 };
    int sample = USUAL_SAMPLE;
    GOptionEntry entries[] = {{"sample", 0, 0, G_OPTION_ARG_INT, &sample, "grade N again (default: 20)", "N"}, {0}};
    options_parse("DIR - grade a sample of a batch again, and report scores that differ", entries, &argc, &argv);
    if (argc != 2)
        die_unusable("name the folder of a batch: heaplab audit DIR");
    if (sample < 1)
        die_unusable("--sample takes a number from 1 on");
    return audit_run(argv[1], (guint)sample, kit_workers());
}

COMMAND(audit, FOR_STAFF, "grade a sample of a batch again: no score may differ");
