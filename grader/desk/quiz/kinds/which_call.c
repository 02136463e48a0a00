// SPDX-License-Identifier: MIT
/*
 * which_call.c - in which of four calls a line runs.
 */
#include "desk/quiz/quiz.h"

static struct quiz_question *ask_which_call(const struct quiz_kind *kind, const struct material *material,
                                            struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("During which one of these calls does line %s run?", line);
    question_option(question, question_call_text(run, moment.step.operation));
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (guint i = run->first; i < run->operations; i++)
        if (run_times(material, run, moment.step.site, i) == 0)
            g_ptr_array_add(others, GUINT_TO_POINTER(i));
    question_calls(question, others, draw);
    question->reason =
        g_strdup_printf("%s:%u, in %s, ran in call %u and in none of the other three:   %s", site->file, site->line,
                        site->function, question_call(run, moment.step.operation), site->text);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:i}", "how", "calls", "file", site->file, "line",
                                     (int)site->line, "right", (int)question_call(run, moment.step.operation)));
    return question;
}

QUIZ_KIND(which_call, "during which of four calls a line runs", false);
