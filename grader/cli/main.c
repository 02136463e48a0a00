// SPDX-License-Identifier: MIT
/*
 * main.c - the command line (heaplab.h): which command, with which options.
 */
#include "cli/commands.h"

#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *purpose;
} commands[] = {
    {"grade", command_grade, "grade one submission"},
    {"watch", command_watch, "grade a lab again whenever it is saved"},
    {"hint", command_hint, "a hint on a test, one step more each time"},
    {"tests", command_tests, "the names of a lab's tests"},
    {"explore", command_explore, "show the heap over time as a page"},
    {"submit", command_submit, "grade a lab, and pack what is handed in with the score card"},
    {"reset", command_reset, "put a lab's stub back; what you wrote is kept beside it"},
    {"progress", command_progress, "the best score of each lab so far"},
    {"batch", command_batch, "grade a class: a folder or archive of submissions"},
    {"export", command_export, "results as other systems read them"},
    {"pages", command_pages, "a class page and feedback pages of a batch"},
    {"regrade", command_regrade, "whose score a change of rubric or kit moved"},
    {"audit", command_audit, "grade a sample of a batch again: no score may differ"},
    {"leaderboard", command_leaderboard, "rank a class's allocators under the names that they chose"},
    {"replay", command_replay, "replay traces on an allocator: correctness, utilization, cost"},
    {"record", command_record, "record a real program's allocations as a trace"},
    {"course", command_course, "check handouts/course.yaml and print what it says"},
    {"rubric", command_rubric, "print rubrics as JSON, for handouts and scripts"},
    {"run", command_run, "run a real program on a student's allocator"},
    {"check", command_check, "test the kit itself: rubrics, stubs, references, wheats, chaffs"},
};

static void print_usage(FILE *to)
{
    fprintf(to, "Usage: heaplab COMMAND [OPTION]...\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(to, "  %-11s %s\n", commands[i].name, commands[i].purpose);
    fprintf(to, "\nheaplab COMMAND --help lists a command's options. Formats: %s.\n%s\n", report_names(),
            exit_status_help);
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
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    die_unusable("there is no command '%s'; heaplab --help lists them", argv[1]);
}
