// SPDX-License-Identifier: MIT
/*
 * pages.c - heaplab pages: the HTML of a batch, written again.
 */
#include "cli/cli.h"

static int command_pages(int argc, char **argv)
{
    GOptionEntry entries[] = {{0}};
    options_parse("DIR - write the class page and the feedback pages of a batch folder", entries, &argc, &argv);
    if (argc != 2)
        die_unusable("pages needs the folder of a batch: heaplab pages DIR");
    pages_write(argv[1]);
    printf("Open %s/index.html in a browser.\n", argv[1]);
    return EXIT_GRADED;
}

COMMAND(pages, FOR_STAFF, "a class page and feedback pages of a batch");
