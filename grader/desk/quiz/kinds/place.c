// SPDX-License-Identifier: MIT
/*
 * place.c - where the next block will lie. Asked where there is a choice: two free blocks or more that might hold it.
 */
#include "desk/quiz/quiz.h"

static json_int_t number(const struct quiz_run *run, const char *key, guint operation)
{
    return json_integer_value(json_array_get(json_object_get(run->data, key), operation));
}

/* How many free blocks have room for SIZE bytes; where the heap is not drawn, how many blocks have been freed so far.
 */
static guint fitting(const struct quiz_run *run, guint operation, gint64 size)
{
    guint n = 0;
    g_autoptr(GArray) blocks = heap_blocks(run, operation);
    for (guint i = 0; i < blocks->len; i++) {
        const struct block *block = &g_array_index(blocks, struct block, i);
        n += block->kind == 'f' && block->bytes - block->header - block->footer >= size;
    }
    for (guint i = 0; blocks->len == 0 && i <= operation; i++)
        n += text_at(run->data, "kinds")[i] == 'f';
    return n;
}

/* OPERATION allocates; it is shown, with the heap as it is before. */
static struct quiz_question *question_at(const struct quiz_kind *kind, const struct quiz_run *run, guint operation)
{
    gint64 right = number(run, "offsets", operation);
    if (right < 0 || fitting(run, operation - 1, number(run, "sizes", operation)) < 2)
        return NULL;
    struct quiz_question *question = question_new(kind, run, operation - 1);
    g_autofree char *call = question_call_text(run, operation);
    question->picture = true;
    question->function = g_strdup("mm_malloc");
    question->text = g_strdup_printf("Which address does the next call return: %s?", call);
    question_answer(question, "place", g_strdup_printf("heap + %" G_GINT64_FORMAT, right));
    question->reason =
        g_strdup_printf("When the calls were made, %s returned heap + %" G_GINT64_FORMAT ".", call, right);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:i}", "how", "place", "value", (json_int_t)right,
                                                      "call", (int)question_call(run, operation)));
    return question;
}

static struct quiz_question *ask_place(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint operation = run->first + 1 + draw_below(draw, run->operations - run->first);
    if (!run->trace || code_has(material->rubric, "mm_set_policy") || operation >= run->operations ||
        text_at(run->data, "kinds")[operation] != 'a')
        return NULL;
    return question_at(kind, run, operation);
}

QUIZ_KIND(place, "where the next block will lie", false, true, false);
