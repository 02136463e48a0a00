// SPDX-License-Identifier: MIT
/*
 * foreign.c - a submission of another course's malloc lab, from its files to a subject of lab 08 (foreign.h).
 */
#include "grade/foreign/foreign.h"

#include <string.h>

/* --- building --- */

/* May the functions NAMES be replaced by some that end the program? Those of the C library's heap may not. */
static bool can_do_without(GStrv names)
{
    for (guint i = 0; names[i]; i++)
        if (names_of_heap(names[i]) || !g_regex_match_simple("^[A-Za-z_]\\w*$", names[i], 0, 0))
            return false;
    return names[0] != NULL;
}

/* Was everything found, so that SUBMISSION was linked to a program, which its names alone speak against? */
static bool was_linked(const struct submission *submission)
{
    g_autofree char *program = submission_path(submission, "subject");
    return g_file_test(program, G_FILE_TEST_EXISTS);
}

bool foreign_replaces_unknown(struct submission *submission)
{
    if (!was_linked(submission))
        return false;
    g_auto(GStrv) unknown = names_unknown(submission);
    bool can = can_do_without(unknown);
    if (can)
        adapt_unknown(submission, unknown);
    return can;
}

/* --- headers --- */

/* The lab's own headers are seen anyway, but memlib.h is always the kit's. */
static void take_header(const char *name, bool is_system, void *data)
{
    const struct submission *submission = data;
    (void)is_system;
    g_autofree char *labs = kit_path("labs", submission->rubric->lab, name, NULL);
    if (strcmp(name, "memlib.h") == 0 || !g_file_test(labs, G_FILE_TEST_IS_REGULAR))
        stand_in(submission, name);
}

/* Adds the text of the header NAME of SUBMISSION's lab, which the code may include, to TEXT. */
static void add_lab_headers(const struct submission *submission, GString *text)
{
    g_autofree char *folder = kit_path("labs", submission->rubric->lab, NULL);
    g_autoptr(GPtrArray) names = files_names(folder, ".h");
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *path = g_build_filename(folder, names->pdata[i], NULL);
        g_autofree char *plain = read_without_comments(path);
        g_string_append(text, plain);
    }
}

/* All of SUBMISSION's sources and headers, and the lab's headers, without comments. Free with g_free. */
static char *whole_text(const struct submission *submission)
{
    GString *text = g_string_new(NULL);
    g_auto(GStrv) files = submission_texts(submission);
    for (guint i = 0; files[i]; i++) {
        g_autofree char *below = g_build_filename("src", files[i], NULL);
        g_autofree char *path = submission_path(submission, below);
        g_autofree char *plain = read_without_comments(path);
        g_string_append(text, plain);
    }
    add_lab_headers(submission, text);
    return g_string_free(text, FALSE);
}

void foreign_prepare(struct submission *submission)
{
    const struct surroundings around = {.alignment = rubric_alignment(submission->rubric, submission->bits32),
                                        .heap = submission->rubric->cost.heap};
    if (submission->problem)
        return;
    g_autofree char *text = whole_text(submission);
    if (!submission->sources)
        submission->sources = submission_sources(submission);
    for_each_include(text, take_header, submission);
    adapt_headers(submission, &around, text);
    g_autoptr(GPtrArray) functions = prototypes_new();
    for (guint i = 0; submission->sources[i]; i++)
        prototypes_add(submission, submission->sources[i], functions);
    adapt(submission, &around, functions, text);
}
