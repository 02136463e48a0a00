// SPDX-License-Identifier: MIT
/*
 * times.c - how often a line runs during a call: how many blocks a search visits, for example.
 */
#include "desk/quiz/quiz.h"

/* Once is what anyone would guess, and twice comes next. */
enum { LEAST_TIMES = 3 };

static struct quiz_question *ask_times(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    guint times = run_times(material, run, moment.step.site, moment.step.operation);
    if (times < LEAST_TIMES)
        return NULL;
    struct quiz_question *question = question_new(kind, run, moment.step.operation);
    g_autofree char *call = question_call_text(run, moment.step.operation);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("How many times does line %s run during %s?", line, call);
    question_answer(question, "number", g_strdup_printf("%u", times));
    question->reason = g_strdup_printf("Counted while the call ran: %s:%u, in %s, ran %u times:   %s", site->file,
                                       site->line, site->function, times, site->text);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:i}", "how", "count", "file", site->file,
                                                      "line", (int)site->line, "times", (int)times));
    return question;
}

QUIZ_KIND(times, "how often a line runs during a call", false, false, false);
