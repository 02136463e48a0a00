// SPDX-License-Identifier: MIT
/*
 * regrade.c - heaplab regrade: a batch once more, as it was started, with some submissions graded again in any case;
 * or, with --diff, whose score changed.
 */
#include "cli/cli.h"

/* What the batch in DIR was started with. Dies if that is not known, or its submissions have gone. */
static json_t *settings_of(const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "batch.json", NULL);
    json_t *settings = json_load_file(path, 0, NULL);
    const char *submissions = text_at(settings, "submissions");
    if (!settings)
        die_unusable("%s is not the folder of a batch: it has no batch.json that can be read", dir);
    if (!g_file_test(submissions, G_FILE_TEST_EXISTS))
        die_unusable("the submissions were in %s, which is not there; say where they are: heaplab batch --lab %s "
                     "SUBMISSIONS --out %s",
                     submissions, text_at(settings, "lab"), dir);
    return settings;
}

/* The texts of LIST; NULL if it is empty. */
static GStrv texts_of(const json_t *list)
{
    g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
    size_t i;
    json_t *text;
    json_array_foreach(list, i, text) g_strv_builder_add(texts, json_string_value(text));
    return json_array_size(list) > 0 ? g_strv_builder_end(texts) : NULL;
}

static int grade_again(const char *dir, char **names, int n, bool no_sandbox)
{
    json_t *settings = settings_of(dir);
    g_autofree char *lab = kit_find_lab(text_at(settings, "lab"));
    g_auto(GStrv) against = texts_of(json_object_get(settings, "against"));
    g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
    for (int i = 0; i < n; i++) {
        g_autofree char *id = entries_submission(dir, names[i]);
        g_strv_builder_add(ids, id);
    }
    g_auto(GStrv) regrade = n > 0 ? g_strv_builder_end(ids) : NULL;
    if (!lab)
        die_unusable("this kit has no lab '%s', which the batch in %s was of", text_at(settings, "lab"), dir);
    const struct batch_plan plan = {.lab = lab,
                                    .submissions = text_at(settings, "submissions"),
                                    .out = dir,
                                    .regrade = regrade,
                                    .against = against,
                                    .anonymous = json_is_true(json_object_get(settings, "anonymous")),
                                    .jobs = kit_workers(),
                                    .no_sandbox = no_sandbox,
                                    .coverage = json_is_true(json_object_get(settings, "coverage"))};
    int status = batch_run(&plan);
    json_decref(settings);
    return status;
}

static int command_regrade(int argc, char **argv)
{
    gboolean diff = FALSE, no_sandbox = FALSE;
    GOptionEntry entries[] = {{"diff", 0, 0, G_OPTION_ARG_NONE, &diff,
                               "show whose score changed from OLD to NEW, in which tests, and why", NULL},
                              {"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &no_sandbox,
                               "grade even if the machine has no namespaces (only submissions that you trust)", NULL},
                              {0}};
    options_parse(
        "DIR [ID]... - grade again what is out of date in a batch, and the submissions ID\n"
        "  heaplab regrade --diff OLD [NEW] - show what a change of rubric or kit did to a class (without NEW: "
        "OLD's own history)",
        entries, &argc, &argv);
    if (argc < 2 || (diff && argc > 3))
        die_unusable("name the folder of a batch, and the submissions to grade again: heaplab regrade DIR [ID]... To "
                     "compare two folders, or one with its history: heaplab regrade --diff OLD [NEW]");
    if (!diff)
        return grade_again(argv[1], argv + 2, argc - 2, no_sandbox);
    diff_folders(argc == 3 ? argv[1] : NULL, argv[argc - 1]);
    return EXIT_GRADED;
}

COMMAND(regrade, FOR_STAFF, "grade a batch, or some of it, again; show whose score changed");
