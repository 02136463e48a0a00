// SPDX-License-Identifier: MIT
/*
 * progress.c - heaplab progress: what was reached in each lab so far.
 */
#include "cli/cli.h"

static void add_entry(GString *out, const char *lab, const json_t *entry)
{
    enum { NAME = 23 };
    g_string_append(out, "  ");
    terminal_bar(out, number_at(entry, "best"), number_at(entry, "max_score"));
    if (!entry) {
        g_string_append_printf(out, "           %-*s not graded yet\n", NAME, lab);
        return;
    }
    g_string_append_printf(out, " %3d / %-3d %-*s last %d", (int)number_at(entry, "best"),
                           (int)number_at(entry, "max_score"), NAME, lab, (int)number_at(entry, "score"));
    if (json_is_integer(json_object_get(entry, "submitted")))
        g_string_append_printf(out, ", packed %d", (int)number_at(entry, "submitted"));
    g_string_append_c(out, '\n');
}

static int command_progress(int argc, char **argv)
{
    GOptionEntry entries[] = {{0}};
    options_parse("- the best score of each lab so far", entries, &argc, &argv);
    terminal_detect();
    g_autoptr(GPtrArray) labs = kit_labs();
    json_t *standing = standing_read();
    GString *out = g_string_new("Your best so far in each lab:\n\n");
    for (guint i = 0; i < labs->len; i++)
        add_entry(out, labs->pdata[i], json_object_get(standing, labs->pdata[i]));
    json_decref(standing);
    files_write("-", out->str);
    g_string_free(out, TRUE);
    return EXIT_GRADED;
}

COMMAND(progress, FOR_STUDENTS, "the best score of each lab so far");
