// SPDX-License-Identifier: MIT
/*
 * main.c - the command line (heaplab.h): which command, with which options.
 */
#include "heaplab.h"

#include <stdlib.h>
#include <string.h>

static int command_grade(int argc, char **argv);
static int command_check(int argc, char **argv);
static int command_record(int argc, char **argv);
static int command_watch(int argc, char **argv);

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *purpose;
} commands[] = {
    {"grade", command_grade, "grade one submission"},
    {"watch", command_watch, "grade a lab again whenever it is saved"},
    {"record", command_record, "record a real program's allocations as a trace"},
    {"check", command_check, "test the kit against itself: rubrics, stubs, references, wheats, chaffs"},
};

static const char epilogue[] =
    "Exit status: 0 grading happened, whatever the score; 1 unusable input or arguments; 2 a fault of the kit's own.";

/* --- options --- */

/* Parses OPTIONS; what is left over in argv is returned by g_option_context_parse's contract. Dies on a mistake. */
static void parse(const char *usage, GOptionEntry *options, int *argc, char ***argv)
{
    g_autoptr(GOptionContext) context = g_option_context_new(usage);
    g_option_context_add_main_entries(context, options, NULL);
    g_option_context_set_description(context, epilogue);
    GError *error = NULL;
    if (!g_option_context_parse(context, argc, argv, &error))
        die_unusable("%s (heaplab %s --help lists the options)", error->message, (*argv)[0]);
}

/* The labs that the words of WANTED name; all labs if there are none. Dies on an unknown one. */
static GPtrArray *chosen_labs(GStrv wanted)
{
    if (!wanted)
        return kit_labs();
    GPtrArray *labs = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; wanted[i]; i++) {
        char *lab = kit_find_lab(wanted[i]);
        if (!lab) {
            g_autoptr(GPtrArray) all = kit_labs();
            g_ptr_array_add(all, NULL);
            g_autofree char *list = g_strjoinv(", ", (char **)all->pdata);
            die_unusable("there is no lab '%s'; the labs are %s", wanted[i], list);
        }
        g_ptr_array_add(labs, lab);
    }
    return labs;
}

/* --- grade --- */

struct grade_options {
    GStrv labs;
    char *from;
    char *json;
    char *format;
    char *coverage_html;
    gboolean no_coverage;
    gboolean own_base;
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
        {"no-coverage", 0, 0, G_OPTION_ARG_NONE, &options->no_coverage, "do not count lines and branches", NULL},
        {"fail-under", 0, 0, G_OPTION_ARG_INT, &options->fail_under, "exit with 1 if the score is below N", "N"},
        {0}};
    parse("- grade one submission", entries, argc, argv);
    if (*argc > 1)
        die_unusable("'%s' is not an option of grade (use --from PATH for the submission)", (*argv)[1]);
}

/* Where the submission is: the default, the references, or a path. */
static char *resolve_from(const char *from)
{
    if (!from)
        return kit_path("labs", NULL);
    if (strcmp(from, "solutions") == 0 && !g_file_test(from, G_FILE_TEST_IS_DIR))
        return kit_path("build", "reference", NULL);
    if (strcmp(from, "solutions") ==
        0) /* the folder itself holds stubs and solutions in one; the references are derived */
        return kit_path("build", "reference", NULL);
    return g_strdup(from);
}

static json_t *grade_all(const GPtrArray *labs, const struct grade_plan *plan)
{
    json_t *results = json_array();
    for (guint i = 0; i < labs->len; i++)
        json_array_append_new(results, grade_lab(labs->pdata[i], plan));
    return results;
}

static int command_grade(int argc, char **argv)
{
    static struct grade_options options; /* its texts last as long as the program */
    parse_grade(&options, &argc, &argv);
    terminal_detect();
    g_autoptr(GPtrArray) labs = chosen_labs(options.labs);
    g_autofree char *from = resolve_from(options.from);
    struct grade_plan plan = {.from = from,
                              .coverage = !options.no_coverage,
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

/* --- watch --- */

static int command_watch(int argc, char **argv)
{
    GStrv wanted = NULL;
    char *from = NULL;
    gboolean own_base = FALSE;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "the lab", "NN"},
        {"from", 0, 0, G_OPTION_ARG_FILENAME, &from, "the folder of the submission (default: labs)", "DIR"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &own_base, "as for grade", NULL},
        {0}};
    parse("--lab NN - grade a lab again whenever it is saved", entries, &argc, &argv);
    if (!wanted || wanted[1])
        die_unusable("watch needs one lab: heaplab watch --lab NN");
    terminal_detect();
    g_autoptr(GPtrArray) labs = chosen_labs(wanted);
    g_autofree char *folder = resolve_from(from);
    struct grade_plan plan = {.from = folder, .coverage = true, .own_base = own_base};
    watch(labs->pdata[0], &plan);
}

/* --- check --- */

static int command_check(int argc, char **argv)
{
    g_auto(GStrv) wanted = NULL;
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &wanted, "check this lab only (repeat for more)", "NN"}, {0}};
    parse("- test the kit against itself", entries, &argc, &argv);
    g_autoptr(GPtrArray) labs = chosen_labs(wanted);
    return selfcheck(labs) == 0 ? EXIT_GRADED : EXIT_UNUSABLE;
}

/* --- record --- */

static int command_record(int argc, char **argv)
{
    char *output = NULL;
    int most = 0;
    GOptionEntry entries[] = {{"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "the trace to write", "T.rep"},
                              {"most", 0, 0, G_OPTION_ARG_INT, &most, "write the first N operations only", "N"},
                              {0}};
    parse("-- PROGRAM [ARG...] - record a real program's allocations", entries, &argc, &argv);
    int first = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
    if (!output || first >= argc || most < 0)
        die_unusable("record needs -o T.rep and a program: heaplab record -o T.rep -- PROGRAM [ARG...]");
    int status = record(argv + first, output, (guint)most);
    if (status != 0)
        fprintf(stderr, "heaplab: %s ended with status %d; its trace was written all the same\n", argv[first], status);
    return EXIT_GRADED;
}

/* --- choosing --- */

static void print_usage(FILE *to)
{
    fprintf(to, "Usage: heaplab COMMAND [OPTION]...\n\n");
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        fprintf(to, "  %-8s %s\n", commands[i].name, commands[i].purpose);
    fprintf(to, "\nheaplab COMMAND --help lists a command's options. Formats: %s.\n%s\n", report_names(), epilogue);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        print_usage(stderr);
        return EXIT_UNUSABLE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_usage(stdout);
        return EXIT_GRADED;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("heaplab %s\n", HEAPLAB_VERSION);
        return EXIT_GRADED;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    die_unusable("there is no command '%s'; heaplab --help lists them", argv[1]);
}
