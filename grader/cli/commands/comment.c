// SPDX-License-Identifier: MIT
/*
 * comment.c - heaplab comment: staff write a remark on a student's page.
 */
#include "class/marks/marks.h"
#include "cli/cli.h"

#include <string.h>

struct comment_options {
    char *file;
    int line;
    char *by;
    gboolean list;
    int undo;
};

static void parse_comment(struct comment_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"file", 0, 0, G_OPTION_ARG_STRING, &options->file, "the file that the comment is about", "NAME"},
        {"line", 0, 0, G_OPTION_ARG_INT, &options->line, "its line", "N"},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options->by, "who says so", "NAME"},
        {"list", 0, 0, G_OPTION_ARG_NONE, &options->list, "list the comments on ID, or on all, and do nothing", NULL},
        {"undo", 0, 0, G_OPTION_ARG_INT, &options->undo, "remove comment number N", "N"},
        {0}};
    options_parse("DIR ID TEXT - write a comment on a submission", entries, argc, argv);
}

/* Dies unless the submission ID of DIR has FILE (NULL: any). */
static void demand(const char *dir, const char *id, const char *file)
{
    g_autofree char *name = g_strdup_printf("%s.json", id);
    g_autofree char *result = g_build_filename(dir, "results", name, NULL);
    if (strchr(id, '/') || !g_file_test(result, G_FILE_TEST_EXISTS))
        die_unusable("there is no submission '%s'; ids are the names in %s/results", id, dir);
    g_autofree char *path = file ? g_build_filename(dir, "files", id, file, NULL) : NULL;
    if (file && (strchr(file, '/') || !g_file_test(path, G_FILE_TEST_IS_REGULAR)))
        die_unusable("%s has no file '%s'; its files are in %s/files/%s", id, file, dir, id);
}

static void enter_comment(const struct comment_options *options, const char *dir, const char *id, const char *text)
{
    if (!options->by || !options->by[0] || !text[0])
        die_unusable("a comment needs a text and --by NAME");
    if (options->line != 0 && !options->file)
        die_unusable("--line needs the file that it is in: --file NAME");
    demand(dir, id, options->file);
    g_autofree char *clean = text_clean(text, strlen(text));
    g_autofree char *by = text_clean(options->by, strlen(options->by));
    int number = adjustments_add(dir, json_pack("{s:s, s:s, s:s, s:i, s:s, s:s}", "kind", "comment", "submission", id,
                                                "file", options->file ? options->file : "", "line", options->line,
                                                "text", clean, "by", by));
    printf("Comment %d on %s.\n", number, id);
}

static int command_comment(int argc, char **argv)
{
    static struct comment_options options; /* its texts must last as long as the program */
    parse_comment(&options, &argc, &argv);
    if (argc < 2 || !g_file_test(argv[1], G_FILE_TEST_IS_DIR))
        die_unusable("name the folder of a batch: heaplab comment DIR ID TEXT --by NAME");
    if (options.list) {
        print_entries(argv[1], argc > 2 ? argv[2] : NULL, "comment");
        return EXIT_GRADED;
    }
    if (argc < 3 || (options.undo == 0 && argc != 4))
        die_unusable("say which submission, and what: heaplab comment DIR ID TEXT --by NAME");
    if (options.undo != 0)
        adjustments_undo(argv[1], argv[2], "comment", options.undo);
    else
        enter_comment(&options, argv[1], argv[2], argv[3]);
    marks_enter(argv[1]);
    return EXIT_GRADED;
}

COMMAND(comment, FOR_STAFF, "write a comment on a submission");
