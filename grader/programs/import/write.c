// SPDX-License-Identifier: MIT
/*
 * write.c - the files of an imported lab (import.h):
 *
 *     labs/LAB/            the handout's mm.c, mm.h and what these include; a Makefile
 *     solutions/LAB/mm.c   the same mm.c, of which the stub is derived: a place for the course's own solution
 *     grader/labs/LAB/     rubric.ini, the traces, and what was handed out
 *     handouts/LAB.md      what a student has to know about how this lab is graded
 */
#include "programs/import/import.h"

#include <errno.h>
#include <string.h>

enum { MODE = 0755, MOST_BYTES = 1 << 20, FOR_TRACES = 40, FOR_CONTEST = 60, WHOLE = 100, NARROW = 32, MIB = 1 << 20 };

#define JUDGE "08-allocator-contest"

/* --- files --- */

static char *make_folder(const char *top, const char *below)
{
    char *folder = g_build_filename(top, below, NULL);
    if (g_mkdir_with_parents(folder, MODE) != 0)
        die_unusable("cannot make %s: %s", folder, g_strerror(errno));
    return folder;
}

/* Copies FROM, whatever bytes it holds, to NAME in FOLDER. */
static void copy_file(const char *from, const char *folder, const char *name)
{
    g_autofree char *to = g_build_filename(folder, name, NULL);
    g_autofree char *bytes = NULL;
    gsize n = 0;
    g_autoptr(GError) error = NULL;
    if (!g_file_get_contents(from, &bytes, &n, &error) || !g_file_set_contents(to, bytes, (gssize)n, &error))
        die_unusable("%s", error->message);
}

static void write_text(const char *folder, const char *name, const char *text)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    files_write(path, text);
}

/* --- labs/LAB --- */

static void write_student_part(const struct handout *handout, const char *lab, const char *folder)
{
    copy_file(handout->stub, folder, "mm.c");
    copy_file(handout->header, folder, "mm.h");
    for (guint i = 0; i < handout->headers->len; i++) {
        g_autofree char *name = g_path_get_basename(handout->headers->pdata[i]);
        copy_file(handout->headers->pdata[i], folder, name);
    }
    g_autofree char *makefile = g_strdup_printf("# SPDX-License-Identifier: MIT\n"
                                                "LAB = %s\n"
                                                "C_STANDARD = gnu11\n"
                                                "include ../lab.mk\n",
                                                lab);
    write_text(folder, "Makefile", makefile);
}

/* As `make stubs` writes it. */
static void write_handed_out(const char *student_part, const char *folder)
{
    g_autoptr(GPtrArray) names = files_names(student_part, ".h");
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(student_part, names->pdata[i], NULL);
        g_autofree char *bytes = NULL;
        gsize n = 0;
        if (!g_file_get_contents(path, &bytes, &n, NULL))
            die_fault("cannot read %s", path);
        g_autofree char *sum = g_compute_checksum_for_data(G_CHECKSUM_SHA256, (const guchar *)bytes, n);
        g_string_append_printf(list, "%s  %s\n", sum, (const char *)names->pdata[i]);
    }
    write_text(folder, "handed-out.sha256", list->str);
}

/* --- rubric.ini --- */

/* "malloc lab" of "11-malloc-lab" */
static char *title_of(const char *lab)
{
    char *title = g_strdup(strchr(lab, '-') + 1);
    g_strdelimit(title, "-", ' ');
    title[0] = g_ascii_toupper(title[0]);
    return title;
}

static char *heap_text(const struct handout *handout)
{
    bool whole = handout->heap % MIB == 0;
    return g_strdup_printf("%zu%s", whole ? handout->heap / MIB : handout->heap, whole ? "M" : "");
}

static void add_lab_section(const char *lab, GString *text)
{
    g_autofree char *title = title_of(lab);
    g_string_append_printf(text,
                           "[lab]\n"
                           "title = %s\n"
                           "files = mm.c *.h                         ; add *.c to take more of a student's sources\n"
                           "judged_as = " JUDGE "         ; that lab's judge tries mm.c on the traces below\n"
                           "question (crashed) = The line named here followed a wrong word of the heap. Which word is "
                           "it, and which call wrote it?\n\n",
                           title);
}

/* What each trace is worth: the first ones a point more, if they are not all worth the same. */
static int points_of(const struct handout *handout, guint i)
{
    guint n = handout->traces->len;
    return (int)(FOR_TRACES / n + (i < FOR_TRACES % n));
}

static void add_trace_section(const struct handout *handout, guint i, GString *text)
{
    const struct trace *trace = handout->traces->pdata[i];
    int stem = (int)(strlen(trace->name) - strlen(".rep"));
    g_string_append_printf(text,
                           "[test trace_%.*s]\n"
                           "title = trace %s: %u calls\n"
                           "points = %d\n"
                           "trace = %s\n"
                           "weight = %d\n"
                           "question = Which operation of the trace went wrong, and what do you know about its block?\n"
                           "hint = The line of the trace is named above. In the lab's folder, make check "
                           "TRACE=../../grader/labs/NN-name/traces/%s calls your mm_checkheap after every operation.\n"
                           "handout = traces\n\n",
                           stem, trace->name, trace->name, trace->operations, points_of(handout, i), trace->name,
                           trace->weight, trace->name);
}

/* The kit's points: on a straight line up to what lab 08's baseline reaches, as in lab 08. */
static void add_cost_section(const struct handout *handout, GString *text)
{
    const int part = handout->bits == NARROW ? WHOLE : handout->utilization_weight;
    int for_utilization = FOR_CONTEST * part / WHOLE;
    g_string_append_printf(text,
                           "[cost]                                   ; this kit's points, as in lab 08\n"
                           "utilization_points = %d\n"
                           "utilization_from = 40                    ; in percent of the baseline's utilization\n"
                           "utilization_to = 98\n"
                           "cost_points = %d\n"
                           "cost_from = 1000                         ; in percent of the baseline's cost\n"
                           "cost_to = 160\n"
                           "alignment = %d                            ; ALIGNMENT\n"
                           "bits = %d                                ; gcc -m%d\n",
                           for_utilization, FOR_CONTEST - for_utilization, handout->alignment, handout->bits,
                           handout->bits);
    g_autofree char *heap = heap_text(handout);
    if (handout->heap > 0)
        g_string_append_printf(text, "heap = %s                               ; MAX_HEAP\n", heap);
}

static void add_formula_section(const struct handout *handout, GString *text)
{
    g_string_append_printf(
        text,
        "\n"
        "[formula]                                ; the course's own, told beside these points and no "
        "part of them\n"
        "utilization_weight = %d                  ; percent: UTIL_WEIGHT\n"
        "full_speed = 100                         ; percent of the baseline's speed, for %s\n",
        handout->utilization_weight, handout->speed ? handout->speed : "the C library's speed in the driver");
}

static char *rubric_text(const struct handout *handout, const char *lab)
{
    GString *text =
        g_string_new("; Made by heaplab import. grader/README.md explains the keys under \"rubric.ini\".\n");
    add_lab_section(lab, text);
    for (guint i = 0; i < handout->traces->len; i++)
        add_trace_section(handout, i, text);
    add_cost_section(handout, text);
    add_formula_section(handout, text);
    g_string_replace(text, "NN-name", lab, 0);
    return g_string_free(text, FALSE);
}

static void write_grader_part(const struct handout *handout, const char *lab, const char *folder)
{
    g_autofree char *traces = make_folder(folder, "traces");
    g_autofree char *rubric = rubric_text(handout, lab);
    for (guint i = 0; i < handout->traces->len; i++) {
        const struct trace *trace = handout->traces->pdata[i];
        copy_file(trace->path, traces, trace->name);
    }
    write_text(folder, "rubric.ini", rubric);
}

/* --- the handout --- */

static char *handout_text(const struct handout *handout, const char *lab)
{
    g_autofree char *title = title_of(lab);
    g_autofree char *heap = heap_text(handout);
    return g_strdup_printf(
        "# Lab %.2s: %s {#%s}\n\n"
        "You complete `mm.c`; `mm.h` declares what you write.\n\n"
        "::: points\n:::\n\n"
        "## The traces {#traces}\n\n"
        "A trace is a list of calls that a program made. The grader makes the same calls, and checks each block: it "
        "is\n"
        "aligned to %d bytes, it lies in the heap%s%s, it shares no byte with another block, and it keeps what the "
        "program\nwrote. `make` grades, `make traces` prints a line for each trace, and `make check TRACE=file` calls "
        "your\n`mm_checkheap` after every operation.\n",
        lab, title, strchr(lab, '-') + 1, handout->alignment, handout->heap > 0 ? ", which can grow to " : "",
        handout->heap > 0 ? heap : "");
}

void write_lab(const struct handout *handout, const char *lab, const char *top)
{
    g_autofree char *labs = g_build_filename("labs", lab, NULL);
    g_autofree char *solutions = g_build_filename("solutions", lab, NULL);
    g_autofree char *grader = g_build_filename("grader", "labs", lab, NULL);
    g_autofree char *student_part = make_folder(top, labs);
    g_autofree char *solution = make_folder(top, solutions);
    g_autofree char *grader_part = make_folder(top, grader);
    g_autofree char *handouts = make_folder(top, "handouts");
    g_autofree char *name = g_strconcat(lab, ".md", NULL);
    g_autofree char *text = handout_text(handout, lab);
    write_student_part(handout, lab, student_part);
    copy_file(handout->stub, solution, "mm.c");
    write_grader_part(handout, lab, grader_part);
    write_handed_out(student_part, grader_part);
    write_text(handouts, name, text);
}
