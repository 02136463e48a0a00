// SPDX-License-Identifier: MIT
/*
 * next.c - where the code goes from a line: the way that a condition decides.
 */
#include "desk/quiz/quiz.h"

/* The first step after AT in the same call whose line can be an option; NULL. Fills SEEN with lines in between. */
static const struct site *next_line(const struct material *material, const struct quiz_run *run, guint at)
{
    struct step from = g_array_index(run->steps, struct step, at);
    for (guint i = at + 1; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation != from.operation)
            return NULL;
        if (site->own && site->simple && !sites_same_line(site, material->sites->pdata[from.site]))
            return site;
    }
    return NULL;
}

/* Is NEXT simply the next line below SITE that could be an option? Whoever has seen no line of the code would guess it.
 */
static bool is_below(const struct material *material, const struct site *site, const struct site *next)
{
    if (next->file != site->file || next->line < site->line)
        return false;
    for (guint i = 0; i < material->sites->len; i++) {
        const struct site *other = material->sites->pdata[i];
        if (other->own && other->simple && other->file == site->file && other->line > site->line &&
            other->line < next->line)
            return false;
    }
    return true;
}

/* Is STEP the first one in its call that comes by its line? */
static bool comes_first(const struct material *material, const struct quiz_run *run, guint at)
{
    struct step step = g_array_index(run->steps, struct step, at);
    for (guint i = at; i-- > 0;) {
        struct step before = g_array_index(run->steps, struct step, i);
        if (before.operation != step.operation)
            return true;
        if (sites_same_line(material->sites->pdata[before.site], material->sites->pdata[step.site]))
            return false;
    }
    return true;
}

static void add_wrong(struct quiz_question *question, const struct material *material, const char *function,
                      struct draw *draw)
{
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) far = g_ptr_array_new();
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        if (site->own && site->simple)
            g_ptr_array_add(g_str_equal(site->function, function) ? near : far, site);
    }
    question_lines(question, near, far, draw);
}

static struct quiz_question *ask_next(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment) || !comes_first(material, moment.run, moment.at))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    const struct site *next = next_line(material, run, moment.at);
    if (!next || is_below(material, site, next))
        return NULL;
    struct quiz_question *question = question_new(kind, run, moment.step.operation);
    g_autofree char *call = question_call_text(run, moment.step.operation);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(next->function);
    question->text = g_strdup_printf("During %s line %s runs. Once it has started for the first time, which of the "
                                     "lines below is the first to start? Lines of functions that it calls count, too.",
                                     call, line);
    question_option(question, site_option(next));
    add_wrong(question, material, next->function, draw);
    question->reason = g_strdup_printf("From %s:%u the call went on, and came to %s:%u, in %s, before any of the "
                                       "others.",
                                       site->file, site->line, next->file, next->line, next->function);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i}", "how", "next", "file", site->file, "line", (int)site->line));
    return question;
}

QUIZ_KIND(next, "which line runs after another", false, false);
