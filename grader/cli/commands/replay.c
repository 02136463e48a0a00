// SPDX-License-Identifier: MIT
/*
 * replay.c - heaplab replay: an allocator on traces, as a table or as JSON.
 */
#include "cli/commands.h"
#include "traces/rep.h"

#include <string.h>

struct replay_options {
    GStrv labs;
    GStrv traces; /* NULL: those of the lab's tests */
    char *json;
    char *from;
    int alignment;
    int bits;
};

static void parse_replay(struct replay_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labs, "the lab whose functions are called", "NN"},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->traces,
         "a trace (repeat for more; default: those of the lab's tests)", "T.rep"},
        {"alignment", 0, 0, G_OPTION_ARG_INT, &options->alignment, "what payloads must be aligned to (default: 16)",
         "BYTES"},
        {"bits", 0, 0, G_OPTION_ARG_INT, &options->bits,
         "build for words of 32 or 64 bits (default: the rubric's, or 64)", "N"},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &options->json, "write the numbers here ('-': stdout), and no table",
         "FILE"},
        {0}};
    options_parse("--lab NN [FILE] - replay traces on an allocator: correctness, utilization, cost", entries, argc,
                  argv);
    if (!options->labs || options->labs[1] || *argc > 2)
        die_unusable("replay needs one lab, and one file at most: heaplab replay --lab 08 --trace T.rep mm.c");
    if (options->alignment != 0 && !replay_can_align(options->alignment))
        die_unusable("--alignment %d is no power of two from 8 up", options->alignment);
    if (options->bits != 0 && !replay_can_build(options->bits))
        die_unusable("--bits %d is neither 32 nor 64", options->bits);
    options->from = *argc > 1 ? (*argv)[1] : NULL;
}

/* A trace that can't be read is told with file and line before anything is built. Paths become absolute. */
static void read_traces(GStrv traces)
{
    for (guint i = 0; traces && traces[i]; i++) {
        struct rep_trace trace;
        char *problem = rep_read(traces[i], &trace);
        if (problem)
            die_unusable("%s", problem);
        if (trace.operations == 0)
            die_unusable("%s: there is no operation in it", traces[i]);
        rep_clear(&trace);
        char *absolute = g_canonicalize_filename(traces[i], NULL);
        g_free(traces[i]);
        traces[i] = absolute;
    }
}

/* The lab's tests that replay a trace. */
static GStrv trace_tests(const char *lab)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    json_t *tests = judge_tests(lab, false);
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test)
    {
        if (g_str_has_prefix(json_string_value(test), "trace_"))
            g_strv_builder_add(names, json_string_value(test));
    }
    json_decref(tests);
    return g_strv_builder_end(names);
}

/* --- interfaces of other handouts --- */

/* Which header an allocator was written for: the folder of grader/replay that holds it; NULL for the lab's own. */
static const char *interface_of(const char *source)
{
    if (g_regex_match_simple("^\\s*(extern\\s+)?int\\s+mm_init\\s*\\(", source, G_REGEX_MULTILINE, 0))
        return "classic";
    if (g_regex_match_simple("^\\s*#\\s*if.*\\bDRIVER\\b", source, G_REGEX_MULTILINE, 0))
        return "driver";
    return NULL;
}

/* A header beside the source comes before the lab's. */
static void adapt(const struct submission *submission)
{
    enum { MOST_BYTES = 1 << 20 };
    g_autofree char *path = submission_path(submission, "src/mm.c");
    g_autofree char *source = files_read_text(path, MOST_BYTES);
    const char *interface = interface_of(source);
    if (!interface)
        return;
    g_autofree char *header = kit_path("grader", "replay", interface, "mm.h", NULL);
    g_autofree char *beside = submission_path(submission, "src/mm.h");
    g_autofree char *text = files_read_text(header, MOST_BYTES);
    files_write(beside, text);
}

static json_t *measure(const struct submission *submission, struct grade_plan *plan)
{
    json_t *built = build(submission, false);
    const char *problem = json_string_value(json_object_get(built, "problem"));
    if (problem)
        die_unusable("%s", problem);
    json_decref(built);
    g_auto(GStrv) tests = plan->traces ? NULL : trace_tests(submission->rubric->lab);
    if (!plan->traces && !tests[0])
        die_unusable("lab %s has no tests with traces; name some with --trace", submission->rubric->number);
    json_t *verdicts = judge_named(submission, plan, tests);
    json_t *found = cost(submission, plan, verdicts);
    json_decref(verdicts);
    return found;
}

/* --- the table --- */

static double number_in(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static void print_row(const json_t *trace)
{
    const char *message = json_string_value(json_object_get(trace, "message"));
    g_autofree char *name = text_clean(json_string_value(json_object_get(trace, "name")), SIZE_MAX);
    printf("%-14s %9d  %-5s", name, (int)number_in(trace, "operations"),
           json_is_true(json_object_get(trace, "valid")) ? "yes" : "NO");
    if (number_in(trace, "utilization") > 0)
        printf("  %9.1f %%", 100 * number_in(trace, "utilization"));
    if (number_in(trace, "instructions") > 0)
        printf("  %12.1f  %8.2f", number_in(trace, "instructions"), number_in(trace, "misses"));
    printf("\n");
    if (message)
        printf("    %s\n", message);
}

static void print_mean(const json_t *found, bool bits32)
{
    printf("%-14s %9s  %-5s  %9.1f %%", "mean", "", "", 100 * number_in(found, "utilization"));
    if (!bits32)
        printf("  %12.1f  %8.2f", number_in(found, "instructions"), number_in(found, "misses"));
    printf("\n\nUtilization: peak payload bytes per byte of heap, static variables counted as heap.");
    if (bits32)
        printf("\nInstructions and misses are counted for 64 bits only.\n");
    else
        printf(
            " Instructions, and\nmisses of simulated first-level caches, are for one call, as callgrind counts them: "
            "the same in every run.\n");
}

static void print_table(const json_t *found, bool bits32)
{
    size_t i;
    json_t *trace;
    printf("%-14s %9s  %-5s  %11s", "trace", "calls", "valid", "utilization");
    if (!bits32)
        printf("  %12s  %8s", "instructions", "misses");
    printf("\n");
    json_array_foreach(json_object_get(found, "traces"), i, trace)
    {
        print_row(trace);
    }
    print_mean(found, bits32);
}

int command_replay(int argc, char **argv)
{
    enum { NARROW = 32 };
    struct replay_options options = {0};
    parse_replay(&options, &argc, &argv);
    read_traces(options.traces);
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    struct rubric *rubric = rubric_load(labs->pdata[0]);
    g_autofree char *from = options_from(options.from);
    struct submission *submission = intake(rubric, from);
    submission->measured = true;
    submission->bits32 = (options.bits ? options.bits : rubric->cost.bits) == NARROW;
    build_demand_bits(submission);
    adapt(submission);
    struct grade_plan plan = {.traces = options.traces, .alignment = options.alignment};
    json_t *found = measure(submission, &plan);
    if (options.json) {
        g_autofree char *text = json_dumps(found, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        files_write(options.json, text);
    } else {
        print_table(found, submission->bits32);
    }
    json_decref(found);
    submission_free(submission);
    rubric_free(rubric);
    return EXIT_GRADED;
}
