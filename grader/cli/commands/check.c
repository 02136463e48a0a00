// SPDX-License-Identifier: MIT
/*
 * check.c - heaplab check.
 */
#include "cli/cli.h"

static int command_check(int argc, char **argv)
{
    g_auto(GStrv) wanted = NULL;
    gboolean rubrics = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "check this lab only (repeat for more)", "NN"},
        {"rubrics", 0, 0, G_OPTION_ARG_NONE, &rubrics, "only whether rubrics and tests go together", NULL},
        {0}};
    options_parse("- test the kit against itself", entries, &argc, &argv);
    g_autofree char *references = kit_path("solutions", NULL);
    if (!g_file_test(references, G_FILE_TEST_IS_DIR))
        die_unusable("this kit was made for students; check needs the whole one, with solutions/");
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    return selfcheck(labs, rubrics) == 0 ? EXIT_GRADED : EXIT_UNUSABLE;
}

COMMAND(check, ON_THE_KIT, "test the kit itself: rubrics, stubs, references, wheats, chaffs");
