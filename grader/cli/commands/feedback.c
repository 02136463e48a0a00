// SPDX-License-Identifier: MIT
/*
 * feedback.c - heaplab feedback: the pages of a class, for the system that hands them out.
 */
#include "class/class.h"
#include "cli/cli.h"

static int command_feedback(int argc, char **argv)
{
    char *system = NULL;
    char *output = NULL;
    GOptionEntry entries[] = {{"for", 0, 0, G_OPTION_ARG_STRING, &system,
                               "canvas or moodle (default: what course.yaml says of lms)", "SYSTEM"},
                              {"output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
                               "the archive to write (default: feedback-SYSTEM.zip in DIR)", "FILE.zip"},
                              {0}};
    options_parse("DIR - pack the students' pages of a batch for Canvas or Moodle", entries, &argc, &argv);
    if (argc != 2 || !g_file_test(argv[1], G_FILE_TEST_IS_DIR))
        die_unusable("name the folder of a batch: heaplab feedback DIR --for moodle");
    if (output && !g_str_has_suffix(output, ".zip"))
        die_unusable("the archive's name must end with .zip, unlike '%s'", output);
    if (!system)
        system = g_strdup(text_at(course_load(), "lms"));
    g_autofree char *usual = g_strdup_printf("%s/feedback-%s.zip", argv[1], system);
    const char *path = output ? output : usual;
    unsigned pages = feedback_write(argv[1], system, path);
    printf("%s: %u pages for %s.\n", path, pages, system);
    return EXIT_GRADED;
}

COMMAND(feedback, FOR_STAFF, "pack the students' pages of a batch for Canvas or Moodle");
