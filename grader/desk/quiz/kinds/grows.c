// SPDX-License-Identifier: MIT
/*
 * grows.c - which of several requests makes the heap grow.
 */
#include "desk/quiz/quiz.h"

static json_int_t heap_after(const struct quiz_run *run, guint operation)
{
    return json_integer_value(json_array_get(json_object_get(run->data, "heaps"), operation));
}

/* Sorts the requests into those that make the heap GROW and those that FIT. The first of all grows it always. */
static void sort_out(const struct quiz_run *run, GPtrArray *grow, GPtrArray *fit)
{
    bool first = true;
    for (guint i = 1; i < run->operations; i++) {
        char kind = text_at(run->data, "kinds")[i];
        if (kind != 'a' && kind != 'r')
            continue;
        bool grows = heap_after(run, i) > heap_after(run, i - 1);
        if (!first)
            g_ptr_array_add(grows ? grow : fit, GUINT_TO_POINTER(i));
        first = first && !grows;
    }
}

static struct quiz_question *ask_grows(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    g_autoptr(GPtrArray) grow = g_ptr_array_new();
    g_autoptr(GPtrArray) fit = g_ptr_array_new();
    if (!run->trace || material_layout_is_given(material))
        return NULL;
    sort_out(run, grow, fit);
    bool odd_one_grows = grow->len > 0 && fit->len >= LEAST_OPTIONS - 1;
    if (!odd_one_grows && (fit->len == 0 || grow->len < LEAST_OPTIONS - 1))
        return NULL;
    GPtrArray *right = odd_one_grows ? grow : fit;
    GPtrArray *wrong = odd_one_grows ? fit : grow;
    guint operation = GPOINTER_TO_UINT(right->pdata[draw_below(draw, right->len)]);
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    question->function = g_strdup("mm_malloc");
    question->text = g_strdup(odd_one_grows ? "Which one of these calls makes the heap grow?"
                                            : "Which one of these calls does without a larger heap?");
    question_option(question, question_call_text(run, operation));
    question_calls(question, wrong, draw);
    question->reason = g_strdup_printf(
        "Call %u left the heap with %" G_GINT64_FORMAT " bytes; before it there were %" G_GINT64_FORMAT ".",
        question_call(run, operation), (gint64)heap_after(run, operation), (gint64)heap_after(run, operation - 1));
    json_object_update_new(question->proof, json_pack("{s:s, s:b, s:i}", "how", "grows", "grows", (int)odd_one_grows,
                                                      "right", (int)question_call(run, operation)));
    return question;
}

QUIZ_KIND(grows, "which of several requests makes the heap grow", false, true, true);
