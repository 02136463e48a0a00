// SPDX-License-Identifier: MIT
/*
 * size.c - what a sizeof in the code is: the compiler is asked.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

/* The first sizeof in TEXT, with its operand; NULL. */
static char *operand_of(const char *text)
{
    g_autoptr(GRegex) regex =
        g_regex_new("\\bsizeof\\s*(\\((?:[^()]|\\([^()]*\\))*\\)|\\*?\\w+(?:->\\w+|\\.\\w+|\\[\\w+\\])*)", 0, 0, NULL);
    g_autoptr(GMatchInfo) info = NULL;
    return g_regex_match(regex, text, 0, &info) ? g_match_info_fetch(info, 0) : NULL;
}

/* Own lines that are a statement each, with a sizeof in it. */
static GPtrArray *lines_with_sizeof(const struct material *material)
{
    GPtrArray *sites = g_ptr_array_new();
    for (guint i = 0; i < material->sites->len; i++) {
        struct site *site = material->sites->pdata[i];
        if (site->own && site->simple && strstr(site->text, "sizeof"))
            g_ptr_array_add(sites, site);
    }
    return sites;
}

static struct quiz_question *ask_size(const struct quiz_kind *kind, const struct material *material, struct draw *draw)
{
    g_autoptr(GPtrArray) sites = lines_with_sizeof(material);
    if (sites->len == 0 || code_has(material->rubric, "mm_malloc"))
        return NULL; /* an allocator's structures are mostly the contract's */
    const struct site *site = sites->pdata[draw_below(draw, sites->len)];
    g_autofree char *operand = operand_of(site->text);
    gint64 right = operand ? mutant_constant(material, site, operand) : -1;
    if (right < 0)
        return NULL;
    struct quiz_question *question = question_new(kind, material->runs->pdata[0], 0);
    g_autofree char *line = site_option(site);
    question->alone = true;
    question->function = g_strdup(site->function);
    question->text = g_strdup_printf("What is %s in line %s?", operand, line);
    question_answer(question, "number", g_strdup_printf("%" G_GINT64_FORMAT, right));
    question->reason = g_strdup_printf("The compiler says %" G_GINT64_FORMAT ".", right);
    json_object_update_new(question->proof,
                           json_pack("{s:s, s:s, s:i, s:s, s:I}", "how", "size", "file", site->file, "line",
                                     (int)site->line, "operand", operand, "value", (json_int_t)right));
    return question;
}

QUIZ_KIND(size, "what a sizeof in the code is", true, false, false);
