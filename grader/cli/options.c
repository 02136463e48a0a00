// SPDX-License-Identifier: MIT
/*
 * options.c - what the commands share: options, labs, where a submission is (cli.h).
 */
#include "cli/cli.h"
#include "sandbox/sandbox.h"

#include <stdio.h>
#include <string.h>

const char exit_status_help[] = "Exit status: 0 grading happened, whatever the score; 1 unusable input or\n"
                                "arguments; 2 a fault in the kit.";

void options_parse(const char *usage, GOptionEntry *options, int *argc, char ***argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new(usage);
    g_option_context_add_main_entries(context, options, NULL);
    g_option_context_set_description(context, exit_status_help);
    GError *error = NULL;
    if (!g_option_context_parse(context, argc, argv, &error))
        die_unusable("%s (heaplab %s --help lists the options)", error->message, (*argv)[0]);
}

GPtrArray *options_labs(GStrv wanted)
{
    if (!wanted)
        return kit_labs();
    GPtrArray *labs = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; wanted[i]; i++) {
        char *lab = kit_find_lab(wanted[i]);
        if (!lab) {
            g_autoptr(GPtrArray) all = kit_labs();
            g_ptr_array_add(all, NULL);
            g_autofree char *list = g_strjoinv(", ", (char **)all->pdata);
            die_unusable("there is no lab '%s'; the labs are %s", wanted[i], list);
        }
        g_ptr_array_add(labs, lab);
    }
    return labs;
}

char *options_one_lab(GStrv wanted, const char *command)
{
    if (!wanted || wanted[1])
        die_unusable("%s needs one lab: heaplab %s --lab NN", command, command);
    g_autoptr(GPtrArray) labs = options_labs(wanted);
    return g_strdup(labs->pdata[0]);
}

void options_tell_sandbox(void)
{
    if (sandbox_has_namespaces())
        return;
    const char *command;
    const char *because = sandbox_lesser_because(&command);
    fprintf(stderr, "heaplab: the lesser sandbox (limits and a filter of system calls), as %s. For the full one: %s\n",
            because, command);
}

char *options_from(const char *from)
{
    if (!from)
        return kit_path("labs", NULL);
    /* files in solutions/ hold stub and solution together; the references are derived from them */
    if (strcmp(from, "solutions") == 0)
        return kit_path("build", "reference", NULL);
    return g_strdup(from);
}
