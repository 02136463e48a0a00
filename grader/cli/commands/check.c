// SPDX-License-Identifier: MIT
/*
 * check.c - heaplab check.
 */
#include "cli/cli.h"

static int command_check(int argc, char **argv)
{
    g_auto(GStrv) wanted = NULL;
    gboolean rubrics = FALSE;
    gboolean clauses = FALSE;
    int times = 0;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "check this lab only (repeat for more)", "NN"},
        {"rubrics", 0, 0, G_OPTION_ARG_NONE, &rubrics, "check only that rubrics and tests match", NULL},
        {"clauses", 0, 0, G_OPTION_ARG_NONE, &clauses, "check only that chaffs break every sentence of the contracts",
         NULL},
        {"times", 0, 0, G_OPTION_ARG_INT, &times, "judge chaffs that fork, hang or crash N times, by all tests", "N"},
        {0}};
    options_parse("- test the kit against itself", entries, &argc, &argv);
    g_autofree char *references = kit_path("solutions", NULL);
    if (!g_file_test(references, G_FILE_TEST_IS_DIR))
        die_unusable("this kit is a release for students; check needs the whole kit, with solutions/");
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    enum selfcheck part = clauses ? CHECK_CLAUSES : rubrics ? CHECK_RUBRICS : CHECK_ALL;
    if (times < 0)
        die_unusable("--times takes a number from 1 on");
    return selfcheck(labs, part, (unsigned)times) == 0 ? EXIT_GRADED : EXIT_UNUSABLE;
}

COMMAND(check, ON_THE_KIT, "test the kit itself: rubrics, stubs, references, wheats, chaffs, contracts");
