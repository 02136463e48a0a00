// SPDX-License-Identifier: MIT
/*
 * value.c - what a word of the heap holds after a call: the head of a list, a size, a link.
 */
#include "desk/quiz/quiz.h"

enum { WORD_BYTES = 8 };

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
    g_autofree char *holds = heap_value(value);
    if (g_str_has_prefix(holds, "0x"))
        return NULL; /* neither a number nor an address */
    struct quiz_question *question = question_new(kind, run, write->operation);
    g_autofree char *call = question_call_text(run, write->operation);
    question->function = g_strdup(site->function);
    question->picture = true;
    question->text =
        g_strdup_printf("What do the 8 bytes at heap + %" G_GINT64_FORMAT " hold after %s?", write->offset, call);
    question_answer(question, "place", value == 0 ? g_strdup("0") : g_strdup(holds));
    question->reason = g_strdup_printf("They hold %s; %s:%u, in %s, was among the lines that wrote there in this call.",
                                       holds, site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:I}", "how", "word", "offset",
                                                      (json_int_t)write->offset, "value", (json_int_t)value));
    return question;
}

QUIZ_KIND(value, "what a word of the heap holds after a call", false, true, false);
