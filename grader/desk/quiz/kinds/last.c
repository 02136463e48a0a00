// SPDX-License-Identifier: MIT
/*
 * last.c - which of four lines runs last in a call: most often, which return it leaves by.
 */
#include "desk/quiz/quiz.h"

/* The last step of OPERATION whose line can be an option; NULL. */
static const struct site *last_line(const struct material *material, const struct quiz_run *run, guint operation)
{
    const struct site *last = NULL;
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation && site->own && site->simple)
            last = site;
    }
    return last;
}

/* Lines that ran in the call, and then others of the same function. */
static void add_wrong(struct quiz_question *question, const struct material *material, const struct site *last,
                      struct draw *draw)
{
    g_autoptr(GPtrArray) ran = g_ptr_array_new();
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        if (!site->own || !site->simple)
            continue;
        if (run_times(material, question->run, i, question->operation) > 0)
            g_ptr_array_add(ran, site);
        else if (g_str_equal(site->function, last->function))
            g_ptr_array_add(others, site);
    }
    draw_shuffle(draw, ran);
    draw_shuffle(draw, others);
    for (guint i = 0; i < MIN(ran->len, 3); i++)
        question_option(question, site_option(ran->pdata[i]));
    for (guint i = 0; i < others->len; i++)
        question_option(question, site_option(others->pdata[i]));
}

static struct quiz_question *ask_last(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    const struct site *last = last_line(material, run, operation);
    if (!last)
        return NULL;
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    question->function = g_strdup(last->function);
    question->text = g_strdup_printf("Which of these lines is the last one that runs during %s?", call);
    question_option(question, site_option(last));
    add_wrong(question, material, last, draw);
    question->reason = g_strdup_printf("The call came by %s:%u, in %s, last; the others ran earlier, or not at all.",
                                       last->file, last->line, last->function);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "last"));
    return question;
}

QUIZ_KIND(last, "which of four lines runs last during a call", false);
