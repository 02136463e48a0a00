// SPDX-License-Identifier: MIT
/*
 * feedback.c - heaplab feedback: the pages of a class, for the system or the people that hand them out.
 */
#include "class/class.h"
#include "cli/cli.h"

struct feedback_options {
    char *system;
    char *output;
    gboolean pdf;
};

static void parse_feedback(struct feedback_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {{"for", 0, 0, G_OPTION_ARG_STRING, &options->system,
                               "pack them for canvas or moodle (default without --pdf: what course.yaml says of lms)",
                               "SYSTEM"},
                              {"pdf", 0, 0, G_OPTION_ARG_NONE, &options->pdf,
                               "make PDFs of them: in a folder, or with --for in the archive", NULL},
                              {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
                               "what to write (default: feedback-SYSTEM.zip in DIR, or its folder pdf)", "PATH"},
                              {0}};
    options_parse("DIR [ID]... - pack the students' pages of a batch for Canvas or Moodle, or print them (--pdf)",
                  entries, argc, argv);
}

static int print_pages(const struct feedback_options *options, const char *dir, GStrv names)
{
    g_autofree char *usual = g_build_filename(dir, "pdf", NULL);
    const char *folder = options->output ? options->output : usual;
    unsigned pages = feedback_print(dir, names, folder);
    printf("%s: %u PDF%s.\n", folder, pages, pages == 1 ? "" : "s");
    return EXIT_GRADED;
}

static int pack_pages(const struct feedback_options *options, const char *dir)
{
    if (options->output && !g_str_has_suffix(options->output, ".zip"))
        die_unusable("the archive's name must end with .zip, unlike '%s'", options->output);
    const char *system = options->system ? options->system : text_at(course_load(), "lms");
    g_autofree char *usual = g_strdup_printf("%s/feedback-%s.zip", dir, system);
    const char *path = options->output ? options->output : usual;
    unsigned pages = feedback_write(dir, system, options->pdf, path);
    printf("%s: %u pages for %s.\n", path, pages, system);
    return EXIT_GRADED;
}

static int command_feedback(int argc, char **argv)
{
    static struct feedback_options options; /* its texts must last as long as the program */
    parse_feedback(&options, &argc, &argv);
    bool alone = options.pdf && !options.system;
    if (argc < 2 || !g_file_test(argv[1], G_FILE_TEST_IS_DIR))
        die_unusable("name the folder of a batch: heaplab feedback DIR --for moodle");
    if (argc > 2 && !alone)
        die_unusable("'%s' is one name too many: a system gets the pages of the whole class", argv[2]);
    return alone ? print_pages(&options, argv[1], argv + 2) : pack_pages(&options, argv[1]);
}

COMMAND(feedback, FOR_STAFF, "pack the students' pages of a batch for Canvas or Moodle, or print them");
