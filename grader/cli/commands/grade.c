// SPDX-License-Identifier: MIT
/*
 * grade.c - heaplab grade.
 */
#include "cli/commands.h"

#include <string.h>

struct grade_options {
    GStrv labs;
    char *from;
    char *json;
    char *format;
    char *coverage_html;
    gboolean no_coverage;
    gboolean own_base;
    gboolean first_failure;
    char *seed;
    int fail_under;
};

static void parse_grade(struct grade_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labs, "grade this lab only (repeat for more)", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &options->from,
         "a folder of labs, one lab's folder, or a file; 'solutions' for the references (default: labs)", "PATH"},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &options->json, "write result.json here, too ('-': stdout)", "FILE"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options->format, "how to print the result (default: terminal)", "NAME"},
        {"coverage-html", 0, 0, G_OPTION_ARG_FILENAME, &options->coverage_html, "write gcovr's pages here", "FOLDER"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &options->seed, "run the random tests with this seed (a number)", "N"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &options->own_base,
         "a lab that stands on another one uses the submission's own, if that passes", NULL},
        {"first-failure", 0, 0, G_OPTION_ARG_NONE, &options->first_failure,
         "run nothing behind the first test that fails, nor the submission's own tests", NULL},
        {"no-coverage", 0, 0, G_OPTION_ARG_NONE, &options->no_coverage, "do not count lines and branches", NULL},
        {"fail-under", 0, 0, G_OPTION_ARG_INT, &options->fail_under, "exit with 1 if the score is below N", "N"},
        {0}};
    options_parse("- grade one submission", entries, argc, argv);
    if (*argc > 1)
        die_unusable("'%s' is not an option of grade (use --from PATH for the submission)", (*argv)[1]);
}

static json_t *grade_all(const GPtrArray *labs, const struct grade_plan *plan)
{
    json_t *results = json_array();
    for (guint i = 0; i < labs->len; i++)
        json_array_append_new(results, grade_lab(labs->pdata[i], plan));
    return results;
}

int command_grade(int argc, char **argv)
{
    static struct grade_options options; /* its texts last as long as the program */
    parse_grade(&options, &argc, &argv);
    terminal_detect();
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    g_autofree char *from = options_from(options.from);
    struct grade_plan plan = {.from = from,
                              .coverage = !options.no_coverage,
                              .first_failure = options.first_failure,
                              .own_base = options.own_base,
                              .seed = options.seed,
                              .coverage_html = options.coverage_html};
    json_t *document = grade_document(options.from ? options.from : "labs", grade_all(labs, &plan));
    g_autofree char *text = report(options.format ? options.format : "terminal", document);
    if (options.json) {
        g_autofree char *json = report("json", document);
        files_write(options.json, json);
    }
    if (!options.json || strcmp(options.json, "-") != 0)
        files_write("-", text);
    bool enough = json_integer_value(json_object_get(document, "score")) >= options.fail_under;
    json_decref(document);
    return enough ? EXIT_GRADED : EXIT_UNUSABLE;
}
