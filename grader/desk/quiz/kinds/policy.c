// SPDX-License-Identifier: MIT
/*
 * policy.c - where another policy begins to show: a comparison is changed so that no rule is broken, but blocks lie
 * elsewhere. Which request is the first to get another address?
 */
#include "desk/quiz/quiz.h"

#include <string.h>

struct change {
    const char *from, *to;
};

static const struct change changes[] = {{" < ", " <= "}, {" <= ", " < "}, {" > ", " >= "},
                                        {" >= ", " > "}, {" < ", " > "},  {" > ", " < "}};

/* An own line with a comparison that some call of RUN came by, and one change of it. False if chance finds none. */
static bool pick(const struct material *material, const struct quiz_run *run, struct draw *draw,
                 const struct site **site, const struct change **change)
{
    enum { TRIES = 60 };
    for (guint i = 0; i < TRIES; i++) {
        struct step step = g_array_index(run->steps, struct step, draw_below(draw, run->steps->len));
        *site = material->sites->pdata[step.site];
        *change = &changes[draw_below(draw, G_N_ELEMENTS(changes))];
        if ((*site)->own && strstr((*site)->text, (*change)->from))
            return true;
    }
    return false;
}

static char *changed_line(const char *text, const struct change *change)
{
    const char *at = strstr(text, change->from);
    return g_strdup_printf("%.*s%s%s", (int)(at - text), text, change->to, at + strlen(change->from));
}

static json_int_t address(const json_t *data, guint operation)
{
    return json_integer_value(json_array_get(json_object_get(data, "offsets"), operation));
}

/* Before a block is freed there is nothing to choose: every design would answer alike. */
static guint first_freed(const struct quiz_run *run)
{
    guint i = run->first;
    while (i < run->operations && !strchr("fr", text_at(run->data, "kinds")[i]))
        i++;
    return i;
}

static bool gives_address(const struct quiz_run *run, guint operation)
{
    return strchr("ar", text_at(run->data, "kinds")[operation]) && address(run->data, operation) >= 0;
}

/* The first operation whose address differs in MUTANT; the number of operations if there is none. */
static guint first_moved(const struct quiz_run *run, const struct mutant *mutant)
{
    guint i = run->first;
    while (i < run->operations && (!gives_address(run, i) || address(run->data, i) == address(mutant->data, i)))
        i++;
    return i;
}

/* Does the first call whose address differs still take a block of the heap as it was, and not a new one? If it has to
 * grow the heap, whoever knows which requests can be met from it would guess the call. */
static bool chooses_another(const struct quiz_run *run, const struct mutant *mutant)
{
    guint moved = first_moved(run, mutant);
    const json_t *heaps = json_object_get(run->data, "heaps");
    return moved > run->first && moved < run->operations &&
           address(mutant->data, moved) < json_integer_value(json_array_get(heaps, moved - 1));
}

static struct quiz_question *question_at(const struct quiz_kind *kind, const struct quiz_run *run,
                                         const struct site *site, const struct change *change,
                                         const struct mutant *mutant, struct draw *draw)
{
    guint moved = first_moved(run, mutant);
    struct quiz_question *question = question_new(kind, run, run->operations - 1);
    g_autofree char *line = site_option(site);
    g_autofree char *changed = changed_line(site->text, change);
    g_autoptr(GPtrArray) others = g_ptr_array_new();
    question->function = g_strdup(site->function);
    question->text =
        g_strdup_printf("Suppose that in line %s the first \"%s\" becomes \"%s\". No rule is broken then, but "
                        "blocks lie elsewhere. Which call is the first to return another address?",
                        line, change->from + 1, change->to + 1);
    question_option(question, question_call_text(run, moved));
    for (guint i = first_freed(run); i < run->operations; i++)
        if (gives_address(run, i))
            g_ptr_array_add(others, GUINT_TO_POINTER(i));
    question_calls(question, others, draw);
    guint call = question_call(run, moved);
    question->reason = g_strdup_printf("As it is, call %u returns heap + %" G_GINT64_FORMAT
                                       "; with the change it returned heap + %" G_GINT64_FORMAT
                                       ", and the calls before it what they return now.",
                                       call, (gint64)address(run->data, moved), (gint64)address(mutant->data, moved));
    json_object_update_new(question->proof, json_pack("{s:s, s:s, s:i, s:s, s:i}", "how", "moved", "file", site->file,
                                                      "line", (int)site->line, "changed", changed, "right", (int)call));
    return question;
}

static struct quiz_question *ask_policy(const struct quiz_kind *kind, const struct material *material,
                                        struct draw *draw)
{
    const struct quiz_run *run = material->runs->pdata[draw_below(draw, material->runs->len)];
    const struct site *site;
    const struct change *change;
    if (!run->trace || !pick(material, run, draw, &site, &change))
        return NULL;
    g_autofree char *changed = changed_line(site->text, change);
    struct mutant *mutant = mutant_make(material, run, site, changed);
    bool moves = mutant && mutant->passed && chooses_another(run, mutant);
    struct quiz_question *question = moves ? question_at(kind, run, site, change, mutant, draw) : NULL;
    mutant_free(mutant);
    return question;
}

QUIZ_KIND(policy, "which call shows a changed policy first", true, true, true);
