// SPDX-License-Identifier: MIT
/*
 * writer.c - which of several calls writes to a word of the heap.
 */
#include "desk/quiz/quiz.h"

enum { WORD_BYTES = 8 };

/* Does the student's code write into the word at OFFSET in OPERATION? */
static bool writes(const struct quiz_run *run, gint64 offset, guint operation)
{
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *write = &g_array_index(run->writes, struct write, i);
        if (write->operation == operation && write->site >= 0 && write->offset < offset + WORD_BYTES &&
            write->offset + write->bytes > offset)
            return true;
    }
    return false;
}

static struct quiz_question *ask_writer(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    if (run->writes->len == 0 || material_layout_is_given(material))
        return NULL;
    const struct write *write = &g_array_index(run->writes, struct write, draw_below(draw, run->writes->len));
    struct site *site = write->site >= 0 ? material->sites->pdata[write->site] : NULL;
    if (!site || !site->own || write->operation < run->first || write->offset < 0 ||
        !heap_has_break(run, write->operation))
        return NULL;
    gint64 offset = write->offset - write->offset % WORD_BYTES;
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    for (guint i = run->first; i < run->operations; i++)
        if (!writes(run, offset, i))
            g_ptr_array_add(others, GUINT_TO_POINTER(i));
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf(
        "During which one of these calls does your code write to the 8 bytes at heap + %" G_GINT64_FORMAT "?", offset);
    question_option(question, question_call_text(run, write->operation));
    question_calls(question, others, draw);
    question->reason = g_strdup_printf("In call %u, %s:%u (in %s) writes there; the others leave it alone.",
                                       question_call(run, write->operation), site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:i}", "how", "writer", "offset", (json_int_t)offset,
                                                      "right", (int)question_call(run, write->operation)));
    return question;
}

QUIZ_KIND(writer, "which of several calls writes to a word of the heap", false, false, true);
