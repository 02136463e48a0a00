// SPDX-License-Identifier: MIT
/*
 * adjust.c - heaplab adjust: staff change the points of one submission. The change outlives regrading.
 */
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 100000 };

static char *test_name, *reason; /* must last as long as the program */

/* A negative number would be taken for an option: "-5" becomes "~5". */
static void hide_minus(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-' && g_ascii_isdigit(argv[i][1]))
            argv[i][0] = '~';
}

/* Reads "80", "+5" or "~5". */
static int points_in(const char *text, bool *relative)
{
    char *end = NULL;
    *relative = text[0] == '+' || text[0] == '~';
    guint64 points = g_ascii_strtoull(text + *relative, &end, 10);
    if (end == text + *relative || *end || points > MOST_POINTS)
        die_unusable("POINTS is a number, such as 80, or a change, such as +5 or -5; not '%s'", text);
    return text[0] == '~' ? -(int)points : (int)points;
}

/* The most points of the submission ID of DIR, or of its test NAME; dies if it has no such test. */
static json_int_t most_points(const char *dir, const char *id, const char *name)
{
    g_autofree char *path = result_path(dir, id);
    json_t *documents = results_read(path);
    const json_t *document = json_array_get(documents, 0);
    json_int_t most = name ? -1 : number_at(document, "max_score");
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(json_array_get(json_object_get(document, "labs"), 0), "tests"), i, test)
    {
        if (name && strcmp(text_at(test, "name"), name) == 0)
            most = number_at(test, "max_points");
    }
    if (most < 0)
        die_unusable("%s has no test '%s'", id, name);
    json_decref(documents);
    return most;
}

static json_t *adjustment(const char *dir, const char *id, const char *text)
{
    bool relative;
    int points = points_in(text, &relative);
    if (!reason || !reason[0])
        die_unusable("a change needs --reason TEXT: it is shown to the student");
    json_int_t most = most_points(dir, id, test_name);
    if (points > most)
        die_unusable("%d points are more than the %d that there are", points, (int)most);
    g_autofree char *why = text_clean(reason, strlen(reason));
    return json_pack("{s:s, s:i, s:b, s:s}", "test", test_name ? test_name : "", "points", points, "relative",
                     (int)relative, "text", why);
}

static int command_adjust(int argc, char **argv)
{
    static const GOptionEntry options[] = {
        {"test", 0, 0, G_OPTION_ARG_STRING, &test_name, "change the points of this test, not the total", "NAME"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, "why, for the student and for colleagues", "TEXT"},
        {0}};
    static const struct entries entries = {
        .kind = "points",
        .what = "how many points",
        .usage = "heaplab adjust DIR ID POINTS --reason TEXT --by NAME",
        .summary = "DIR ID POINTS - set the points of a submission (80), or change them (+5, -5)",
        .options = options,
        .entry = adjustment};
    hide_minus(argc, argv);
    return entries_command(&entries, argc, argv);
}

COMMAND(adjust, FOR_STAFF, "change the points of a submission, with a reason");
