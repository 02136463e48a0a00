// SPDX-License-Identifier: MIT
/*
 * author.c - which line wrote a word of the heap.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum { WORD_BYTES = 8 };

/* A word that an own line wrote whole, as the last to write it in its call. NULL if chance finds none. */
static const struct write *pick_write(const struct material *material, const struct quiz_run *run, struct draw *draw,
                                      guint64 *value)
{
    const struct write *write = &g_array_index(run->writes, struct write, draw_below(draw, run->writes->len));
    if (write->site < 0 || !((struct site *)material->sites->pdata[write->site])->own || write->bytes != WORD_BYTES ||
        write->offset % WORD_BYTES != 0 || write->offset < 0 || write->operation < run->first ||
        material->has_threads || !heap_has_break(run, write->operation) ||
        !heap_word(run, write->offset, write->operation, value))
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

/* Does one line hold all of the statement? Otherwise two lines might be right. */
static bool is_whole(const struct material *material, const struct site *site)
{
    g_auto(GStrv) lines = lines_of_site(material, site);
    return line_is(site->text) == LINE_STATEMENT && line_begins_statement(lines, site->line);
}

static struct quiz_question *ask_author(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    guint64 value = 0;
    const struct write *write = run->writes->len > 0 ? pick_write(material, run, draw, &value) : NULL;
    const struct site *site = write ? material->sites->pdata[write->site] : NULL;
    if (!site || !is_whole(material, site))
        return NULL;
    struct quiz_question *question = question_new(kind, run, write->operation);
    g_autofree char *call = question_call_text(run, write->operation);
    g_autofree char *holds = heap_value(value);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("After %s the 8 bytes at heap + %" G_GINT64_FORMAT
                                     " hold %s. Which line of your code wrote that?",
                                     call, write->offset, holds);
    question_answer(question, "line", site_option(site));
    question->reason = g_strdup_printf("The last store into that word in this call was made by %s:%u, in %s.",
                                       site->file, site->line, site->function);
    json_object_update_new(question->proof, json_pack("{s:s, s:I, s:I}", "how", "watch", "offset",
                                                      (json_int_t)write->offset, "value", (json_int_t)value));
    return question;
}

QUIZ_KIND(author, "which line wrote a word of the heap", false, false, false);
