// SPDX-License-Identifier: MIT
/*
 * watch.c - heaplab watch.
 */
#include "cli/cli.h"

static int command_watch(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    gboolean own_base = FALSE;
    gboolean for_editors = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "the folder of the submission (default: labs)", "DIR"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {"problems", 0, 0, G_OPTION_ARG_NONE, &for_editors, "as for grade, after each save", NULL},
        {0}};
    options_parse("--lab NN - grade a lab again whenever it is saved", entries, &argc, &argv);
    if (!wanted || wanted[1])
        die_unusable("watch needs one lab: heaplab watch --lab NN");
    terminal_detect();
    options_tell_sandbox();
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    g_autofree char *folder = options_from(from);
    struct grade_plan plan = {.from = folder, .coverage = true, .own_base = own_base};
    watch(labs->pdata[0], &plan, for_editors);
    return EXIT_GRADED;
}

COMMAND(watch, FOR_STUDENTS, "grade a lab again whenever it is saved");
