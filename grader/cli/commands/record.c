// SPDX-License-Identifier: MIT
/*
 * record.c - heaplab record.
 */
#include "cli/cli.h"

#include <string.h>

static int command_record(int argc, char **argv)
{
    char *output = NULL;
    int most = 0;
    GOptionEntry entries[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the trace to write", "T.rep"},
                              {"most", 0, 0, G_OPTION_ARG_INT, &most, "write the first N operations only", "N"},
                              {0}};
    options_parse("-- PROGRAM [ARG...] - record a real program's allocations", entries, &argc, &argv);
    int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (!output || first >= argc || most < 0)
        die_unusable("record needs -o T.rep and a program: heaplab record -o T.rep -- PROGRAM [ARG...]");
    int status = record(argv + first, output, (guint)most);
    if (status != 0)
        fprintf(stderr, "heaplab: %s ended with status %d; its trace was written all the same\n", argv[first], status);
    return EXIT_GRADED;
}

COMMAND(record, ON_TRACES, "record a real program's allocations as a trace");
