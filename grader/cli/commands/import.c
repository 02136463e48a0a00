// SPDX-License-Identifier: MIT
/*
 * import.c - heaplab import: another course's malloc lab as a lab of this kit.
 */
#include "cli/cli.h"
#include "programs/programs.h"

static int command_import(int argc, char **argv)
{
    GStrv labs = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &labs, "the new lab's number and name, as in 11-malloclab", "NN-name"},
        {0}};
    options_parse("HANDOUT --lab NN-name - make a lab of the folder that a course handed out for its malloc lab",
                  entries, &argc, &argv);
    if (argc != 2 || !labs || labs[1])
        die_unusable("import needs a folder and a name: heaplab import HANDOUT --lab 11-malloclab");
    import_lab(argv[1], labs[0]);
    g_strfreev(labs);
    return EXIT_GRADED;
}

COMMAND(import, FOR_STAFF, "make a lab of another course's malloc lab");
