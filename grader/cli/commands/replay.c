// SPDX-License-Identifier: MIT
/*
 * replay.c - heaplab replay: an allocator on traces, as a table or as JSON.
 */
#include "cli/cli.h"
#include "wire/rep.h"

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

/* --- the table --- */

static void print_row(const json_t *trace)
{
    const char *message = json_string_value(json_object_get(trace, "message"));
    g_autofree char *name = text_clean(json_string_value(json_object_get(trace, "name")), SIZE_MAX);
    printf("%-14s %9d  %-5s", name, (int)real_at(trace, "operations"),
           json_is_true(json_object_get(trace, "valid")) ? "yes" : "NO");
    if (real_at(trace, "utilization") > 0)
        printf("  %9.1f %%", 100 * real_at(trace, "utilization"));
    if (real_at(trace, "instructions") > 0)
        printf("  %12.1f  %8.2f", real_at(trace, "instructions"), real_at(trace, "misses"));
    printf("\n");
    if (message)
        printf("    %s\n", message);
}

static void print_mean(const json_t *found, bool bits32)
{
    printf("%-14s %9s  %-5s  %9.1f %%", "mean", "", "", 100 * real_at(found, "utilization"));
    if (!bits32)
        printf("  %12.1f  %8.2f", real_at(found, "instructions"), real_at(found, "misses"));
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

static int command_replay(int argc, char **argv)
{
    enum { NARROW = 32 };
    struct replay_options options = {0};
    parse_replay(&options, &argc, &argv);
    read_traces(options.traces);
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    struct rubric *rubric = rubric_load(labs->pdata[0]);
    g_autofree char *from = options_from(options.from);
    bool bits32 = (options.bits ? options.bits : rubric->cost.bits) == NARROW;
    struct grade_plan plan = {.from = from, .traces = options.traces, .alignment = options.alignment};
    json_t *found = replay(rubric, &plan, bits32);
    if (options.json) {
        g_autofree char *text = json_dumps(found, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        files_write(options.json, text);
    } else {
        print_table(found, bits32);
    }
    json_decref(found);
    rubric_free(rubric);
    return EXIT_GRADED;
}

COMMAND(replay, ON_TRACES, "replay traces on an allocator: correctness, utilization, cost");
