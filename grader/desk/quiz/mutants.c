// SPDX-License-Identifier: MIT
/*
 * mutants.c - the student's code with one line changed, built and run again (quiz.h). The submission is as before
 * afterwards, but for what was built.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* TEXT with line number LINE (from 1) replaced by CHANGED. */
static char *with_line(const char *text, guint line, const char *changed)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_free(lines[line - 1]);
    lines[line - 1] = g_strdup(changed);
    return g_strjoinv("\n", lines);
}

/* Builds the submission, unless that was done often enough. NULL then. */
static json_t *build_once_more(const struct material *material)
{
    if (*material->builds == 0)
        return NULL;
    (*material->builds)--;
    return build(material->submission, false);
}

static bool builds(const struct material *material)
{
    json_t *built = build_once_more(material);
    bool ok = json_is_true(json_object_get(built, "ok"));
    json_decref(built);
    return ok;
}

/* Takes OUTCOME over. NULL if it is none to ask about: how long something takes is no clear answer. */
static struct mutant *mutant_of(struct outcome outcome, const struct quiz_run *run)
{
    const json_t *failing = json_object_get(outcome.data, "failing");
    const char *status = text_at(outcome.verdict, "status");
    struct mutant *mutant = g_new0(struct mutant, 1);
    mutant->passed = strcmp(status, "passed") == 0;
    mutant->failing = mutant->passed ? -1 : (int)json_integer_value(failing);
    mutant->message = g_strdup(text_at(outcome.verdict, "message"));
    mutant->data = outcome.data;
    bool clear = outcome.data && strcmp(status, "timed_out") != 0 &&
                 (mutant->passed || (json_is_integer(failing) && mutant->failing < (int)run->operations));
    json_decref(outcome.verdict);
    if (clear)
        return mutant;
    mutant_free(mutant);
    return NULL;
}

/* Has SITE's line replaced by TEXT in the submission's file. Returns the file as it was, for put_back. */
static char *change(const struct material *material, const struct site *site, const char *text, char **path)
{
    enum { MOST_BYTES = 1 << 20 };
    g_autofree char *name = g_build_filename("src", site->file, NULL);
    *path = submission_path(material->submission, name);
    char *before = files_read_text(*path, MOST_BYTES);
    g_autofree char *changed = with_line(before, site->line, text);
    files_write_anew(*path, changed);
    return before;
}

struct mutant *mutant_make(const struct material *material, const struct quiz_run *run, const struct site *site,
                           const char *text)
{
    g_autofree char *path = NULL;
    g_autofree char *before = change(material, site, text, &path);
    struct mutant *mutant = NULL;
    if (builds(material))
        mutant = mutant_of(outcome_of(material, run->test, run->trace), run);
    files_write_anew(path, before);
    return mutant;
}

void mutant_free(struct mutant *mutant)
{
    if (!mutant)
        return;
    json_decref(mutant->data);
    g_free(mutant->message);
    g_free(mutant);
}

/* gcc names the type of a pointer that gets a number: "char (*)[24]". */
gint64 mutant_constant(const struct material *material, const struct site *site, const char *expression)
{
    const guint decimal = 10;
    g_autofree char *path = NULL;
    g_autofree char *text =
        g_strdup_printf("%s { char (*heaplab_size)[%s] = 1; (void)heaplab_size; }", site->text, expression);
    g_autofree char *before = change(material, site, text, &path);
    json_t *built = build_once_more(material);
    files_write_anew(path, before);
    g_autoptr(GRegex) regex = g_regex_new("char \\(\\*\\)\\[(\\d+)\\]", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    bool found = g_regex_match(regex, text_at(built, "diagnostics"), 0, &info);
    g_autofree char *digits = found ? g_match_info_fetch(info, 1) : NULL;
    json_decref(built);
    return digits ? g_ascii_strtoll(digits, NULL, decimal) : -1;
}
