// SPDX-License-Identifier: MIT
/*
 * submit.c - heaplab submit: handing in.
 */
#include "cli/cli.h"

#include <errno.h>

/* build/submit/LAB.tar.gz */
static char *usual_output(const char *lab)
{
    enum { MODE = 0755 };
    g_autofree char *folder = kit_path("build", "submit", NULL);
    if (g_mkdir_with_parents(folder, MODE) != 0)
        die_unusable("cannot make %s: %s", folder, g_strerror(errno));
    return g_strdup_printf("%s/%s.tar.gz", folder, lab);
}

static int command_submit(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    char *output = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "the folder with your files (default: labs)", "DIR"},
        {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the archive (default: build/submit/LAB.tar.gz)", "FILE"},
        {0}};
    options_parse("--lab NN - grade a lab, and pack what is handed in with the score card", entries, &argc, &argv);
    g_autofree char *lab = options_one_lab(wanted, "submit");
    terminal_detect();
    g_autofree char *folder = options_from(from);
    if (!output)
        output = usual_output(lab);
    submit(lab, folder, output);
    return EXIT_GRADED;
}

COMMAND(submit, FOR_STUDENTS, "grade a lab, and pack what is handed in with the score card");
