// SPDX-License-Identifier: MIT
/*
 * batch.c - heaplab batch.
 */
#include "cli/cli.h"

#include <string.h>

struct batch_options {
    GStrv labs;
    char *out;
    char *engine;
    char *shard;
    GStrv regrade;
    char *roster;
    GStrv against;
    gboolean anonymous;
    int jobs;
    gboolean no_sandbox;
    gboolean no_coverage;
};

static void parse_batch(struct batch_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labs, "the lab that was handed in", "NN"},
        {"out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "where results go; the same folder again to resume", "DIR"},
        {"jobs", 0, 0, G_OPTION_ARG_INT, &options->jobs, "grade N at a time (default: one per processor)", "N"},
        {"engine", 0, 0, G_OPTION_ARG_STRING, &options->engine, "local (default) or slurm", "NAME"},
        {"shard", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &options->shard, "for tasks of a Slurm job", "K/N"},
        {"regrade", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->regrade, "grade this one again (repeat for more)", "ID"},
        {"roster", 0, 0, G_OPTION_ARG_FILENAME, &options->roster,
         "who is in the course: a table, or an export of Canvas, Moodle, Gradescope", "FILE"},
        {"against", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->against,
         "also look for similar submissions in this earlier batch or class (repeat for more)", "DIR"},
        {"anonymous", 0, 0, G_OPTION_ARG_NONE, &options->anonymous,
         "pages, similar submissions and csv under aliases; OUT/aliases.csv is the key", NULL},
        {"no-coverage", 0, 0, G_OPTION_ARG_NONE, &options->no_coverage, "do not count lines and branches", NULL},
        {"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &options->no_sandbox,
         "grade even if the machine has no namespaces (only submissions that you trust)", NULL},
        {0}};
    options_parse("SUBMISSIONS - grade a class", entries, argc, argv);
}

static int command_batch(int argc, char **argv)
{
    enum { MOST_JOBS = 256 };
    static struct batch_options options = {.engine = "local"}; /* its texts must last as long as the program */
    parse_batch(&options, &argc, &argv);
    if (argc != 2)
        die_unusable("name one folder or archive of submissions: heaplab batch --lab NN SUBMISSIONS --out DIR");
    if (!options.labs || options.labs[1])
        die_unusable("name the lab that was handed in, and only one: --lab NN");
    if (!options.out)
        die_unusable("say where the results go: --out DIR");
    if (options.jobs < 0 || options.jobs > MOST_JOBS)
        die_unusable("--jobs takes a number from 1 to %d", MOST_JOBS);
    if (strcmp(options.engine, "local") != 0 && strcmp(options.engine, "slurm") != 0)
        die_unusable("there is no engine '%s'; use local or slurm", options.engine);
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    const struct batch_plan plan = {.lab = labs->pdata[0],
                                    .submissions = argv[1],
                                    .out = options.out,
                                    .slurm = strcmp(options.engine, "slurm") == 0,
                                    .shard = options.shard,
                                    .regrade = options.regrade,
                                    .roster = options.roster,
                                    .against = options.against,
                                    .anonymous = options.anonymous,
                                    .jobs = options.jobs > 0 ? (unsigned)options.jobs : kit_workers(),
                                    .no_sandbox = options.no_sandbox,
                                    .coverage = !options.no_coverage};
    if (options.no_sandbox)
        options_tell_sandbox();
    return batch_run(&plan);
}

COMMAND(batch, FOR_STAFF, "grade a class: a folder or archive of submissions");
