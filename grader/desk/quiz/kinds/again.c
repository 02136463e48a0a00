// SPDX-License-Identifier: MIT
/*
 * again.c - which block a call hands out once more (labs with threads, whose heaps are not drawn): the call that had
 * returned it before. Asked where two blocks or more have been freed and not handed out since.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

static json_int_t number(const struct quiz_run *run, const char *key, guint operation)
{
    return number_in(json_object_get(run->data, key), operation);
}

static char kind_at(const struct quiz_run *run, guint operation)
{
    return text_at(run->data, "kinds")[operation];
}

/* The last operation before OPERATION that returned the block at OFFSET; -1: none did. */
static int returned_before(const struct quiz_run *run, guint operation, json_int_t offset)
{
    for (guint i = operation; i-- > run->first;)
        if (strchr("ar", kind_at(run, i)) && number(run, "offsets", i) == offset)
            return (int)i;
    return -1;
}

/* Is the block that operation I has returned still in the same hands at OPERATION? A slot holds one block at a time. */
static bool is_kept(const struct quiz_run *run, guint i, guint operation)
{
    for (guint k = i + 1; k < operation; k++)
        if (number(run, "ids", k) == number(run, "ids", i) && strchr("arf", kind_at(run, k)))
            return false;
    return true;
}

/* How many blocks have been returned before OPERATION, and are free by then. */
static guint free_blocks(const struct quiz_run *run, guint operation)
{
    guint n = 0;
    for (guint i = run->first; i < operation; i++)
        n += strchr("ar", kind_at(run, i)) && returned_before(run, operation, number(run, "offsets", i)) == (int)i &&
             !is_kept(run, i, operation);
    return n;
}

static struct quiz_question *ask_again(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + draw_below(draw, run->operations - run->first);
    if (!material->has_threads || kind_at(run, operation) != 'a' || free_blocks(run, operation) < 2)
        return NULL;
    int before = returned_before(run, operation, number(run, "offsets", operation));
    if (before < 0)
        return NULL;
    guint right = question_call(run, (guint)before);
    struct quiz_question *question = question_new(kind, run, operation);
    g_autofree char *call = question_call_text(run, operation);
    question->function = question_function(run, operation);
    question->text = g_strdup_printf("An earlier call had already returned the block that %s returns. Which call was "
                                     "the last to return it before? Write that call's number.",
                                     call);
    question_answer(question, "number", g_strdup_printf("%u", right));
    g_autofree char *other = question_call_text(run, (guint)before);
    question->reason = g_strdup_printf("It returned the same address as %s.", other);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "again"));
    return question;
}

QUIZ_KIND(again, "which block a call hands out once more", false, true, false);
