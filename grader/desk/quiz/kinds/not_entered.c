// SPDX-License-Identifier: MIT
/*
 * not_entered.c - which of four functions a call does without.
 */
#include "desk/quiz/quiz.h"

/* The student's functions that did something in some run: ENTERED in OPERATION, the others MISSED. Borrowed names. */
static void sort_out(const struct material *material, const struct quiz_run *run, guint operation, GPtrArray *entered,
                     GPtrArray *missed)
{
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation && site->own &&
            !g_ptr_array_find_with_equal_func(entered, site->function, g_str_equal, NULL))
            g_ptr_array_add(entered, site->function);
    }
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        if (site->own && !g_ptr_array_find_with_equal_func(entered, site->function, g_str_equal, NULL) &&
            !g_ptr_array_find_with_equal_func(missed, site->function, g_str_equal, NULL))
            g_ptr_array_add(missed, site->function);
    }
}

static struct quiz_question *ask_not_entered(const struct quiz_kind *kind, const struct material *material,
                                             struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    g_autoptr(GPtrArray) entered = g_ptr_array_new();
    g_autoptr(GPtrArray) missed = g_ptr_array_new();
    sort_out(material, run, operation, entered, missed);
    if (entered->len < OPTIONS - 1 || missed->len == 0)
        return NULL;
    const char *right = missed->pdata[draw_below(draw, missed->len)];
    draw_shuffle(draw, entered);
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    question->function = g_strdup(right);
    question->text = g_strdup_printf("Which one of these functions does %s not enter?", call);
    question_option(question, g_strdup(right));
    for (guint i = 0; i < OPTIONS - 1; i++)
        question_option(question, g_strdup(entered->pdata[i]));
    question->reason = g_strdup_printf("No line of %s ran in this call; the other three were entered.", right);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "functions"));
    return question;
}

QUIZ_KIND(not_entered, "which of four functions a call does not enter", false);
