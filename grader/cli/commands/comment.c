// SPDX-License-Identifier: MIT
/*
 * comment.c - heaplab comment: staff write a remark on a student's page.
 */
#include "cli/cli.h"

#include <string.h>

static char *file; /* must last as long as the program */
static int line;

static json_t *comment(const char *dir, const char *id, const char *text)
{
    if (!text[0])
        die_unusable("a comment needs a text");
    if (line != 0 && !file)
        die_unusable("--line needs the file that it is in: --file NAME");
    if (line < 0)
        die_unusable("lines are counted from 1, so there is no line %d", line);
    g_autofree char *path = file ? g_build_filename(dir, "files", id, file, NULL) : NULL;
    if (file && (strchr(file, '/') || !g_file_test(path, G_FILE_TEST_IS_REGULAR)))
        die_unusable("%s has no file '%s'; its files are in %s/files/%s", id, file, dir, id);
    g_autofree char *clean = text_clean(text, strlen(text));
    return json_pack("{s:s, s:i, s:s}", "file", file ? file : "", "line", line, "text", clean);
}

static int command_comment(int argc, char **argv)
{
    static const GOptionEntry options[] = {
        {"file", 0, 0, G_OPTION_ARG_STRING, &file, "the file that the comment is about", "NAME"},
        {"line", 0, 0, G_OPTION_ARG_INT, &line, "its line", "N"},
        {0}};
    static const struct entries entries = {.kind = "comment",
                                           .what = "what",
                                           .usage = "heaplab comment DIR ID [--file F --line N] TEXT",
                                           .summary = "DIR ID TEXT - write a comment on a submission",
                                           .options = options,
                                           .signed_by_account = true,
                                           .entry = comment};
    return entries_command(&entries, argc, argv);
}

COMMAND(comment, FOR_STAFF, "write a comment on a submission");
