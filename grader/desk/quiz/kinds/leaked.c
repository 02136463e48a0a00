// SPDX-License-Identifier: MIT
/*
 * leaked.c - which block is leaked if this free is left out: how many bytes it has. The code is built without the line.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* An own line that ran and is a call of free. */
static bool pick(const struct material *material, struct draw *draw, struct moment *moment)
{
    enum { TRIES = 60 };
    for (guint i = 0; i < TRIES; i++) {
        if (!pick_step(material, draw, moment))
            return false;
        if (moment->site->statement && g_str_has_prefix(moment->site->text, "free(") &&
            !heap_has_break(moment->run, moment->step.operation))
            return true;
    }
    return false;
}

static bool is_used_block(const GArray *blocks, gint64 offset)
{
    for (guint i = 0; i < blocks->len; i++) {
        const struct block *block = &g_array_index(blocks, struct block, i);
        if (block->offset == offset && block->kind == 'u')
            return true;
    }
    return false;
}

/* The size of the one block that MUTANT still has when it fails, and the code as it is has not; -1 if it isn't one. */
static gint64 leaked_bytes(const struct quiz_run *run, const struct mutant *mutant)
{
    const struct quiz_run changed = {.data = mutant->data};
    g_autoptr(GArray) now = heap_blocks(&changed, (guint)mutant->failing);
    g_autoptr(GArray) before = heap_blocks(run, (guint)mutant->failing);
    gint64 bytes = -1;
    guint more = 0;
    for (guint i = 0; i < now->len; i++) {
        const struct block *block = &g_array_index(now, struct block, i);
        if (block->kind != 'u' || is_used_block(before, block->offset))
            continue;
        bytes = block->bytes;
        more++;
    }
    return more == 1 ? bytes : -1;
}

static struct quiz_question *question_at(const struct quiz_kind *kind, const struct moment *moment,
                                         const struct mutant *mutant)
{
    gint64 bytes = leaked_bytes(moment->run, mutant);
    if (bytes < 0)
        return NULL;
    const struct site *site = moment->site;
    struct quiz_question *question = question_new(kind, moment->run, (guint)mutant->failing);
    g_autofree char *line = site_option(site);
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("Suppose that line %s is left out. After these calls one block is still "
                                     "allocated that would have been freed. How many bytes did your code ask for when "
                                     "it allocated that block?",
                                     line);
    question_answer(question, "number", g_strdup_printf("%" G_GINT64_FORMAT, bytes));
    question->reason =
        g_strdup_printf("Without it, a block of %" G_GINT64_FORMAT " bytes is left over: %s", bytes, mutant->message);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:s, s:I}", "how", "leaked", "file", site->file, "line",
                                     (int)site->line, "changed", ";", "value", (json_int_t)bytes));
    return question;
}

static struct quiz_question *ask_leaked(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    struct moment moment;
    if (!pick(material, draw, &moment))
        return NULL;
    struct mutant *mutant = mutant_make(material, moment.run, moment.site, ";");
    struct quiz_question *question = mutant && !mutant->passed ? question_at(kind, &moment, mutant) : NULL;
    mutant_free(mutant);
    return question;
}

QUIZ_KIND(leaked, "which block is leaked if a free is left out", true, false, false);
