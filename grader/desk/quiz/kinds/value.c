// SPDX-License-Identifier: MIT
/*
 * value.c - what a word of the heap holds after a call: the head of a list, a size, a link.
 */
#include "desk/quiz/quiz.h"
#include "wire/channel.h"

enum { WORD_BYTES = 8 };

static bool is_pointer(guint64 value)
{
    return value >= HEAP_ADDRESS && value - HEAP_ADDRESS < HEAP_BYTES;
}

/* Values of the same sort that calls up to this one wrote. */
static void add_wrong(struct quiz_question *question, gint64 offset, guint64 right, struct draw *draw)
{
    const guint64 step = 16;
    const struct quiz_run *run = question->run;
    g_autoptr(GPtrArray) near = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) far = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *write = &g_array_index(run->writes, struct write, i);
        guint64 value;
        if (write->operation > question->operation || write->bytes != WORD_BYTES ||
            !heap_word(run, write->offset, write->operation, &value) || value == right ||
            (is_pointer(value) != is_pointer(right) && value != 0 && right != 0))
            continue;
        g_ptr_array_add(write->offset == offset ? near : far, heap_value(value));
    }
    draw_shuffle(draw, near);
    draw_shuffle(draw, far);
    for (guint i = 0; i < near->len + far->len; i++)
        question_option(question, g_strdup(i < near->len ? near->pdata[i] : far->pdata[i - near->len]));
    for (guint64 i = 1; i < LEAST_OPTIONS && right != 0; i++)
        question_option(question, heap_value(right + i * step));
}

static struct quiz_question *ask_value(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint64 value = 0;
    if (run->writes->len == 0 || material_layout_is_given(material))
        return NULL;
    const struct write *write = &g_array_index(run->writes, struct write, draw_below(draw, run->writes->len));
    struct site *site = write->site >= 0 ? material->sites->pdata[write->site] : NULL;
    if (!site || !site->own || write->operation < run->first || write->bytes != WORD_BYTES || write->offset < 0 ||
        write->offset % WORD_BYTES != 0 || !heap_has_break(run, write->operation) ||
        !heap_word(run, write->offset, write->operation, &value))
        return NULL;
    struct quiz_question *question = question_new(kind, run, write->operation);
    g_autofree char *call = question_call_text(run, write->operation);
    g_autofree char *holds = heap_value(value);
    question->function = g_strdup(site->function);
    question->picture = true;
    question->text =
        g_strdup_printf("What do the 8 bytes at heap + %" G_GINT64_FORMAT " hold after %s?", write->offset, call);
    question_option(question, heap_value(value));
    add_wrong(question, write->offset, value, draw);
    question->reason = g_strdup_printf("They hold %s; %s:%u, in %s, was among the lines that wrote there in this call.",
                                       holds, site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:I}", "how", "word", "offset",
                                                      (json_int_t)write->offset, "value", (json_int_t)value));
    return question;
}

QUIZ_KIND(value, "what a word of the heap holds after a call", false, true);
