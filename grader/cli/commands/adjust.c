// SPDX-License-Identifier: MIT
/*
 * adjust.c - heaplab adjust: staff change the points of one submission. The change outlives regrading.
 */
#include "class/marks/marks.h"
#include "cli/cli.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_POINTS = 100000 };

struct adjust_options {
    char *test;
    char *reason;
    char *by;
    gboolean list;
    int undo;
};

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

/* Dies unless the submission ID of DIR has the test NAME (NULL: any) and POINTS make sense for it. */
static void demand(const char *dir, const char *id, const char *name, int points, bool relative)
{
    g_autofree char *file = g_strdup_printf("%s.json", id);
    g_autofree char *path = g_build_filename(dir, "results", file, NULL);
    if (strchr(id, '/') || !g_file_test(path, G_FILE_TEST_EXISTS))
        die_unusable("there is no submission '%s'; ids are the names in %s/results", id, dir);
    json_t *documents = results_read(path);
    const json_t *document = json_array_get(documents, 0);
    json_int_t most = number_at(document, "max_score");
    bool found = name == NULL;
    size_t i;
    json_t *test;
    json_array_foreach(json_object_get(json_array_get(json_object_get(document, "labs"), 0), "tests"), i, test)
    {
        if (name && strcmp(text_at(test, "name"), name) == 0) {
            found = true;
            most = number_at(test, "max_points");
        }
    }
    if (!found)
        die_unusable("%s has no test '%s'", id, name);
    if (!relative && points > most)
        die_unusable("%d points are more than the %d that there are", points, (int)most);
    json_decref(documents);
}

/* The mark of ID in DIR, with what it is made of. */
static void print_mark(const char *dir, const char *id)
{
    json_t *marks = marks_read(dir);
    size_t i;
    json_t *document;
    json_array_foreach(json_object_get(marks, "documents"), i, document)
    {
        const json_t *mark = json_object_get(document, "mark");
        if (strcmp(text_at(document, "id"), id) == 0)
            printf("%s (%s): %d of %d points; the tests gave %d\n", id,
                   text_at(json_object_get(document, "student"), "name"), (int)number_at(mark, "points"),
                   (int)number_at(mark, "max_points"), (int)number_at(mark, "score"));
    }
    json_decref(marks);
}

void print_entries(const char *dir, const char *id, const char *kind)
{
    json_t *all = adjustments_read(dir);
    size_t i;
    json_t *entry;
    guint n = 0;
    json_array_foreach(all, i, entry)
    {
        if (strcmp(text_at(entry, "kind"), kind) != 0 || (id && strcmp(text_at(entry, "submission"), id) != 0))
            continue;
        bool points = strcmp(kind, "points") == 0;
        bool relative = json_is_true(json_object_get(entry, "relative"));
        printf("%d. %s", (int)number_at(entry, "number"), text_at(entry, "submission"));
        if (text_at(entry, "test")[0])
            printf(", %s", text_at(entry, "test"));
        if (text_at(entry, "file")[0])
            printf(", %s:%d", text_at(entry, "file"), (int)number_at(entry, "line"));
        if (points)
            printf(relative ? ": %+d" : ": %d", (int)number_at(entry, "points"));
        printf(": %s (%s, %s)%s\n", text_at(entry, "text"), text_at(entry, "by"), text_at(entry, "at"),
               json_is_true(json_object_get(entry, "undone")) ? ", undone" : "");
        n++;
    }
    if (n == 0)
        printf("There are none.\n");
    json_decref(all);
}

static void parse_adjust(struct adjust_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"test", 0, 0, G_OPTION_ARG_STRING, &options->test, "change the points of this test, not the total", "NAME"},
        {"reason", 0, 0, G_OPTION_ARG_STRING, &options->reason, "why, for the student and for colleagues", "TEXT"},
        {"by", 0, 0, G_OPTION_ARG_STRING, &options->by, "who decided it", "NAME"},
        {"list", 0, 0, G_OPTION_ARG_NONE, &options->list, "list the changes of ID, or of all, and do nothing", NULL},
        {"undo", 0, 0, G_OPTION_ARG_INT, &options->undo, "undo change number N", "N"},
        {0}};
    options_parse("DIR ID POINTS - set the points of a submission (80), or change them (+5, -5)", entries, argc, argv);
}

static void enter_adjustment(const struct adjust_options *options, const char *dir, const char *id, const char *text)
{
    bool relative;
    int points = points_in(text, &relative);
    if (!options->reason || !options->reason[0] || !options->by || !options->by[0])
        die_unusable("a change needs --reason TEXT and --by NAME: both are shown to the student");
    demand(dir, id, options->test, points, relative);
    g_autofree char *reason = text_clean(options->reason, strlen(options->reason));
    g_autofree char *by = text_clean(options->by, strlen(options->by));
    int number = adjustments_add(dir, json_pack("{s:s, s:s, s:s, s:i, s:b, s:s, s:s}", "kind", "points", "submission",
                                                id, "test", options->test ? options->test : "", "points", points,
                                                "relative", (int)relative, "text", reason, "by", by));
    printf("Change %d. ", number);
}

static int command_adjust(int argc, char **argv)
{
    static struct adjust_options options; /* its texts must last as long as the program */
    hide_minus(argc, argv);
    parse_adjust(&options, &argc, &argv);
    if (argc < 2 || !g_file_test(argv[1], G_FILE_TEST_IS_DIR))
        die_unusable("name the folder of a batch: heaplab adjust DIR ID POINTS --reason TEXT --by NAME");
    if (options.list) {
        print_entries(argv[1], argc > 2 ? argv[2] : NULL, "points");
        return EXIT_GRADED;
    }
    if (argc < 3 || (options.undo == 0 && argc != 4))
        die_unusable("say which submission, and how many points: heaplab adjust DIR ID POINTS --reason TEXT --by NAME");
    if (options.undo != 0)
        adjustments_undo(argv[1], argv[2], "points", options.undo);
    else
        enter_adjustment(&options, argv[1], argv[2], argv[3]);
    marks_enter(argv[1]);
    print_mark(argv[1], argv[2]);
    return EXIT_GRADED;
}

COMMAND(adjust, FOR_STAFF, "change the points of a submission, with a reason");
