// SPDX-License-Identifier: MIT
/*
 * main.c - the command line (cli.h): which command, with which options.
 */
#include "cli/cli.h"

#include <string.h>

static const char *const headings[COMMAND_GROUPS] = {
    [FOR_STUDENTS] = "Working on a lab",
    [FOR_STAFF] = "Grading a class",
    [ON_TRACES] = "Allocators under real programs",
    [ON_THE_KIT] = "Keeping the kit",
};

static void print_group(FILE *to, enum command_group group)
{
    fprintf(to, "%s\n", headings[group]);
    for (const struct command *const *command = __start_heaplab_commands; command < __stop_heaplab_commands; command++)
        if ((*command)->group == group)
            fprintf(to, "  %-11s %s\n", (*command)->name, (*command)->purpose);
    fprintf(to, "\n");
}

static void print_usage(FILE *to)
{
    fprintf(to, "Usage: heaplab COMMAND [OPTION]...\n\n");
    for (enum command_group group = 0; group < COMMAND_GROUPS; group++)
        print_group(to, group);
    fprintf(to, "heaplab COMMAND --help lists a command's options. Formats: %s.\n%s\n", report_names(),
            exit_status_help);
}

static const struct command *find_command(const char *name)
{
    for (const struct command *const *command = __start_heaplab_commands; command < __stop_heaplab_commands; command++)
        if (strcmp((*command)->name, name) == 0)
            return *command;
    die_unusable("there is no command '%s'; heaplab --help lists them", name);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_UNUSABLE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return EXIT_GRADED;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("heaplab %s\n", HEAPLAB_VERSION);
        return EXIT_GRADED;
    }
    return find_command(argv[1])->run(argc - 1, argv + 1);
}
