// SPDX-License-Identifier: MIT
/*
 * which_call.c - in which one of several calls a line runs.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* Do both operations call the same function? */
static bool is_same_function(const struct quiz_run *run, guint a, guint b)
{
    g_auto(GStrv) first = g_strsplit(run->texts->pdata[a], "(", 2);
    g_auto(GStrv) second = g_strsplit(run->texts->pdata[b], "(", 2);
    const char *one = strrchr(first[0], ' ');
    const char *other = strrchr(second[0], ' ');
    return g_str_equal(one ? one + 1 : first[0], other ? other + 1 : second[0]);
}

/* Adds calls in which the line does not run: of the same function if there are any, as a call of another one is easily
 * seen to be wrong. False if there are too few. */
static bool add_wrong(struct quiz_question *question, const struct material *material, const struct moment *moment,
                      struct draw *draw)
{
    const guint least = 2;
    const struct quiz_run *run = moment->run;
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) far = g_ptr_array_new();
    for (guint i = run->first; i < run->operations; i++)
        if (run_times(material, run, moment->step.site, i) == 0)
            g_ptr_array_add(is_same_function(run, i, moment->step.operation) ? near : far, GUINT_TO_POINTER(i));
    question_calls(question, near, draw);
    question_calls(question, far, draw);
    return near->len >= least;
}

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
    if (!add_wrong(question, material, &moment, draw)) {
        question_free(question);
        return NULL;
    }
    question->reason =
        g_strdup_printf("%s:%u, in %s, ran in call %u and in none of the others:   %s", site->file, site->line,
                        site->function, question_call(run, moment.step.operation), site->text);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:i}", "how", "calls", "file", site->file, "line",
                                     (int)site->line, "right", (int)question_call(run, moment.step.operation)));
    return question;
}

QUIZ_KIND(which_call, "during which one of several calls a line runs", false, false);
