// SPDX-License-Identifier: MIT
/*
 * check.c - heaplab check.
 */
#include "cli/commands.h"

int command_check(int argc, char **argv)
{
    g_auto(GStrv) wanted = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "check this lab only (repeat for more)", "NN"}, {0}};
    options_parse("- test the kit against itself", entries, &argc, &argv);
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    return selfcheck(labs) == 0 ? EXIT_GRADED : EXIT_UNUSABLE;
}
