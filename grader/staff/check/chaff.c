// SPDX-License-Identifier: MIT
/*
 * chaff.c - a chaff: a wrong version of the reference, kept as a patch (check.h).
 *
 *     What: one line saying what is wrong
 *     Breaks: "words of the contract that it breaks"      (may be repeated)
 *     Story: test_name "words of what a student reads first" "more words"     (optional)
 *     Fails: test_name another_test
 *     --- header_alloc.c
 *     +++ header_alloc.c
 *     @@ ...
 */
#include "staff/check/check.h"

#include <string.h>

int run_command(const char *const *command, char **output)
{
    GError *error = NULL;
    int status = 0;
    GSpawnFlags flags = G_SPAWN_SEARCH_PATH | (output ? 0 : G_SPAWN_STDOUT_TO_DEV_NULL);
    if (!g_spawn_sync(NULL, (char **)(uintptr_t)command, NULL, flags, NULL, NULL, output, NULL, &status, &error))
        die_fault("%s", error->message);
    return g_spawn_check_wait_status(status, NULL) ? 0 : 1;
}

/* What follows KEY on the line of TEXT that starts with it; NULL if there is none. */
static char *line_after(const char *text, const char *key)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] && !g_str_has_prefix(lines[i], "--- "); i++)
        if (g_str_has_prefix(lines[i], key))
            return g_strstrip(g_strdup(lines[i] + strlen(key)));
    return NULL;
}

/* The texts of LINE that stand between quotation marks. */
static GStrv quoted(const char *line)
{
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit(line, "\"", -1);
    for (guint i = 1; parts[0] && parts[i] && parts[i + 1]; i += 2)
        g_strv_builder_add(texts, parts[i]);
    return g_strv_builder_end(texts);
}

/* The words between the quotation marks of TEXT's lines that start with "Breaks:". */
static GStrv quotes_of(const char *text)
{
    g_autoptr(GStrvBuilder) quotes = g_strv_builder_new();
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i] && !g_str_has_prefix(lines[i], "--- "); i++) {
        const char *first = g_str_has_prefix(lines[i], "Breaks:") ? strchr(lines[i], '"') : NULL;
        const char *last = first ? strrchr(first, '"') : NULL;
        g_autofree char *quote = first < last ? g_strndup(first + 1, (gsize)(last - first - 1)) : NULL;
        if (quote)
            g_strv_builder_add(quotes, quote);
    }
    return g_strv_builder_end(quotes);
}

bool chaff_read(const char *patch, struct chaff *chaff, GString *findings)
{
    g_autofree char *text = NULL;
    if (!g_file_get_contents(patch, &text, NULL, NULL)) {
        find(findings, "cannot be read");
        return false;
    }
    chaff->what = line_after(text, "What:");
    g_autofree char *fails = line_after(text, "Fails:");
    g_autofree char *story = line_after(text, "Story:");
    chaff->told = story ? g_strndup(story, strcspn(story, " ")) : NULL;
    chaff->story = quoted(story ? story : "");
    chaff->breaks = quotes_of(text);
    chaff->fails = g_strsplit(fails ? fails : "", " ", -1);
    if (chaff->what && chaff->what[0] && chaff->fails[0])
        return true;
    find(findings, "must start with the lines 'What: ...' and 'Fails: test ...'");
    chaff_clear(chaff);
    return false;
}

void chaff_clear(struct chaff *chaff)
{
    g_free(chaff->what);
    g_strfreev(chaff->breaks);
    g_strfreev(chaff->fails);
    g_free(chaff->told);
    g_strfreev(chaff->story);
}

void copy_files(const struct rubric *rubric, const char *folder, const char *to)
{
    for (guint i = 0; rubric->files[i]; i++) {
        g_autofree char *from = g_build_filename(folder, rubric->files[i], NULL);
        g_autofree char *target = g_build_filename(to, rubric->files[i], NULL);
        g_autofree char *bytes = NULL;
        gsize n = 0;
        if (!g_file_test(target, G_FILE_TEST_EXISTS) && g_file_get_contents(from, &bytes, &n, NULL))
            g_file_set_contents(target, bytes, (gssize)n, NULL);
    }
}

char *chaff_apply(const char *lab, const char *patch, GString *findings)
{
    struct rubric *rubric = rubric_load(lab);
    g_autofree char *reference = kit_path("build", "reference", lab, NULL);
    char *folder = files_make_temporary();
    copy_files(rubric, reference, folder);
    rubric_free(rubric);
    const char *command[] = {"patch", "-s",   "-p0", "-N",  "-r", "-", "--no-backup-if-mismatch",
                             "-d",    folder, "-i",  patch, NULL};
    if (run_command(command, NULL) == 0)
        return folder;
    find(findings, "does not apply to the reference");
    g_free(folder);
    return NULL;
}
