// SPDX-License-Identifier: MIT
/*
 * author.c - which line wrote a word of the heap.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum { WORD_BYTES = 8 };

/* Lines that write to the heap in this call or in others: those that wrote the same word come first. */
static void add_wrong(struct quiz_question *question, const struct material *material, const struct write *right,
                      struct draw *draw)
{
    g_autoptr(GPtrArray) near = g_ptr_array_new();
    g_autoptr(GPtrArray) far = g_ptr_array_new();
    const struct quiz_run *run = question->run;
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *write = &g_array_index(run->writes, struct write, i);
        struct site *site = write->site >= 0 ? material->sites->pdata[write->site] : NULL;
        if (site && site->own && !sites_same_line(site, material->sites->pdata[right->site]))
            g_ptr_array_add(write->offset == right->offset ? near : far, site);
    }
    question_lines(question, near, far, draw);
}

/* A word that an own line wrote whole, as the last to write it in its call. NULL if chance finds none. */
static const struct write *pick_write(const struct material *material, const struct quiz_run *run, struct draw *draw,
                                      guint64 *value)
{
    const struct write *write = &g_array_index(run->writes, struct write, draw_below(draw, run->writes->len));
    if (write->site < 0 || !((struct site *)material->sites->pdata[write->site])->own || write->bytes != WORD_BYTES ||
        write->offset % WORD_BYTES != 0 || write->offset < 0 || write->operation < run->first ||
        !heap_has_break(run, write->operation) || !heap_word(run, write->offset, write->operation, value))
        return NULL;
    const struct write *last = write;
    for (guint i = 0; i < run->writes->len; i++) {
        const struct write *other = &g_array_index(run->writes, struct write, i);
        if (other->offset == write->offset && other->operation <= write->operation && other != write &&
            strcmp(other->data, write->data) == 0)
            return NULL; /* the word held the same before: two lines might be right */
        if (other->offset == write->offset && other->operation == write->operation)
            last = other;
    }
    return last->site >= 0 && ((struct site *)material->sites->pdata[last->site])->own ? last : NULL;
}

static struct quiz_question *ask_author(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint64 value = 0;
    const struct write *write = run->writes->len > 0 ? pick_write(material, run, draw, &value) : NULL;
    if (!write)
        return NULL;
    const struct site *site = material->sites->pdata[write->site];
    struct quiz_question *question = question_new(kind, run, write->operation);
    g_autofree char *call = question_call_text(run, write->operation);
    g_autofree char *holds = heap_value(value);
    question->function = g_strdup(site->function);
    question->text =
        g_strdup_printf("After %s the 8 bytes at heap + %" G_GINT64_FORMAT " hold %s. Which of these lines wrote that?",
                        call, write->offset, holds);
    question_option(question, site_option(site));
    add_wrong(question, material, write, draw);
    question->reason = g_strdup_printf("The last store into that word in this call was made by %s:%u, in %s.",
                                       site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:I}", "how", "watch", "offset",
                                                      (json_int_t)write->offset, "value", (json_int_t)value));
    return question;
}

QUIZ_KIND(author, "which line wrote a word of the heap", false, false);
