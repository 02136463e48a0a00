// SPDX-License-Identifier: MIT
/*
 * explore.c - heaplab explore.
 */
#include "cli/cli.h"

static int command_explore(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    char *test = NULL;
    char *trace = NULL;
    char *seed = NULL;
    char *output = NULL;
    gboolean own_base = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"test", 0, 0, G_OPTION_ARG_STRING, &test, "show what this test does", "NAME"},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME, &trace, "or replay this trace (labs 05 to 08)", "T.rep"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "where the submission is (default: labs)", "PATH"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "run a random test with this seed (a number)", "N"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the page to write", "F.html"},
        {0}};
    options_parse("--lab NN (--test NAME | --trace T.rep) -o F.html - the heap over time, as a page", entries, &argc,
                  &argv);
    if (!wanted || wanted[1] || !test == !trace || !output)
        die_unusable("explore needs one lab, a test or a trace, and a file to write: heaplab explore --lab NN --test "
                     "NAME -o F.html");
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    g_autofree char *folder = options_from(from);
    struct grade_plan plan = {.from = folder, .own_base = own_base, .seed = seed};
    g_autofree char *html = explore(labs->pdata[0], &plan, test, trace);
    files_write(output, html);
    return EXIT_GRADED;
}

COMMAND(explore, FOR_STUDENTS, "show the heap over time as a page");
