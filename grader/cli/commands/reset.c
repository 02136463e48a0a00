// SPDX-License-Identifier: MIT
/*
 * reset.c - heaplab reset: starting a lab over.
 */
#include "cli/cli.h"

static int command_reset(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    GOptionEntry entries[] = {{"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
                              {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "the folder of labs (default: labs)", "DIR"},
                              {0}};
    options_parse("--lab NN - put a lab's stub back; what you wrote is kept beside it", entries, &argc, &argv);
    g_autofree char *lab = options_one_lab(wanted, "reset");
    g_autofree char *folder = options_from(from);
    reset(lab, folder);
    return EXIT_GRADED;
}

COMMAND(reset, FOR_STUDENTS, "put a lab's stub back; what you wrote is kept beside it");
