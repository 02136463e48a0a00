// SPDX-License-Identifier: MIT
/*
 * region.c - which of several lines writes to memory from malloc; the others write to variables. The lines are known by
 * number alone: their texts give it away.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* Is the whole of WRITE in a block that is allocated? */
static bool is_in_block(const struct quiz_run *run, const struct write *write)
{
    g_autoptr(GArray) blocks = heap_blocks(run, write->operation);
    for (guint i = 0; i < blocks->len; i++) {
        const struct block *block = &g_array_index(blocks, struct block, i);
        if (block->kind == 'u' && write->offset >= block->offset &&
            write->offset + write->bytes <= block->offset + block->bytes)
            return true;
    }
    return false;
}

/* Does SITE's line write? Then *IN_BLOCK says whether that went to allocated blocks each time that it was seen. */
static bool writes(const struct material *material, const struct site *site, bool *in_block)
{
    bool any = false;
    *in_block = true;
    for (guint r = 0; r < material->runs->len; r++) {
        const struct quiz_run *run = material->runs->pdata[r];
        for (guint i = 0; i < run->writes->len; i++) {
            const struct write *write = &g_array_index(run->writes, struct write, i);
            if (write->site < 0 || !sites_same_line(material->sites->pdata[write->site], site))
                continue;
            any = true;
            *in_block = *in_block && is_in_block(run, write);
        }
    }
    return any;
}

/* Own lines that assign: HEAP and OTHER. A call might write anywhere. */
static void sort_out(const struct material *material, GPtrArray *heap, GPtrArray *other)
{
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        if (!site->own || !site->simple)
            continue;
        bool assigns = g_regex_match_simple("[^=!<>]=[^=]|\\+\\+|--", site->text, 0, 0);
        bool in_block;
        bool seen = writes(material, site, &in_block);
        if (seen && in_block)
            g_ptr_array_add(heap, site);
        else if (!seen && assigns && site->begins && !strchr(site->text, '('))
            g_ptr_array_add(other, site);
    }
}

static struct quiz_question *ask_region(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[0];
    g_autoptr(GPtrArray) heap = g_ptr_array_new();
    g_autoptr(GPtrArray) other = g_ptr_array_new();
    sort_out(material, heap, other);
    if (heap->len == 0 || other->len < LEAST_OPTIONS - 1 || heap_has_break(run, run->first))
        return NULL;
    const struct site *site = heap->pdata[draw_below(draw, heap->len)];
    draw_shuffle(draw, other);
    struct quiz_question *question = question_new(kind, run, 0);
    question->alone = true;
    question->function = g_strdup(site->function);
    question->text = g_strdup("Which one of these lines writes to the heap?");
    question_option(question, site_option(site));
    for (guint i = 0; i < other->len; i++)
        question_option(question, site_option(other->pdata[i]));
    question->reason = g_strdup_printf("%s:%u writes to a block from malloc:   %s   The others write to variables.",
                                       site->file, site->line, site->text);
    json_object_update_new(question->proof, json_pack("{s:s}", "how", "region"));
    return question;
}

QUIZ_KIND(region, "which of several lines writes to the heap", false, false, true);
