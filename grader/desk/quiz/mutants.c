// SPDX-License-Identifier: MIT
/*
 * mutants.c - the student's code with one line changed, built and run again (quiz.h). The submission and its program
 * are as before afterwards.
 */
#include "desk/quiz/quiz.h"

#include <glib/gstdio.h>
#include <string.h>

/* TEXT with line number LINE (from 1) replaced by CHANGED. */
static char *with_line(const char *text, guint line, const char *changed)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    g_free(lines[line - 1]);
    lines[line - 1] = g_strdup(changed);
    return g_strjoinv("\n", lines);
}

/* May one more be built? Counts it. */
static bool may_build(const struct material *material)
{
    if (*material->builds == 0)
        return false;
    (*material->builds)--;
    return true;
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

/* What find_mutant and find_constant are to build, and to run. */
struct wanted_mutant {
    const struct quiz_run *run;
    const struct site *site;
    const char *text;
};

/* Moves the program that was built from the code as it is out of the way, or BACK. */
static void keep_program(const struct material *material, bool back)
{
    g_autofree char *program = submission_path(material->submission, "subject");
    g_autofree char *kept = submission_path(material->submission, "subject.kept");
    if (g_rename(back ? kept : program, back ? program : kept) != 0)
        die_fault("cannot rename %s", program);
}

/* Builds the code with one line changed; FILLED is for grade_build_changed. Returns the result's "build" object. If
 * there is a program then, and OUTCOME is not NULL, it is run, and *OUTCOME is what comes of it. */
static json_t *build_changed(const struct material *material, const struct wanted_mutant *wanted, bool filled,
                             struct outcome *outcome)
{
    g_autofree char *path = NULL;
    g_autofree char *before = change(material, wanted->site, wanted->text, &path);
    keep_program(material, false);
    json_t *built = grade_build_changed(material->submission, filled);
    if (outcome && json_is_true(json_object_get(built, "ok")))
        *outcome = outcome_of(material, wanted->run->test, wanted->run->trace);
    keep_program(material, true);
    files_write_anew(path, before);
    return built;
}

static void outcome_clear(struct outcome *outcome)
{
    json_decref(outcome->verdict);
    json_decref(outcome->data);
    *outcome = (struct outcome){0};
}

/* Do both fail in the same way, with the same call, or both pass? */
static bool are_alike(const struct outcome *one, const struct outcome *other)
{
    return one->verdict && other->verdict &&
           strcmp(text_at(one->verdict, "status"), text_at(other->verdict, "status")) == 0 &&
           strcmp(text_at(one->verdict, "message"), text_at(other->verdict, "message")) == 0 &&
           json_equal(json_object_get(one->data, "failing"), json_object_get(other->data, "failing"));
}

/* Nothing, if it depends on what an uninitialised variable happens to hold: nobody could answer that. */
static struct outcome find_mutant(const struct material *material, gconstpointer what)
{
    struct outcome outcome = {0}, other = {0};
    json_decref(build_changed(material, what, false, &outcome));
    if (outcome.verdict)
        json_decref(build_changed(material, what, true, &other));
    if (!are_alike(&outcome, &other))
        outcome_clear(&outcome);
    outcome_clear(&other);
    return outcome;
}

/* "free_list.c:87: TEXT" */
static char *key_of(const struct wanted_mutant *wanted)
{
    return g_strdup_printf("%s:%u: %s", wanted->site->file, wanted->site->line, wanted->text);
}

struct mutant *mutant_make(const struct material *material, const struct quiz_run *run, const struct site *site,
                           const char *text)
{
    const struct wanted_mutant wanted = {run, site, text};
    g_autofree char *place = key_of(&wanted);
    g_autofree char *of_run = outcome_key(material, run->test, run->trace);
    g_autofree char *key = g_strconcat(place, "\n", of_run, NULL);
    if (!may_build(material))
        return NULL;
    struct outcome outcome = outcome_known(material, key, find_mutant, &wanted);
    return outcome.verdict ? mutant_of(outcome, run) : NULL;
}

void mutant_free(struct mutant *mutant)
{
    if (!mutant)
        return;
    json_decref(mutant->data);
    g_free(mutant->message);
    g_free(mutant);
}

static struct outcome find_constant(const struct material *material, gconstpointer what)
{
    return (struct outcome){.verdict = build_changed(material, what, false, NULL)};
}

/* gcc names the type of a pointer that gets a number: "char (*)[24]". */
gint64 mutant_constant(const struct material *material, const struct site *site, const char *expression)
{
    const guint decimal = 10;
    g_autofree char *text =
        g_strdup_printf("%s { char (*heaplab_size)[%s] = 1; (void)heaplab_size; }", site->text, expression);
    const struct wanted_mutant wanted = {NULL, site, text};
    g_autofree char *key = key_of(&wanted);
    if (!may_build(material))
        return -1;
    struct outcome built = outcome_known(material, key, find_constant, &wanted);
    g_autoptr(GRegex) regex = g_regex_new("char \\(\\*\\)\\[(\\d+)\\]", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    bool found = g_regex_match(regex, text_at(built.verdict, "diagnostics"), 0, &info);
    g_autofree char *digits = found ? g_match_info_fetch(info, 1) : NULL;
    json_decref(built.verdict);
    return digits ? g_ascii_strtoll(digits, NULL, decimal) : -1;
}
