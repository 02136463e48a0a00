// SPDX-License-Identifier: MIT
/*
 * which_call.c - during which call a line runs next, after a call in which it ran, or for the first time.
 */
#include "desk/quiz/quiz.h"

/* Do both operations call the same function? */
static bool is_same_function(const struct quiz_run *run, guint a, guint b)
{
    g_autofree char *first = question_function(run, a);
    g_autofree char *second = question_function(run, b);
    return g_str_equal(first, second);
}

/* The last operation before MOMENT's in which its line runs; -1 if there is none. *PASSED_OVER: how many calls in
 * between are of the same function. Without any, whoever knows what calls what would guess the answer. */
static int ran_before(const struct material *material, const struct moment *moment, guint *passed_over)
{
    const struct quiz_run *run = moment->run;
    guint operation = moment->step.operation;
    *passed_over = 0;
    for (guint i = operation; i-- > run->first;) {
        if (run_times(material, run, moment->step.site, i) > 0)
            return (int)i;
        *passed_over += is_same_function(run, i, operation);
    }
    return -1;
}

static struct quiz_question *ask_which_call(const struct quiz_kind *kind, const struct material *material,
                                            struct draw *draw)
{
    struct moment moment;
    guint passed_over = 0;
    if (!pick_step(material, draw, &moment))
        return NULL;
    const struct quiz_run *run = moment.run;
    const struct site *site = moment.site;
    int before = ran_before(material, &moment, &passed_over);
    if (passed_over == 0)
        return NULL;
    guint after = before < 0 ? 0 : question_call(run, (guint)before);
    guint right = question_call(run, moment.step.operation);
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = after == 0 ? g_strdup_printf("Which is the first call during which line %s runs? Write the "
                                                  "call's number.",
                                                  line)
                                : g_strdup_printf("Line %s runs during call %u. Which is the next call during which it "
                                                  "runs? Write the call's number.",
                                                  line, after);
    question_answer(question, "number", g_strdup_printf("%u", right));
    question->reason = g_strdup_printf("%s:%u, in %s, ran in call %u:   %s", site->file, site->line, site->function,
                                       right, site->text);
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:i}", "how", "calls", "file", site->file,
                                                      "line", (int)site->line, "after", (int)after));
    return question;
}

QUIZ_KIND(which_call, "during which call a line runs next", false, false, false);
