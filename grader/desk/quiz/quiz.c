// SPDX-License-Identifier: MIT
/*
 * quiz.c - chooses the questions of a quiz (desk.h): of as many kinds and about as many functions as there are.
 */
#include "desk/quiz/quiz.h"

#include <string.h>

enum {
    TRIES = 24,
    ROUNDS = 12,
    STRICT_ROUNDS = 3,
    DRAWS = 8,
    MOST_ABOUT_CALLS = 2,
    MOST_BUILDS = 7,
    BUILDS_OF_A_KIND = 3,
    FIVE = 5,
    WITH_OPTIONS = 2, /* of each five */
    ABOUT_DIGITS = 16
};

static gint order_of_kinds(gconstpointer a, gconstpointer b)
{
    const struct quiz_kind *const *first = a;
    const struct quiz_kind *const *second = b;
    return strcmp((*first)->name, (*second)->name);
}

/* All kinds, by name: the linker's order is not the same everywhere. */
static GPtrArray *all_kinds(void)
{
    GPtrArray *kinds = g_ptr_array_new();
    for (const struct quiz_kind *const *kind = __start_heaplab_quiz_kinds; kind < __stop_heaplab_quiz_kinds; kind++)
        g_ptr_array_add(kinds, (gpointer)(uintptr_t)*kind);
    g_ptr_array_sort(kinds, order_of_kinds);
    return kinds;
}

/* The right option, or what is to be written. */
static const json_t *right_of(const json_t *question)
{
    const json_t *answer = json_object_get(question, "answer");
    return json_is_string(answer)
               ? answer
               : json_array_get(json_object_get(question, "options"), (size_t)json_integer_value(answer));
}

/* Do both ask the same of the same line, if of another call? Where there is little to ask about, that is new enough if
 * the answer is another one. */
static bool is_alike(const json_t *a, const json_t *b, bool little)
{
    const json_t *line = json_object_get(json_object_get(a, "proof"), "line");
    return strcmp(text_at(a, "kind"), text_at(b, "kind")) == 0 && line &&
           json_equal(line, json_object_get(json_object_get(b, "proof"), "line")) &&
           (!little || json_equal(right_of(a), right_of(b)));
}

/* Was the same asked before? */
static bool is_new(const json_t *questions, const json_t *question, bool little)
{
    size_t i;
    json_t *before;
    guint about_these_calls = 0;
    json_array_foreach(questions, i, before)
    {
        bool same_calls = json_equal(json_object_get(before, "calls"), json_object_get(question, "calls"));
        about_these_calls += same_calls;
        if (is_alike(before, question, little) ||
            (same_calls && strcmp(text_at(before, "text"), text_at(question, "text")) == 0))
            return false;
    }
    return little || about_these_calls < MOST_ABOUT_CALLS;
}

static guint asked_about(const json_t *questions, const char *function)
{
    guint n = 0;
    size_t i;
    json_t *question;
    json_array_foreach(questions, i, question) n += strcmp(text_at(question, "function"), function) == 0;
    return n;
}

/* A question of KIND; NULL if there is none. MOST: how many questions may be about one function by now. */
static json_t *one_of_kind(const struct quiz_kind *kind, const struct material *material, struct draw *draw,
                           const json_t *questions, guint most)
{
    guint least = *material->builds - MIN(*material->builds, BUILDS_OF_A_KIND);
    for (guint i = 0; i < TRIES && (!kind->needs_mutants || *material->builds > least); i++) {
        struct quiz_question *question = kind->ask(kind, material, draw);
        json_t *made = question ? question_finish(question, draw) : NULL;
        question_free(question);
        if (made && is_new(questions, made, most > STRICT_ROUNDS) &&
            asked_about(questions, text_at(made, "function")) < most)
            return made;
        json_decref(made);
    }
    return NULL;
}

/* Kinds that build wrong versions come first, while no function has had its questions yet: each try takes long. */
static gint order_of_turns(gconstpointer a, gconstpointer b)
{
    const struct quiz_kind *const *first = a;
    const struct quiz_kind *const *second = b;
    return (gint)(*second)->needs_mutants - (gint)(*first)->needs_mutants;
}

/* JSON, in an order by chance. */
static json_t *shuffled(json_t *questions, struct draw *draw)
{
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    json_t *made = json_array();
    size_t i;
    json_t *question;
    json_array_foreach(questions, i, question) g_ptr_array_add(order, question);
    draw_shuffle(draw, order);
    for (guint k = 0; k < order->len; k++)
        json_array_append(made, order->pdata[k]);
    json_decref(questions);
    return made;
}

/* How many questions with options there are. */
static guint with_options(const json_t *questions)
{
    guint n = 0;
    size_t i;
    json_t *question;
    json_array_foreach(questions, i, question) n += quiz_answer_is_choice(question);
    return n;
}

/* Takes questions with options away that are too many for a quiz that has come out short. */
static void thin_out(json_t *questions)
{
    for (size_t i = json_array_size(questions); i-- > 0;) {
        bool too_many = FIVE * with_options(questions) > WITH_OPTIONS * json_array_size(questions);
        bool has_options = quiz_answer_is_choice(json_array_get(questions, i));
        if (too_many && has_options && with_options(questions) > 1)
            json_array_remove(questions, i);
    }
}

/* How many of QUESTIONS are of kinds that the contract alone may decide. */
static guint of_contract(const json_t *questions, const GPtrArray *kinds)
{
    guint n = 0;
    size_t i;
    json_t *question;
    json_array_foreach(questions, i, question) for (guint k = 0; k < kinds->len; k++)
    {
        const struct quiz_kind *kind = kinds->pdata[k];
        n += kind->of_contract && strcmp(kind->name, text_at(question, "kind")) == 0;
    }
    return n;
}

/* May KIND be asked in ROUND of a quiz that is to have N questions? In the last round, all that is left to write may.
 */
static bool may_ask(const struct quiz_kind *kind, guint round, const json_t *questions, const GPtrArray *kinds, guint n)
{
    if (kind->needs_mutants && round > 1)
        return false;
    if (kind->has_options && with_options(questions) >= MAX(1, WITH_OPTIONS * n / FIVE))
        return false;
    return !kind->of_contract || round == ROUNDS || of_contract(questions, kinds) < MAX(1, n / FIVE);
}

/* Each round lets one more question be about the same function. A kind is asked again only once all had their turn;
 * those that build wrong versions, never. */
static json_t *choose(const struct material *material, struct draw *draw, guint n)
{
    json_t *questions = json_array();
    g_autoptr(GPtrArray) kinds = all_kinds();
    for (guint round = 1; round <= ROUNDS; round++) {
        draw_shuffle(draw, kinds);
        if (round == 1)
            g_ptr_array_sort(kinds, order_of_turns); /* it is stable */
        for (guint i = 0; i < kinds->len && json_array_size(questions) < n; i++) {
            const struct quiz_kind *kind = kinds->pdata[i];
            json_t *made =
                may_ask(kind, round, questions, kinds, n) ? one_of_kind(kind, material, draw, questions, round) : NULL;
            if (made)
                json_array_append_new(questions, made);
        }
    }
    thin_out(questions);
    return shuffled(questions, draw);
}

/* The questions of a quiz by WISH. What is run is drawn by chance, and a draw may have little to ask about: then others
 * follow, and the best counts. */
static json_t *draw_questions(struct material *material, struct draw *draw, const struct quiz_wish *wish)
{
    json_t *best = json_array();
    *material->builds = wish->mutants ? MOST_BUILDS : 0;
    for (guint i = 0; i < DRAWS && json_array_size(best) < MIN(wish->questions, FIVE); i++) {
        material_collect(material, draw);
        json_t *questions = material->runs->len > 0 ? choose(material, draw, wish->questions) : json_array();
        bool better = json_array_size(questions) > json_array_size(best);
        json_decref(better ? best : questions);
        best = better ? questions : best;
    }
    return best;
}

/* A quiz about MATERIAL, by WISH but for the SEED. */
static json_t *one_quiz(struct material *material, const struct quiz_wish *wish, const char *seed)
{
    g_autofree char *key =
        g_strdup_printf("%s\n%s\n%s\n%s", material->rubric->lab, material->about, wish->student, seed);
    struct draw *draw = draw_new(key);
    json_t *questions = draw_questions(material, draw, wish);
    draw_free(draw);
    if (json_array_size(questions) == 0)
        die_unusable("no questions about lab %s: its tests do too little in code of your own",
                     material->rubric->number);
    return json_pack("{s:i, s:s%, s:s, s:s, s:s, s:s, s:o}", "schema", 1, "about", material->about,
                     (size_t)ABOUT_DIGITS, "lab", material->rubric->lab, "title", material->rubric->title, "student",
                     wish->student, "seed", seed, "questions", questions);
}

json_t *quiz(const char *lab, const struct grade_plan *plan, const struct quiz_wish *wish)
{
    struct material *material = material_new(lab, plan);
    waiting_begin("running your code for questions about it");
    json_t *made = one_quiz(material, wish, wish->seed);
    waiting_end();
    material_free(material);
    return made;
}

json_t *quiz_many(const char *lab, const struct grade_plan *plan, const struct quiz_wish *wish, unsigned n)
{
    struct material *material = material_new(lab, plan);
    json_t *quizzes = json_array();
    for (unsigned i = 1; i <= n; i++) {
        g_autofree char *seed = g_strdup_printf("%u", i);
        json_array_append_new(quizzes, one_quiz(material, wish, seed));
    }
    material_free(material);
    return quizzes;
}

GStrv quiz_kinds(void)
{
    g_autoptr(GPtrArray) kinds = all_kinds();
    g_autoptr(GStrvBuilder) lines = g_strv_builder_new();
    for (guint i = 0; i < kinds->len; i++) {
        const struct quiz_kind *kind = kinds->pdata[i];
        g_autofree char *line = g_strdup_printf("%-10s %s", kind->name, kind->purpose);
        g_strv_builder_add(lines, line);
    }
    return g_strv_builder_end(lines);
}
