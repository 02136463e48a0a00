// SPDX-License-Identifier: MIT
/*
 * asked.c - how many bytes a call asks malloc for (labs whose memory comes from malloc).
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* The sizes of blocks that OPERATION took from malloc: the cells that came. */
static GArray *asked_in(const struct quiz_run *run, guint operation)
{
    GArray *sizes = g_array_new(FALSE, FALSE, sizeof(gint64));
    size_t i;
    json_t *cell;
    json_array_foreach(json_object_get(run->data, "cells"), i, cell)
    {
        bool came = json_array_size(cell) > 2 && number_in(cell, 0) == operation && number_in(cell, 5) == 0 &&
                    strcmp(json_string_value(json_array_get(cell, 3)), "u") == 0;
        gint64 bytes = number_in(cell, 2);
        if (came)
            g_array_append_val(sizes, bytes);
    }
    return sizes;
}

/* The function of the student's that OPERATION enters first; NULL. */
static const char *function_of(const struct material *material, const struct quiz_run *run, guint operation)
{
    for (guint i = 0; i < run->steps->len; i++) {
        struct step step = g_array_index(run->steps, struct step, i);
        const struct site *site = material->sites->pdata[step.site];
        if (step.operation == operation)
            return site->own ? site->function : NULL;
    }
    return NULL;
}

static struct quiz_question *ask_asked(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    g_autoptr(GArray) sizes = asked_in(run, operation);
    const char *function = function_of(material, run, operation);
    if (run->trace || sizes->len != 1 || !function)
        return NULL;
    gint64 right = g_array_index(sizes, gint64, 0);
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    question->function = g_strdup(function);
    question->text = g_strdup_printf("How many bytes has the block that your code takes from the library's heap, and "
                                     "keeps, in %s?",
                                     call);
    question_answer(question, "number", g_strdup_printf("%" G_GINT64_FORMAT, right));
    question->reason = g_strdup_printf("The request was for %" G_GINT64_FORMAT " bytes.", right);
    json_object_update_new(question->proof, json_pack("{s:s, s:I}", "how", "asked", "value", (json_int_t)right));
    return question;
}

QUIZ_KIND(asked, "how many bytes a call asks the library for", false, false, false);
