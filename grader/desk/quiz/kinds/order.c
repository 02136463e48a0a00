// SPDX-License-Identifier: MIT
/*
 * order.c - in which order a call enters functions.
 */
#include "desk/quiz/quiz.h"

enum { NAMED = 3 };

/* The student's functions that OPERATION enters, each once, in order of their first steps. Borrowed names. */
static GPtrArray *entered(const struct material *material, const struct quiz_run *run, guint operation)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation && site->own &&
            !g_ptr_array_find_with_equal_func(names, site->function, g_str_equal, NULL))
            g_ptr_array_add(names, site->function);
    }
    return names;
}

static char *sentence(char *const *names, guint a, guint b, guint c)
{
    return g_strdup_printf("%s, then %s, then %s", names[a], names[b], names[c]);
}

/* Leaves NAMED of NAMES, in their order. */
static void thin_out(GPtrArray *names, struct draw *draw)
{
    while (names->len > NAMED)
        g_ptr_array_remove_index(names, draw_below(draw, names->len));
}

static struct quiz_question *ask_order(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    g_autoptr(GPtrArray) names = entered(material, run, operation);
    if (names->len > 0)
        g_ptr_array_remove_index(names, 0); /* the function that was called */
    if (names->len < NAMED)
        return NULL;
    thin_out(names, draw);
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    char *const *name = (char *const *)names->pdata;
    question->function = g_strdup(name[draw_below(draw, NAMED)]);
    question->text = g_strdup_printf("In which order does %s enter these functions for the first time?", call);
    question_option(question, sentence(name, 0, 1, 2));
    question_option(question, sentence(name, 1, 0, 2));
    question_option(question, sentence(name, 0, 2, 1));
    question_option(question, sentence(name, 2, 1, 0));
    question->reason = g_strdup_printf("The call entered %s first, then %s, then %s.", name[0], name[1], name[2]);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:[s, s, s]}", "how", "order", "functions", name[0], name[1], name[2]));
    return question;
}

QUIZ_KIND(order, "in which order a call enters functions", false);
