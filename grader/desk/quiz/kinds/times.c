// SPDX-License-Identifier: MIT
/*
 * times.c - how often a line runs during a call: how many blocks a search visits, for example.
 */
#include "desk/quiz/quiz.h"

/* The wrong options: how often the line ran in other calls, and numbers close to the answer. */
static void add_wrong(struct quiz_question *question, const struct material *material, guint site, guint right)
{
    const struct quiz_run *run = question->run;
    for (guint i = run->first; i < run->operations; i++)
        question_option(question, g_strdup_printf("%u", run_times(material, run, site, i)));
    question_option(question, g_strdup_printf("%u", right + 1));
    if (right > 1)
        question_option(question, g_strdup_printf("%u", right - 1));
    question_option(question, g_strdup_printf("%u", right + 2));
    question_option(question, g_strdup_printf("%u", 2 * right + 1));
}

static struct quiz_question *ask_times(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    struct moment moment;
    if (!pick_step(material, draw, &moment))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    guint times = run_times(material, run, moment.step.site, moment.step.operation);
    if (times < 2)
        return NULL;
    struct quiz_question *question = question_new(kind, run, moment.step.operation);
    g_autofree char *call = question_call_text(run, moment.step.operation);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("How many times does line %s run during %s?", line, call);
    question_option(question, g_strdup_printf("%u", times));
    add_wrong(question, material, moment.step.site, times);
    question->reason = g_strdup_printf("Counted while the call ran: %s:%u (in %s), %s, ran %u times.", site->file,
                                       site->line, site->function, site->text, times);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:i}", "how", "count", "file", site->file,
                                                      "line", (int)site->line, "times", (int)times));
    return question;
}

QUIZ_KIND(times, "how often a line runs during a call", false, false);
