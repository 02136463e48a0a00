// SPDX-License-Identifier: MIT
/*
 * left_out.c - which call goes wrong first if a line is left out: the code is built without it and run again.
 */
#include "desk/quiz/quiz.h"

/* An own statement that ran once or more and may be left out; and where. A line that runs often in one call may be what
 * ends a loop. */
static bool pick(const struct material *material, struct draw *draw, const struct quiz_run **run, guint *site)
{
    enum { TRIES = 30 };
    for (guint i = 0; i < TRIES; i++) {
        guint at;
        if (!pick_step(material, draw, run, &at))
            return false;
        struct step step = g_array_index((*run)->steps, struct step, at);
        const struct site *found = material->sites->pdata[step.site];
        *site = step.site;
        if (found->statement && (*run)->operations - (*run)->first >= OPTIONS &&
            run_times(material, *run, step.site, step.operation) == 1)
            return true;
    }
    return false;
}

static struct quiz_question *ask_left_out(const struct quiz_kind *kind, const struct material *material,
                                          struct draw *draw)
{
    const struct quiz_run *run;
    guint at;
    guint operation;
    g_autofree char *message = NULL;
    if (!pick(material, draw, &run, &at))
        return NULL;
    const struct site *site = material->sites->pdata[at];
    if (!material_leave_out(material, run, site, &operation, &message) || operation < run->first)
        return NULL;
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("Suppose that this line is left out:   %s   With which call does something go "
                                     "wrong first: a rule is broken, a result is wrong, or the call does not return?",
                                     line);
    question_option(question, question_call_text(run, operation));
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (guint i = run->first; i < run->operations; i++)
        g_ptr_array_add(others, GUINT_TO_POINTER(i));
    draw_shuffle(draw, others);
    for (guint i = 0; i < others->len; i++)
        question_option(question, question_call_text(run, GPOINTER_TO_UINT(others->pdata[i])));
    question->reason =
        g_strdup_printf("Without it, the grader stops at call %u: %s", question_call(run, operation), message);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:i}", "how", "left_out", "file", site->file, "line",
                                     (int)site->line, "right", (int)question_call(run, operation)));
    return question;
}

QUIZ_KIND(left_out, "which call goes wrong first if a line is left out", true);
