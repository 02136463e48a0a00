// SPDX-License-Identifier: MIT
/*
 * held.c - which lock is held at a line (labs with threads): which line took it or, if there are several, how many.
 */
#include "desk/quiz/quiz.h"

/* The step of MOMENT's call that comes by its line first. */
static guint first_step(const struct material *material, const struct moment *moment)
{
    const struct quiz_run *run = moment->run;
    guint first = moment->at;
    for (guint i = moment->at; i-- > 0;) {
        const struct step *step = &g_array_index(run->steps, struct step, i);
        if (step->operation == moment->step.operation &&
            sites_same_line(material->sites->pdata[step->site], moment->site))
            first = i;
    }
    return first;
}

/* The locks that are held when the step AT begins, in the order in which they were taken: an array of struct lock_use,
 * to free. Each call begins with none. */
static GArray *held_at(const struct quiz_run *run, guint at)
{
    GArray *held = g_array_new(FALSE, FALSE, sizeof(struct lock_use));
    guint operation = g_array_index(run->steps, struct step, at).operation;
    for (guint i = 0; i < run->locks->len; i++) {
        const struct lock_use *use = &g_array_index(run->locks, struct lock_use, i);
        if (use->operation != operation || use->steps > at)
            continue;
        if (use->taken)
            g_array_append_val(held, *use);
        for (guint k = 0; !use->taken && k < held->len; k++)
            if (g_array_index(held, struct lock_use, k).lock == use->lock)
                g_array_remove_index(held, k);
    }
    return held;
}

static void answer(struct quiz_question *question, const struct material *material, const struct moment *moment,
                   const GArray *held)
{
    const struct site *site = moment->site;
    const struct site *taker = material->sites->pdata[g_array_index(held, struct lock_use, held->len - 1).site];
    g_autofree char *call = question_call_text(moment->run, moment->step.operation);
    if (held->len > 1) {
        question->text = g_strdup_printf("When line %s:%u begins for the first time during %s, how many locks does the "
                                         "thread hold?",
                                         site->file, site->line, call);
        question_answer(question, "number", g_strdup_printf("%u", held->len));
    } else {
        question->text = g_strdup_printf("When line %s:%u begins for the first time during %s, the thread holds a "
                                         "lock. In which line did it take it?",
                                         site->file, site->line, call);
        question_answer(question, "line", site_option(taker));
    }
    question->reason =
        held->len > 1
            ? g_strdup_printf("%u locks were held when %s:%u began; the last of them was taken in %s:%u, in %s:   %s",
                              held->len, site->file, site->line, taker->file, taker->line, taker->function, taker->text)
            : g_strdup_printf("The lock that was held when %s:%u began was taken in %s:%u, in %s:   %s", site->file,
                              site->line, taker->file, taker->line, taker->function, taker->text);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:b}", "how", "held", "file", site->file, "line",
                                                      (int)site->line, "many", (int)(held->len > 1)));
}

static struct quiz_question *ask_held(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment) || moment.run->locks->len == 0)
        return NULL;
    g_autoptr(GArray) held = held_at(moment.run, first_step(material, &moment));
    if (held->len == 0 ||
        !((struct site *)material->sites->pdata[g_array_index(held, struct lock_use, held->len - 1).site])->file)
        return NULL;
    struct quiz_question *question = question_new(kind, moment.run, moment.step.operation);
    question->function = g_strdup(moment.site->function);
    answer(question, material, &moment, held);
    return question;
}

QUIZ_KIND(held, "which lock is held at a line, or how many", false, false, false);
