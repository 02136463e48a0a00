// SPDX-License-Identifier: MIT
/*
 * replay.c - heaplab replay: runs an allocator on traces and prints a table or JSON.
 */
#include "cli/cli.h"
#include "report/report.h"
#include "wire/rep.h"

#include <string.h>

struct replay_options {
    GStrv labs;
    GStrv traces; /* NULL: those of the lab's tests */
    char *json;
    char *from;
    char *heap;     /* "20M"; NULL: all there is */
    char *compiler; /* NULL: gcc */
    gboolean story;
    gboolean no_cost;
    gboolean check;
    int alignment;
    int bits;
};

static void parse_replay(struct replay_options *options, int *argc, char ***argv)
{
    GOptionEntry entries[] = {
        {"lab", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->labs, "the lab whose functions are called", "NN"},
        {"trace", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->traces,
         "a trace (repeat for more; default: those of the lab's tests)", "T.rep"},
        {"alignment", 0, 0, G_OPTION_ARG_INT, &options->alignment,
         "what payloads must be aligned to (default: the rubric's, or 16; 8 at 32 bits)", "BYTES"},
        {"bits", 0, 0, G_OPTION_ARG_INT, &options->bits,
         "build for words of 32 or 64 bits (default: the rubric's, or 64)", "N"},
        {"heap", 0, 0, G_OPTION_ARG_STRING, &options->heap,
         "the most memory that the heap may have: 20M as in many courses (default: 60M, all there is)", "SIZE"},
        {"story", 0, 0, G_OPTION_ARG_NONE, &options->story,
         "tell each failure at length: the last calls, and a picture of the heap", NULL},
        {"no-cost", 0, 0, G_OPTION_ARG_NONE, &options->no_cost,
         "do not count instructions, which takes most of the time", NULL},
        {"check", 0, 0, G_OPTION_ARG_NONE, &options->check,
         "ask mm_checkheap after every operation, and stop at the first no; as --story --no-cost", NULL},
        {"cc", 0, 0, G_OPTION_ARG_STRING, &options->compiler, "the compiler: gcc (default) or clang", "NAME"},
        {"json", 0, 0, G_OPTION_ARG_FILENAME, &options->json, "write the numbers here ('-': stdout), and no table",
         "FILE"},
        {0}};
    options_parse("--lab NN [FILE] - replay traces on an allocator: correctness, utilization, cost", entries, argc,
                  argv);
    if (!options->labs || options->labs[1] || *argc > 2)
        die_unusable("replay needs one lab, and one file at most: heaplab replay --lab 08 --trace T.rep mm.c");
    if (options->alignment != 0 && !replay_can_align(options->alignment))
        die_unusable("--alignment %d is not a power of two from 8 up", options->alignment);
    if (options->bits != 0 && !replay_can_build(options->bits))
        die_unusable("--bits %d is neither 32 nor 64", options->bits);
    if (options->compiler && strcmp(options->compiler, "gcc") != 0 && strcmp(options->compiler, "clang") != 0)
        die_unusable("--cc %s is neither gcc nor clang", options->compiler);
    options->story |= options->check;
    options->no_cost |= options->check;
    options->from = *argc > 1 ? (*argv)[1] : NULL;
}

/* "20M" in bytes; 0 for NULL. Dies if it is no size, or more than there is. */
static size_t bytes_of(const char *size)
{
    enum { MIB = 1 << 20, MOST_MIB = 60 };
    size_t bytes = 0;
    if (size && !size_parse(size, &bytes))
        die_unusable("--heap %s is no size, such as 20M, 512K or 1048576", size);
    if (bytes > (size_t)MOST_MIB * MIB)
        die_unusable("--heap %s is more than %dM, the most that a heap can have here", size, MOST_MIB);
    return bytes;
}

/* Why the trace at PATH can't be replayed, with file and line, or NULL. */
static char *trace_problem(const char *path)
{
    struct rep_trace trace;
    char *problem = rep_read(path, &trace);
    if (!problem && trace.operations == 0)
        problem = g_strdup_printf("%s: the trace has no operations", path);
    rep_clear(&trace);
    return problem;
}

/* Leaves out the traces that cannot be read; dies if no other is left. Makes the paths absolute. Returns the sentences
 * about those left out. */
static json_t *read_traces(GStrv traces)
{
    guint kept = 0;
    json_t *bad = json_array();
    for (guint i = 0; traces && traces[i]; i++) {
        g_autofree char *path = traces[i];
        g_autofree char *problem = trace_problem(path);
        g_autofree char *clean = text_clean(problem ? problem : "", SIZE_MAX);
        traces[i] = NULL;
        if (problem)
            json_array_append_new(bad, json_string(clean));
        else
            traces[kept++] = g_canonicalize_filename(path, NULL);
    }
    if (json_array_size(bad) > 0 && kept == 0)
        die_unusable("%s", json_string_value(json_array_get(bad, 0)));
    return bad;
}

/* --- the table --- */

/* "line 7 (a 2 40), which is operation 3 of 5": from the story, which tells it before the last calls. */
static void print_place(const json_t *story)
{
    static const char before[] = "up to ";
    size_t i;
    json_t *line;
    json_array_foreach(story, i, line)
    {
        const char *text = json_string_value(line);
        const char *place = g_str_has_prefix(text, "/* trace ") ? strstr(text, before) : NULL;
        const char *end = place ? strstr(place, ": */") : NULL;
        if (end)
            printf("    at       %.*s\n", (int)(end - place - (long)strlen(before)), place + strlen(before));
    }
}

static void print_fact(const json_t *failure, const char *key)
{
    const char *fact = text_at(failure, key);
    if (fact[0])
        printf("    %-8s %s\n", key, fact);
}

static void print_output(const json_t *failure)
{
    g_auto(GStrv) lines = g_strsplit(text_at(failure, "output"), "\n", -1);
    for (guint i = 0; lines[i] && lines[i][0]; i++)
        printf("    %-8s %s\n", i == 0 ? "printed" : "", lines[i]);
}

/* What the judge knows about a trace that was not replayed to its end. */
static void print_failure(const json_t *failure, bool at_length)
{
    if (at_length) {
        g_autofree char *text = test_text(failure);
        printf("\n%s\n", text);
        return;
    }
    print_place(json_object_get(failure, "story"));
    print_fact(failure, "found");
    print_fact(failure, "where");
    print_output(failure);
}

/* Of the lab's baseline, the trace called NAME; NULL without one. */
static const json_t *of_baseline(const json_t *baseline, const char *name)
{
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(baseline, "traces"), i, trace)
    {
        if (strcmp(json_string_value(json_object_get(trace, "name")), name) == 0)
            return trace;
    }
    return NULL;
}

/* The numbers of FOUND, those of BESIDE in parentheses unless that is NULL. */
static void print_numbers(const json_t *found, const json_t *beside, bool uncounted)
{
    if (!beside) {
        if (real_at(found, "utilization") > 0)
            printf("  %9.1f %%", 100 * real_at(found, "utilization"));
        if (real_at(found, "instructions") > 0 && !uncounted)
            printf("  %12.1f  %8.2f", real_at(found, "instructions"), real_at(found, "misses"));
        return;
    }
    printf("  %5.1f (%5.1f) %%", 100 * real_at(found, "utilization"), 100 * real_at(beside, "utilization"));
    printf("  %7.1f (%6.1f)  %8.2f", real_at(found, "instructions"), real_at(beside, "instructions"),
           real_at(found, "misses"));
}

static void print_row(const json_t *trace, const json_t *baseline, bool story)
{
    const char *message = json_string_value(json_object_get(trace, "message"));
    const json_t *failure = json_object_get(trace, "failure");
    g_autofree char *name = text_clean(json_string_value(json_object_get(trace, "name")), SIZE_MAX);
    printf("%-14s %9d  %-5s", name, (int)real_at(trace, "operations"),
           json_is_true(json_object_get(trace, "valid")) ? "yes" : "NO");
    print_numbers(trace, of_baseline(baseline, name), false);
    printf("\n");
    if (message && !(failure && story))
        printf("    %s\n", message);
    if (failure)
        print_failure(failure, story);
}

static void print_mean(const json_t *found, const json_t *baseline, bool bits32)
{
    printf("%-14s %9s  %-5s", "mean", "", "");
    print_numbers(found, baseline, bits32);
    printf("\n\n%sUtilization: peak payload bytes per byte of heap, static variables counted as heap.",
           baseline ? "In parentheses: the baseline.\n" : "");
    if (bits32)
        printf("\nInstructions and misses are counted for 64 bits only, and without --no-cost.\n");
    else
        printf(" Instructions, and\nmisses of simulated first-level caches, are counted per call by callgrind: "
               "the same in every run.\n");
}

static void print_table(const json_t *found, const json_t *baseline, bool bits32, bool story)
{
    enum { ALONE = 11, BESIDE = 15 };
    size_t i;
    json_t *trace;
    printf("%-14s %9s  %-5s  %*s", "trace", "calls", "valid", baseline ? BESIDE : ALONE, "utilization");
    if (!bits32)
        printf("  %*s  %8s", baseline ? BESIDE + 1 : ALONE + 1, "instructions", "misses");
    printf("\n");
    json_array_foreach(json_object_get(found, "traces"), i, trace)
    {
        print_row(trace, baseline, story);
    }
    json_array_foreach(json_object_get(found, "unreadable"), i, trace)
    {
        printf("not replayed: %s\n", json_string_value(trace));
    }
    print_mean(found, baseline, bits32);
}

/* What the lab's baseline does on its traces, to be printed beside what is FOUND there. NULL where there is none, or
 * other traces were named. */
static json_t *baseline_beside(const struct rubric *rubric, const struct replay_options *options)
{
    g_autofree char *file = g_strconcat(rubric->lab, ".json", NULL);
    g_autofree char *path = kit_path("build", "baseline", file, NULL);
    return options->traces || options->no_cost ? NULL : json_load_file(path, 0, NULL);
}

static int command_replay(int argc, char **argv)
{
    enum { NARROW = 32 };
    struct replay_options options = {0};
    parse_replay(&options, &argc, &argv);
    json_t *unreadable = read_traces(options.traces);
    g_autoptr(GPtrArray) labs = options_labs(options.labs);
    struct rubric *rubric = rubric_load(labs->pdata[0]);
    g_autofree char *from = options_from(options.from);
    bool bits32 = (options.bits ? options.bits : rubric->cost.bits) == NARROW;
    size_t heap = bytes_of(options.heap);
    struct grade_plan plan = {.from = from,
                              .traces = options.traces,
                              .alignment = options.alignment ? options.alignment : rubric_alignment(rubric, bits32),
                              .heap = heap ? heap : rubric->cost.heap,
                              .compiler = options.compiler,
                              .check_each = options.check,
                              .no_cost = options.no_cost};
    json_t *found = replay(rubric, &plan, bits32);
    json_object_set_new(found, "unreadable", unreadable);
    if (options.json) {
        g_autofree char *text = json_dumps(found, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
        files_write(options.json, text);
    } else {
        json_t *baseline = bits32 ? NULL : baseline_beside(rubric, &options);
        print_table(found, baseline, bits32 || options.no_cost, options.story);
        json_decref(baseline);
    }
    json_decref(found);
    rubric_free(rubric);
    return EXIT_GRADED;
}

COMMAND(replay, ON_TRACES, "replay traces on an allocator: correctness, utilization, cost");
