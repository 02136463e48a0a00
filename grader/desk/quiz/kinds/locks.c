// SPDX-License-Identifier: MIT
/*
 * locks.c - how often a call takes a lock (labs with threads). Asked where that is not the same in all calls of the
 * function: it depends on what was done before.
 */
#include "desk/quiz/quiz.h"

static guint taken_in(const struct quiz_run *run, guint operation)
{
    guint n = 0;
    for (guint i = 0; i < run->locks->len; i++) {
        const struct lock_use *use = &g_array_index(run->locks, struct lock_use, i);
        n += use->taken && use->operation == operation;
    }
    return n;
}

/* Does another call of the same function take locks more often, or less? */
static bool varies(const struct quiz_run *run, guint operation)
{
    g_autofree char *function = question_function(run, operation);
    for (guint i = run->first; i < run->operations; i++) {
        g_autofree char *other = question_function(run, i);
        if (g_str_equal(function, other) && taken_in(run, i) != taken_in(run, operation))
            return true;
    }
    return false;
}

static struct quiz_question *ask_locks(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    if (run->locks->len == 0 || !varies(run, operation))
        return NULL;
    guint right = taken_in(run, operation);
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    question->function = question_function(run, operation);
    question->text = g_strdup_printf("How many times is mutex_lock called during %s?", call);
    question_answer(question, "number", g_strdup_printf("%u", right));
    question->reason =
        g_strdup_printf("Counted while the call ran: mutex_lock was called %u time%s.", right, right == 1 ? "" : "s");
    json_object_update_new(question->proof, json_pack("{s:s, s:i}", "how", "locks", "value", (int)right));
    return question;
}

QUIZ_KIND(locks, "how often a call takes a lock", false, false, false);
