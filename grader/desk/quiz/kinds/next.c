// SPDX-License-Identifier: MIT
/*
 * next.c - where the code goes from a line: the way that a condition decides. Only lines of the line's own function
 * count: what runs in functions that it calls, or after it returns, the steps don't tell.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* A line to go on from, the last of those that run straight on from a step. */
struct origin {
    const struct moment *moment;
    GStrv lines; /* of its file */
    guint line;
};

static const struct site *site_at(const struct material *material, const struct quiz_run *run, guint at)
{
    return material->sites->pdata[g_array_index(run->steps, struct step, at).site];
}

/* Is the step at AT the first one in its call that comes by its line? */
static bool comes_first(const struct material *material, const struct quiz_run *run, guint at)
{
    guint operation = g_array_index(run->steps, struct step, at).operation;
    for (guint i = at; i-- > 0 && g_array_index(run->steps, struct step, i).operation == operation;)
        if (sites_same_line(site_at(material, run, i), site_at(material, run, at)))
            return false;
    return true;
}

/* What stands in the line that a step at SITE begins with. */
static enum line kind_of_line(const struct site *site, GStrv lines)
{
    guint line = site->begins ? site->line : site->then;
    enum line kind = line > 0 && line <= g_strv_length(lines) && !site->ends ? line_is(lines[line - 1]) : LINE_OTHER;
    bool is_sure = kind != LINE_STATEMENT || (site->begins && line_begins_statement(lines, line));
    return is_sure ? kind : LINE_OTHER;
}

/* Is SITE's line one of the run that ORIGIN ends? A statement with a condition in it has several steps. */
static bool is_in_run(const struct origin *origin, const struct site *site)
{
    return site->line > origin->moment->site->line && site->line <= origin->line;
}

/* The next statement of the same function that starts in the same call; NULL if that is not certain. */
static const struct site *next_line(const struct material *material, const struct origin *origin)
{
    const struct quiz_run *run = origin->moment->run;
    bool has_left = false;
    for (guint i = origin->moment->at + 1; i < run->steps->len; i++) {
        const struct site *site = site_at(material, run, i);
        if (g_array_index(run->steps, struct step, i).operation != origin->moment->step.operation)
            return NULL;
        if (site->file != origin->moment->site->file || strcmp(site->function, origin->moment->site->function) != 0 ||
            (!has_left && is_in_run(origin, site)))
            continue;
        enum line kind = kind_of_line(site, origin->lines);
        if (kind == LINE_STATEMENT)
            return has_left || site->line != origin->moment->site->line ? site : NULL;
        if (kind != LINE_CONTROL)
            return NULL;
        has_left = true;
    }
    return NULL;
}

/* Is LINE simply the next statement below ORIGIN? Whoever has seen no line of the code would guess it. */
static bool is_below(const struct origin *origin, guint line)
{
    guint below = line_below(origin->lines, origin->line);
    while (below > 0 && line_is(origin->lines[below - 1]) != LINE_STATEMENT)
        below = line_below(origin->lines, below);
    return below == line;
}

/* Does the run end where ORIGIN says, and go on elsewhere in the function? */
static bool is_fit(const struct origin *origin)
{
    guint below = line_below(origin->lines, origin->line);
    enum line kind = below > 0 ? line_is(origin->lines[below - 1]) : LINE_OTHER;
    return !g_str_has_prefix(origin->lines[origin->line - 1], "return") &&
           (kind == LINE_CONTROL || kind == LINE_BRACE) && line_is(origin->lines[origin->line - 1]) == LINE_STATEMENT;
}

static struct quiz_question *question_at(const struct quiz_kind *kind, const struct origin *origin,
                                         const struct site *next)
{
    const struct moment *moment = origin->moment;
    const char *file = moment->site->file;
    struct quiz_question *question = question_new(kind, moment->run, moment->step.operation);
    g_autofree char *call = question_call_text(moment->run, moment->step.operation);
    question->function = g_strdup(next->function);
    question->text = g_strdup_printf(
        "During %s line %s:%u runs. Once it has started for the first time, which line of the same function is the "
        "next to start? Only lines that hold one whole statement count (an assignment, a call, a return); lines with "
        "if, else, for, while, do, switch, case, break, continue or goto don't.",
        call, file, origin->line);
    question_answer(question, "line", site_option(next));
    question->reason = g_strdup_printf("In %s, line %u was the next one after line %u:   %s", next->function,
                                       next->line, origin->line, next->text);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:s}", "how", "next", "file", file, "line",
                                                      (int)origin->line, "function", next->function));
    return question;
}

static struct quiz_question *ask_next(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment) || !comes_first(material, moment.run, moment.at))
        return NULL;
    g_auto(GStrv) lines = lines_of_site(material, moment.site);
    const struct origin origin = {&moment, lines, line_at_end(material, moment.site, lines)};
    const struct site *next = is_fit(&origin) ? next_line(material, &origin) : NULL;
    return next && !is_below(&origin, next->line) ? question_at(kind, &origin, next) : NULL;
}

QUIZ_KIND(next, "which line runs after another", false, false, false);
