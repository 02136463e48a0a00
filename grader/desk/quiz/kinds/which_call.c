// SPDX-License-Identifier: MIT
/*
 * which_call.c - in which of four calls a line runs.
 */
#include "desk/quiz/quiz.h"

static struct quiz_question *ask_which_call(const struct quiz_kind *kind, const struct material *material,
                                            struct draw *draw)
{
    const struct quiz_run *run;
    guint at;
    if (!pick_step(material, draw, &run, &at))
        return NULL;
    struct step step = g_array_index(run->steps, struct step, at);
    const struct site *site = material->sites->pdata[step.site];
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("During which one of these calls does this line run?   %s", line);
    question_option(question, question_call_text(run, step.operation));
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (guint i = run->first; i < run->operations; i++)
        if (run_times(material, run, step.site, i) == 0)
            g_ptr_array_add(others, GUINT_TO_POINTER(i));
    draw_shuffle(draw, others);
    for (guint i = 0; i < others->len; i++)
        question_option(question, question_call_text(run, GPOINTER_TO_UINT(others->pdata[i])));
    question->reason = g_strdup_printf("%s:%u, in %s, ran in call %u and in none of the other three.", site->file,
                                       site->line, site->function, question_call(run, step.operation));
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:i}", "how", "calls", "file", site->file, "line",
                                     (int)site->line, "right", (int)question_call(run, step.operation)));
    return question;
}

QUIZ_KIND(which_call, "during which of four calls a line runs", false);
