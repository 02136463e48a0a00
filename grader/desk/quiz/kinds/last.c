// SPDX-License-Identifier: MIT
/*
 * last.c - which of several lines runs last in a call: most often, which return it leaves by.
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

/* Lines that ran in the call, then others of the same function, then any. */
static void add_wrong(struct quiz_question *question, const struct material *material, const struct site *last,
                      struct draw *draw)
{
    g_autoptr(GPtrArray) ran = g_ptr_array_new();
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) far = g_ptr_array_new();
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        bool runs = run_times(material, question->run, i, question->operation) > 0;
        if (site->own && site->simple)
            g_ptr_array_add(runs ? ran : g_str_equal(site->function, last->function) ? near : far, site);
    }
    draw_shuffle(draw, ran);
    for (guint i = 0; i < MIN(ran->len, LEAST_OPTIONS); i++)
        question_option(question, site_option(ran->pdata[i]));
    question_lines(question, near, far, draw);
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
    question->text = g_strdup_printf("Which of these lines is the last one to start during %s?", call);
    question_option(question, site_option(last));
    add_wrong(question, material, last, draw);
    question->reason = g_strdup_printf("The call came by %s:%u, in %s, last; the others ran earlier, or not at all.",
                                       last->file, last->line, last->function);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "last"));
    return question;
}

QUIZ_KIND(last, "which of several lines runs last during a call", false, false);
