// SPDX-License-Identifier: MIT
/*
 * who.c - heaplab who.
 */
#include "cli/cli.h"

static int command_who(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    char *test = NULL;
    char *trace = NULL;
    GStrv at = NULL;
    char *seed = NULL;
    gboolean own_base = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"test", 0, 0, G_OPTION_ARG_STRING, &test, "run this test", "NAME"},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME, &trace, "or replay this trace (labs 05 to 08)", "T.rep"},
        {"at", 0, 0, G_OPTION_ARG_STRING_ARRAY, &at, "a place: heap+144, or a name of the story, as in b or b+8",
         "PLACE"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "where the submission is (default: labs)", "PATH"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &seed, "run a random test with this seed (a number)", "N"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {0}};
    options_parse("--lab NN (--test NAME | --trace T.rep) --at PLACE - which line wrote this, and when", entries, &argc,
                  &argv);
    if (!wanted || wanted[1] || !test == !trace || !at)
        die_unusable("who needs one lab, a test or a trace, and a place: heaplab who --lab NN --test NAME --at "
                     "heap+144");
    terminal_detect();
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    g_autofree char *folder = options_from(from);
    struct grade_plan plan = {.from = folder, .own_base = own_base, .seed = seed};
    g_autofree char *answer = who(labs->pdata[0], &plan, test, trace, at);
    files_write("-", answer);
    return EXIT_GRADED;
}

COMMAND(who, FOR_STUDENTS, "say which line wrote a word of the heap, in which call, and what stood there before");
