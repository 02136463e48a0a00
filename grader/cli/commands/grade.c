// SPDX-License-Identifier: MIT
/*
 * grade.c - heaplab grade.
 */
#include "cli/cli.h"
#include "sandbox/sandbox.h"

#include <string.h>
#include <unistd.h>

static bool told_early;  /* an early report was printed */
static GString *changes; /* what has changed since the last time */

struct grade_options {
    GStrv labs;
    char *from;
    char *json;
    char *html;
    char *format;
    char *coverage_html;
    gboolean no_coverage;
    gboolean no_sandbox;
    gboolean own_base;
    gboolean first_failure;
    gboolean problems;
    GStrv tests;
    char *function;
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
        {"html", 0, 0, G_OPTION_ARG_FILENAME, &options->html, "write a feedback page here, too", "FILE"},
        {"format", 0, 0, G_OPTION_ARG_STRING, &options->format,
         "how to print the result (default: terminal; for several labs: summary)", "NAME"},
        {"coverage-html", 0, 0, G_OPTION_ARG_FILENAME, &options->coverage_html, "write gcovr's pages here", "FOLDER"},
        {"seed", 0, 0, G_OPTION_ARG_STRING, &options->seed, "run the random tests with this seed (a number)", "N"},
        {"own-base", 0, 0, G_OPTION_ARG_NONE, &options->own_base,
         "a lab that builds on another one uses the submission's own, if that passes", NULL},
        {"first-failure", 0, 0, G_OPTION_ARG_NONE, &options->first_failure,
         "stop after the first test that fails; leave out own tests and cost", NULL},
        {"problems", 0, 0, G_OPTION_ARG_NONE, &options->problems,
         "print a line for each problem, too, as compilers do: editors read them", NULL},
        {"test", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->tests, "run only this test (repeat for more)", "NAME"},
        {"function", 0, 0, G_OPTION_ARG_STRING, &options->function, "run only the tests that name this function",
         "NAME"},
        {"no-coverage", 0, 0, G_OPTION_ARG_NONE, &options->no_coverage, "do not count lines and branches", NULL},
        {"no-sandbox", 0, 0, G_OPTION_ARG_NONE, &options->no_sandbox,
         "go on where the machine has neither namespaces nor Landlock (only for code that you trust)", NULL},
        {"fail-under", 0, 0, G_OPTION_ARG_INT, &options->fail_under, "exit with 1 if the score is below N", "N"},
        {0}};
    options_parse("- grade one submission", entries, argc, argv);
    if (*argc > 1)
        die_unusable("'%s' is not an option of grade (use --from PATH for the submission)", (*argv)[1]);
}

/* Several labs are shown on one screen, one line each, unless the user asks for another format. */
static const char *format_of(const struct grade_options *options, const GPtrArray *labs)
{
    return options->format ? options->format : labs->len > 1 ? "summary" : "terminal";
}

static bool prints_text(const struct grade_options *options)
{
    return !options->json || strcmp(options->json, "-") != 0;
}

static void print(char *text)
{
    files_write("-", text);
    g_free(text);
}

static json_t *grade_all(const GPtrArray *labs, const struct grade_plan *plan, bool line_by_line)
{
    json_t *results = json_array();
    for (guint i = 0; i < labs->len; i++) {
        waiting_begin("grading %s%s", (const char *)labs->pdata[i], labs->len > 1 ? ", one lab after the other" : "");
        json_t *result = grade_lab(labs->pdata[i], plan);
        waiting_end();
        if (line_by_line)
            print(summary_line(result));
        if (plan->only) {
            selection_keep(result, plan->only);
        } else {
            g_autofree char *changed = standing_note(plan->from, result);
            g_string_append(changes, changed);
        }
        json_array_append_new(results, result);
    }
    return results;
}

static void tell_early(const json_t *result)
{
    json_t *document = grade_document("", json_pack("[o]", json_deep_copy(result)));
    waiting_end();
    print(report("terminal", document));
    json_decref(document);
    told_early = true;
    bool own = json_is_true(json_object_get(result, "own_tests"));
    waiting_begin(own ? "running your own tests on correct and wrong versions"
                      : "counting the lines that were reached");
}

static void print_sentence(const char *sentence)
{
    GString *out = g_string_new(NULL);
    wrap(out, sentence, 2);
    g_string_append_c(out, '\n');
    print(g_string_free(out, FALSE));
}

static void print_rest(const struct grade_options *options, const GPtrArray *labs, const json_t *document)
{
    const char *format = format_of(options, labs);
    if (told_early)
        print(terminal_rest(json_array_get(json_object_get(document, "labs"), 0)));
    else if (strcmp(format, "summary") == 0)
        print(summary_end(document));
    else
        print(report(format, document));
    if (changes->len > 0 && labs->len == 1 && strcmp(format, "terminal") == 0)
        print_sentence(changes->str);
}

/* The problems of all labs in DOCUMENT, after the report. */
static void print_problems(const char *from, const json_t *document)
{
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(document, "labs"), i, lab) print(problems(from, lab));
}

/* Other people's code must not be able to read the kit's references. */
static void demand_sandbox(const struct grade_options *options)
{
    bool own = !options->from || strcmp(options->from, "labs") == 0 || strcmp(options->from, "solutions") == 0;
    if (own || options->no_sandbox || sandbox_has_namespaces() || shut_is_possible())
        return;
    die_unusable(
        "this machine has neither namespaces nor Landlock, so this code could read the kit's references. Run the "
        "container with --privileged, or on Linux 5.13 or later; or pass --no-sandbox if you trust the code");
}

/* DOCUMENT's page, with the files that were graded, of which FOLDER has one folder for each lab. */
static void write_page(const char *path, const char *folder, const json_t *document)
{
    json_t *shown = json_deep_copy(document);
    size_t i;
    json_t *lab;
    json_array_foreach(json_object_get(shown, "labs"), i, lab)
    {
        g_autofree char *files = g_build_filename(folder, text_at(lab, "lab"), NULL);
        lab_add_sources(lab, files);
    }
    g_autofree char *page = report("html", shown);
    files_write(path, page);
    json_decref(shown);
}

static int command_grade(int argc, char **argv)
{
    static struct grade_options options; /* its texts must last as long as the program */
    parse_grade(&options, &argc, &argv);
    demand_sandbox(&options);
    options_tell_sandbox();
    terminal_detect();
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    g_autofree char *from = options_from(options.from);
    bool picks = options.tests || options.function;
    if (picks && labs->len != 1)
        die_unusable("--test and --function need one lab: --lab NN");
    g_auto(GStrv) only = picks ? selection(labs->pdata[0], options.tests, options.function) : NULL;
    changes = g_string_new(NULL);
    bool someone_waits = !picks && isatty(STDOUT_FILENO) && labs->len == 1 && !options.format && prints_text(&options);
    struct grade_plan plan = {.from = from,
                              .take = options.from ? gather_from : NULL,
                              .only = only,
                              .coverage = !options.no_coverage && !picks,
                              .first_failure = options.first_failure,
                              .own_base = options.own_base,
                              .seed = options.seed,
                              .coverage_html = options.coverage_html,
                              .keep = options.html ? files_make_temporary() : NULL,
                              .early = someone_waits ? tell_early : NULL};
    bool line_by_line = prints_text(&options) && strcmp(format_of(&options, labs), "summary") == 0;
    json_t *document = grade_document(options.from ? options.from : "labs", grade_all(labs, &plan, line_by_line));
    if (options.json) {
        g_autofree char *json = report("json", document);
        files_write(options.json, json);
    }
    if (options.html)
        write_page(options.html, plan.keep, document);
    if (prints_text(&options))
        print_rest(&options, labs, document);
    if (options.problems)
        print_problems(from, document);
    bool enough = json_integer_value(json_object_get(document, "score")) >= options.fail_under;
    json_decref(document);
    return enough ? EXIT_GRADED : EXIT_UNUSABLE;
}

COMMAND(grade, FOR_STUDENTS, "grade one submission");
