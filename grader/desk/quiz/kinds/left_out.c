// SPDX-License-Identifier: MIT
/*
 * left_out.c - which call goes wrong first if a line is left out: the code is built without it and run again. Where
 * that is the first call of all, whoever has read nothing would guess it; so that is not asked.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* A moment at an own statement that may be left out. A line that runs often in one call may be what ends a loop. */
static bool pick(const struct material *material, struct draw *draw, struct moment *moment)
{
    enum { TRIES = 30 };
    for (guint i = 0; i < TRIES; i++) {
        if (!pick_step(material, draw, moment))
            return false;
        if (moment->site->statement && moment->run->operations - moment->run->first > LEAST_OPTIONS &&
            run_times(material, moment->run, moment->step.site, moment->step.operation) == 1)
            return true;
    }
    return false;
}

static struct quiz_question *question_at(const struct quiz_kind *kind, const struct moment *moment,
                                         const struct mutant *mutant, struct draw *draw)
{
    const struct quiz_run *run = moment->run;
    const struct site *site = moment->site;
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    question->function = g_strdup(site->function);
    question->text =
        g_strdup_printf("Suppose that line %s is left out: a lone semicolon stands in its place. With which "
                        "of these calls does something go wrong first: a rule is broken, a result is "
                        "wrong, or the call does not return?",
                        line);
    question_option(question, question_call_text(run, (guint)mutant->failing));
    for (guint i = run->first; i < run->operations; i++)
        g_ptr_array_add(others, GUINT_TO_POINTER(i));
    question_calls(question, others, draw);
    guint call = question_call(run, (guint)mutant->failing);
    const char *schedule = strstr(mutant->message, ", seen in schedule "); /* which is not what a question is about */
    int length = (int)(schedule ? (size_t)(schedule - mutant->message) : strlen(mutant->message));
    question->reason = g_strdup_printf("Without it (%s), the grader stops at call %u: %.*s", site->text, call, length,
                                       mutant->message);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:s, s:i}", "how", "mutant", "file", site->file,
                                                      "line", (int)site->line, "changed", ";", "right", (int)call));
    return question;
}

static struct quiz_question *ask_left_out(const struct quiz_kind *kind, const struct material *material,
                                          struct draw *draw)
{
    struct moment moment;
    if (!pick(material, draw, &moment))
        return NULL;
    struct mutant *mutant = mutant_make(material, moment.run, moment.site, ";");
    bool tells = mutant && !mutant->passed && mutant->failing > (int)moment.run->first;
    struct quiz_question *question = tells ? question_at(kind, &moment, mutant, draw) : NULL;
    mutant_free(mutant);
    return question;
}

QUIZ_KIND(left_out, "which call goes wrong first if a line is left out", true, true, true);
