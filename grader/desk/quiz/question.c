// SPDX-License-Identifier: MIT
/*
 * question.c - puts a question together (quiz.h).
 */
#include "desk/quiz/quiz.h"

#include <string.h>

struct quiz_question *question_new(const struct quiz_kind *kind, const struct quiz_run *run, guint operation)
{
    struct quiz_question *question = g_new0(struct quiz_question, 1);
    question->kind = kind;
    question->run = run;
    question->operation = operation;
    question->options = g_ptr_array_new_with_free_func(g_free);
    question->proof = json_object();
    return question;
}

void question_free(struct quiz_question *question)
{
    if (!question)
        return;
    g_ptr_array_unref(question->options);
    json_decref(question->proof);
    json_decref(question->words);
    g_free(question->answer);
    g_free(question->function);
    g_free(question->text);
    g_free(question->reason);
    g_free(question);
}

void question_option(struct quiz_question *question, char *text)
{
    for (guint i = 0; i < question->options->len; i++)
        if (strcmp(question->options->pdata[i], text) == 0 || question->options->len == MOST_OPTIONS) {
            g_free(text);
            return;
        }
    g_ptr_array_add(question->options, text);
}

void question_answer(struct quiz_question *question, const char *form, char *text)
{
    question->form = form;
    question->answer = text;
}

void question_lines(struct quiz_question *question, GPtrArray *near, GPtrArray *far, struct draw *draw)
{
    draw_shuffle(draw, near);
    draw_shuffle(draw, far);
    for (guint i = 0; i < near->len + far->len; i++)
        question_option(question, site_option(i < near->len ? near->pdata[i] : far->pdata[i - near->len]));
}

void question_calls(struct quiz_question *question, GPtrArray *operations, struct draw *draw)
{
    draw_shuffle(draw, operations);
    for (guint i = 0; i < operations->len; i++)
        question_option(question, question_call_text(question->run, GPOINTER_TO_UINT(operations->pdata[i])));
}

guint question_call(const struct quiz_run *run, guint operation)
{
    return operation + 1 - run->first;
}

char *question_call_text(const struct quiz_run *run, guint operation)
{
    const char *text = run->texts->pdata[operation];
    g_autofree char *call = g_strndup(text, strcspn(text, ";"));
    return g_strdup_printf("call %u (%s)", question_call(run, operation), call);
}

char *question_function(const struct quiz_run *run, guint operation)
{
    g_auto(GStrv) parts = g_strsplit(run->texts->pdata[operation], "(", 2);
    const char *space = strrchr(parts[0], ' ');
    return g_strdup(space ? space + 1 : parts[0]);
}

/* Where the answer can be looked up again: the run, and the call from 1. */
static json_t *proof_of(const struct quiz_question *question)
{
    const struct quiz_run *run = question->run;
    json_t *proof =
        json_pack("{s:s?, s:s?, s:i, s:i, s:i}", "test", run->test, "trace", run->trace, "call",
                  (int)question_call(run, question->operation), "first", (int)run->first, "in_turn", (int)run->in_turn);
    json_object_update(proof, question->proof);
    return proof;
}

static json_t *calls_of(const struct quiz_question *question)
{
    json_t *calls = json_array();
    for (guint i = question->run->first; i <= question->operation && !question->alone; i++)
        json_array_append_new(calls, json_string(question->run->texts->pdata[i]));
    return calls;
}

/* The heap that is shown: after the last call, or the one before the first where the test laid it out. */
static json_t *picture_of(const struct quiz_question *question)
{
    if (question->words)
        return json_incref(question->words);
    if (question->picture)
        return heap_picture(question->run, question->operation);
    return question->run->first > 0 ? heap_picture(question->run, 0) : json_array();
}

/* The options in a new order; *ANSWER is where the correct one went. */
static json_t *options_of(const struct quiz_question *question, struct draw *draw, json_int_t *answer)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    json_t *options = json_array();
    for (guint i = 0; i < question->options->len; i++)
        g_ptr_array_add(order, question->options->pdata[i]);
    draw_shuffle(draw, order);
    for (guint i = 0; i < order->len; i++) {
        json_array_append_new(options, json_string(order->pdata[i]));
        if (order->pdata[i] == question->options->pdata[0])
            *answer = i;
    }
    return options;
}

json_t *question_finish(struct quiz_question *question, struct draw *draw)
{
    json_int_t right = 0;
    if (!question->answer && question->options->len < LEAST_OPTIONS)
        return NULL;
    json_t *options = options_of(question, draw, &right);
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:b, s:s, s:o, s:o, s:s, s:o}", "kind", question->kind->name,
                     "function", question->function ? question->function : "", "text", question->text, "calls",
                     calls_of(question), "picture", picture_of(question), "picture_after", (int)question->picture,
                     "form", question->answer ? question->form : "choice", "options", options, "answer",
                     question->answer ? json_string(question->answer) : json_integer(right), "reason",
                     question->reason ? question->reason : "", "proof", proof_of(question));
}
