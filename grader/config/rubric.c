// SPDX-License-Identifier: MIT
/*
 * rubric.c - reading rubric.ini with inih (config.h). The format is described in grader/README.md.
 */
#include "config/config.h"
#include "config/ini.h"

#include <stdlib.h>
#include <string.h>

enum { USUAL_QUESTIONS = 5, TOTAL_POINTS = 100, MOST_PERCENT = 100000 };

#define QUESTION_OF "question ("

static void question_free(gpointer data)
{
    struct question *question = data;
    g_free(question->of);
    g_free(question->text);
    g_free(question);
}

static void item_free(gpointer data)
{
    struct item *item = data;
    g_free(item->name);
    g_free(item->title);
    g_strfreev(item->needs);
    g_free(item->question);
    g_ptr_array_unref(item->questions);
    g_free(item->hint);
    g_free(item->handout);
    g_free(item->types);
    g_free(item->visibility);
    g_free(item->answer);
    g_free(item->trace);
    g_free(item);
}

void rubric_free(struct rubric *rubric)
{
    if (!rubric)
        return;
    g_free(rubric->lab);
    g_free(rubric->number);
    g_free(rubric->path);
    g_free(rubric->title);
    g_free(rubric->base);
    g_free(rubric->shares);
    g_free(rubric->judged_as);
    g_strfreev(rubric->files);
    g_strfreev(rubric->also);
    g_strfreev(rubric->allow);
    g_strfreev(rubric->watch);
    g_ptr_array_unref(rubric->questions);
    g_ptr_array_unref(rubric->items);
    g_free(rubric);
}

struct item *rubric_item(const struct rubric *rubric, const char *name)
{
    for (guint k = 0; k < rubric->items->len; k++) {
        struct item *item = rubric->items->pdata[k];
        if (strcmp(item->name, name) == 0)
            return item;
    }
    return NULL;
}

static bool is_way_to_fail(const char *of, const char *status, const char *const texts[3])
{
    bool is = strcmp(of, status) == 0;
    for (guint i = 0; i < 3; i++)
        is = is || (texts[i] && strstr(texts[i], of));
    return is;
}

/* The first of QUESTIONS that belongs to this way to fail; NULL if none does. */
static const char *question_among(const GPtrArray *questions, const char *status, const char *const texts[3])
{
    for (guint i = 0; i < questions->len; i++) {
        const struct question *question = questions->pdata[i];
        if (is_way_to_fail(question->of, status, texts))
            return question->text;
    }
    return NULL;
}

const char *rubric_machine(const struct rubric *rubric)
{
    return rubric->judged_as ? rubric->judged_as : rubric->lab;
}

int rubric_alignment(const struct rubric *rubric, bool bits32)
{
    enum { TWO_NARROW_WORDS = 8 };
    return rubric->cost.alignment == 0 && bits32 ? TWO_NARROW_WORDS : rubric->cost.alignment;
}

char *rubric_trace(const struct rubric *rubric, const struct item *item)
{
    return kit_path("grader", "labs", rubric->lab, "traces", item->trace, NULL);
}

const char *rubric_question(const struct rubric *rubric, const struct item *item, const char *status,
                            const char *const texts[3])
{
    const char *question = question_among(item->questions, status, texts);
    if (!question)
        question = question_among(rubric->questions, status, texts);
    return question ? question : item->question;
}

int rubric_total(const struct rubric *rubric)
{
    int total = rubric->own.points + rubric->cost.points;
    for (guint i = 0; i < rubric->items->len; i++)
        total += ((const struct item *)rubric->items->pdata[i])->points;
    return total;
}

bool rubric_is_source(const char *file)
{
    return g_str_has_suffix(file, ".c") && strcmp(file, "my_tests.c") != 0;
}

/* The words of TEXT. Free with g_strfreev. */
static GStrv words(const char *text)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    g_auto(GStrv) parts = g_strsplit_set(text, " \t\n", -1);
    for (guint i = 0; parts[i]; i++)
        if (parts[i][0])
            g_strv_builder_add(builder, parts[i]);
    return g_strv_builder_end(builder);
}

static void replace(char **place, const char *text)
{
    g_free(*place);
    *place = g_strdup(text);
}

/* The name of the item that SECTION describes: [test NAME], [prediction N] or [diagnosis N KEY]; NULL for others. */
static char *item_name(const char *section, enum item_kind *kind)
{
    g_auto(GStrv) word = g_strsplit(section, " ", 3);
    guint n = g_strv_length(word);
    *kind = ITEM_ANSWER;
    if (n == 2 && strcmp(word[0], "test") == 0) {
        *kind = ITEM_TEST;
        return g_strdup(word[1]);
    }
    if (n == 2 && strcmp(word[0], "prediction") == 0)
        return g_strdup_printf("prediction-%s", word[1]);
    if (n == 3 && strcmp(word[0], "diagnosis") == 0)
        return g_strdup_printf("patient-%s-%s", word[1], word[2]);
    return NULL;
}

static struct item *item_new(const char *name, enum item_kind kind)
{
    struct item *item = g_new0(struct item, 1);
    item->kind = kind;
    item->name = g_strdup(name);
    item->needs = words("");
    item->visibility = g_strdup("visible");
    item->weight = WEIGHT_BOTH;
    item->questions = g_ptr_array_new_with_free_func(question_free);
    return item;
}

/* The item of SECTION, created on its first line; NULL if SECTION describes no item. */
static struct item *item_of(struct rubric *rubric, const char *section)
{
    enum item_kind kind;
    g_autofree char *name = item_name(section, &kind);
    if (!name)
        return NULL;
    struct item *item = rubric_item(rubric, name);
    if (item)
        return item;
    item = item_new(name, kind);
    g_ptr_array_add(rubric->items, item);
    return item;
}

/* Sets *PLACE; returns what is wrong with VALUE, or NULL. */
static char *set_up_to(int *place, int most, const char *key, const char *value)
{
    char *end;
    long number = strtol(value, &end, 10);
    if (end == value || *end != '\0' || number < 0 || number > most)
        return g_strdup_printf("%s = %s is not a whole number from 0 to %d", key, value, most);
    *place = (int)number;
    return NULL;
}

/* Sets who scores it: staff, in a release; without the key, the grader. */
static char *set_staff(bool *place, const char *key, const char *value)
{
    if (strcmp(value, "staff") != 0)
        return g_strdup_printf("%s = %s is not staff; leave the key out if the grader scores it", key, value);
    *place = true;
    return NULL;
}

static char *set_number(int *place, const char *key, const char *value)
{
    return set_up_to(place, TOTAL_POINTS, key, value);
}

static char *set_own(struct own_scale *own, const char *key, const char *value)
{
    if (strcmp(key, "chaffs_by") == 0)
        return set_staff(&own->chaffs_by_staff, key, value);
    if (strcmp(key, "coverage_by") == 0)
        return set_staff(&own->coverage_by_staff, key, value);
    struct {
        const char *key;
        int *place;
    } numbers[] = {{"points", &own->points},
                   {"chaffs_from", &own->chaffs_from},
                   {"chaffs_to", &own->chaffs_to},
                   {"coverage_from", &own->coverage_from},
                   {"coverage_to", &own->coverage_to}};
    for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
        if (strcmp(key, numbers[i].key) == 0)
            return set_number(numbers[i].place, key, value);
    return g_strdup_printf("there is no key '%s'; the keys are points, chaffs_from, chaffs_to, coverage_from, "
                           "coverage_to, chaffs_by, coverage_by",
                           key);
}

static char *set_cost(struct cost_scale *cost, const char *key, const char *value)
{
    struct {
        const char *key;
        int *place;
    } numbers[] = {{"utilization_points", &cost->utilization_points},
                   {"utilization_from", &cost->utilization_from},
                   {"utilization_to", &cost->utilization_to},
                   {"cost_points", &cost->cost_points},
                   {"cost_from", &cost->cost_from},
                   {"cost_to", &cost->cost_to},
                   {"alignment", &cost->alignment},
                   {"bits", &cost->bits}};
    guint i = 0;
    if (strcmp(key, "heap") == 0)
        return size_parse(value, &cost->heap) ? NULL : g_strdup_printf("heap = %s is no size, such as 20M", value);
    while (i < G_N_ELEMENTS(numbers) && strcmp(key, numbers[i].key) != 0)
        i++;
    if (i == G_N_ELEMENTS(numbers))
        return g_strdup_printf(
            "there is no key '%s'; the keys are utilization_points, utilization_from, utilization_to, "
            "cost_points, cost_from, cost_to, alignment, bits, heap",
            key);
    char *mistake = set_up_to(numbers[i].place, MOST_PERCENT, key, value);
    cost->points = cost->utilization_points + cost->cost_points;
    return mistake;
}

static char *set_formula(struct formula *formula, const char *key, const char *value)
{
    enum { MOST_WEIGHT = 100 };
    formula->given = true;
    if (strcmp(key, "utilization_weight") == 0)
        return set_up_to(&formula->utilization_weight, MOST_WEIGHT, key, value);
    if (strcmp(key, "full_speed") == 0)
        return set_up_to(&formula->full_speed, MOST_PERCENT, key, value);
    return g_strdup_printf("there is no key '%s'; the keys are utilization_weight, full_speed", key);
}

static char *set_visibility(struct item *item, const char *value)
{
    static const char *const known[] = {"visible", "hidden", "after_due_date", NULL};
    if (!g_strv_contains(known, value))
        return g_strdup_printf("visibility = %s is not visible, hidden or after_due_date", value);
    replace(&item->visibility, value);
    return NULL;
}

/* "list.c?" may be missing; "*.h" is any number of files. */
static void split_files(struct rubric *rubric)
{
    g_autoptr(GStrvBuilder) needed = g_strv_builder_new();
    g_autoptr(GStrvBuilder) also = g_strv_builder_new();
    for (guint i = 0; rubric->files[i]; i++) {
        char *name = rubric->files[i];
        bool optional = g_str_has_suffix(name, "?");
        if (optional)
            name[strlen(name) - 1] = '\0';
        g_strv_builder_add(optional || strchr(name, '*') ? also : needed, name);
    }
    g_strfreev(rubric->files);
    g_strfreev(rubric->also);
    rubric->files = g_strv_builder_end(needed);
    rubric->also = g_strv_builder_end(also);
}

/* The one of QUESTIONS for failures OF a kind, created if needed. */
static struct question *question_of(GPtrArray *questions, const char *of)
{
    for (guint i = 0; i < questions->len; i++) {
        struct question *question = questions->pdata[i];
        if (strcmp(question->of, of) == 0)
            return question;
    }
    struct question *question = g_new0(struct question, 1);
    question->of = g_strdup(of);
    g_ptr_array_add(questions, question);
    return question;
}

/* Sets the question of KEY, "question (way to fail)". */
static char *set_question(GPtrArray *questions, const char *key, const char *value)
{
    enum { MOST_KEY = 49 }; /* inih cuts longer keys where a value goes on in another line */
    size_t n = strlen(key), before = strlen(QUESTION_OF);
    if (key[n - 1] != ')' || n < before + 2 || n > MOST_KEY)
        return g_strdup_printf("'%s' is not of the form 'question (way to fail)', at most %d characters long", key,
                               MOST_KEY);
    g_autofree char *of = g_strndup(key + before, n - before - 1);
    replace(&question_of(questions, of)->text, value);
    return NULL;
}

/* Sets KEY of ITEM. Returns what is wrong with it, or NULL. */
static char *set_item(struct item *item, const char *key, const char *value)
{
    if (strcmp(key, "points") == 0)
        return set_number(&item->points, key, value);
    if (strcmp(key, "visibility") == 0)
        return set_visibility(item, value);
    if (strcmp(key, "weight") == 0)
        return set_up_to(&item->weight, WEIGHT_SPEED, key, value);
    if (strcmp(key, "scored_by") == 0)
        return set_staff(&item->by_staff, key, value);
    if (strcmp(key, "needs") == 0) {
        g_strfreev(item->needs);
        item->needs = words(value);
        return NULL;
    }
    if (g_str_has_prefix(key, QUESTION_OF))
        return set_question(item->questions, key, value);
    struct {
        const char *key;
        char **place;
    } texts[] = {{"title", &item->title},     {"question", &item->question}, {"hint", &item->hint},
                 {"handout", &item->handout}, {"types", &item->types},       {"answer", &item->answer},
                 {"trace", &item->trace}};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(key, texts[i].key) == 0) {
            replace(texts[i].place, value);
            return NULL;
        }
    return g_strdup_printf(
        "there is no key '%s'; the keys are title, points, needs, question, question (way to fail), hint, handout, "
        "visibility, "
        "types, answer, trace, weight, scored_by",
        key);
}

static char *set_lab(struct rubric *rubric, const char *key, const char *value)
{
    if (g_str_has_prefix(key, QUESTION_OF))
        return set_question(rubric->questions, key, value);
    struct {
        const char *key;
        char **place;
    } texts[] = {{"title", &rubric->title},
                 {"base", &rubric->base},
                 {"shares", &rubric->shares},
                 {"judged_as", &rubric->judged_as}};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        if (strcmp(key, texts[i].key) == 0) {
            replace(texts[i].place, value);
            return NULL;
        }
    struct {
        const char *key;
        GStrv *place;
    } lists[] = {{"files", &rubric->files}, {"allow", &rubric->allow}, {"watch", &rubric->watch}};
    for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
        if (strcmp(key, lists[i].key) == 0) {
            g_strfreev(*lists[i].place);
            *lists[i].place = words(value);
            if (lists[i].place == &rubric->files)
                split_files(rubric);
            return NULL;
        }
    return g_strdup_printf("there is no key '%s'; the keys are title, files, allow, watch, base, shares, judged_as, "
                           "question (way to fail)",
                           key);
}

static char *set_quiz(struct quiz_scale *quiz, const char *key, const char *value)
{
    enum { MOST_QUESTIONS = 10 };
    if (strcmp(key, "points") == 0)
        return set_number(&quiz->points, key, value);
    if (strcmp(key, "questions") == 0)
        return set_up_to(&quiz->questions, MOST_QUESTIONS, key, value);
    return g_strdup_printf("there is no key '%s'; the keys are points, questions", key);
}

/* Sets KEY of SECTION. Returns what is wrong with it, or NULL. */
static char *set_key(void *user, const char *section, const char *key, const char *value)
{
    struct rubric *rubric = user;
    struct item *item = item_of(rubric, section);
    if (item)
        return set_item(item, key, value);
    if (strcmp(section, "lab") == 0)
        return set_lab(rubric, key, value);
    if (strcmp(section, "own_tests") == 0)
        return set_own(&rubric->own, key, value);
    if (strcmp(section, "cost") == 0)
        return set_cost(&rubric->cost, key, value);
    if (strcmp(section, "formula") == 0)
        return set_formula(&rubric->formula, key, value);
    if (strcmp(section, "quiz") == 0)
        return set_quiz(&rubric->quiz, key, value);
    return g_strdup_printf("there is no section [%s]; the sections are [lab], [own_tests], [cost], [formula], [quiz], "
                           "[test NAME], [prediction N], [diagnosis N KEY]",
                           section);
}

/* What is missing in ITEM; NULL if nothing is. */
static char *item_mistake(const struct rubric *rubric, const struct item *item)
{
    if (!item->title || !item->title[0])
        return g_strdup_printf("%s has no title", item->name);
    if (item->kind == ITEM_ANSWER && !item->answer && !item->by_staff)
        return g_strdup_printf("%s has no answer", item->name);
    for (guint i = 0; item->needs[i]; i++) {
        guint at = 0;
        guint mine = 0;
        const struct item *need = rubric_item(rubric, item->needs[i]);
        g_ptr_array_find(rubric->items, item, &mine);
        if (!need || !g_ptr_array_find(rubric->items, need, &at) || at >= mine)
            return g_strdup_printf("%s needs '%s', which is not an earlier test of this rubric", item->name,
                                   item->needs[i]);
    }
    return NULL;
}

/* A lab that is judged as another consists of traces, which the other lab's judge replays. */
static char *judged_as_mistake(const struct rubric *rubric)
{
    g_autofree char *other = rubric->judged_as ? kit_find_lab(rubric->judged_as) : NULL;
    if (rubric->judged_as && g_strcmp0(other, rubric->judged_as) != 0)
        return g_strdup_printf("[lab]: judged_as = %s is no lab of this kit", rubric->judged_as);
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        g_autofree char *path = item->trace ? rubric_trace(rubric, item) : NULL;
        if (rubric->judged_as && !item->trace)
            return g_strdup_printf("%s has no trace, and the lab is judged as %s", item->name, rubric->judged_as);
        if (item->trace && !rubric->judged_as)
            return g_strdup_printf("%s has a trace, but [lab] does not say judged_as", item->name);
        if (item->trace && (strchr(item->trace, '/') || !g_file_test(path, G_FILE_TEST_IS_REGULAR)))
            return g_strdup_printf("%s: there is no trace %s in the lab's folder traces", item->name, item->trace);
    }
    if (rubric->judged_as && rubric->own.points > 0)
        return g_strdup("[own_tests]: a lab that is judged as another cannot have tests written by students");
    return NULL;
}

bool replay_can_align(int bytes)
{
    enum { LEAST = 8 };
    return bytes >= LEAST && (bytes & (bytes - 1)) == 0;
}

bool replay_can_build(int bits)
{
    enum { NARROW = 32, WIDE = 64 };
    return bits == NARROW || bits == WIDE;
}

bool rubric_takes(const struct rubric *rubric, const char *file)
{
    bool also = false;
    for (guint i = 0; rubric->also && rubric->also[i]; i++)
        also = also || g_pattern_match_simple(rubric->also[i], file);
    return also || g_strv_contains((const char *const *)rubric->files, file);
}

static char *quiz_mistake(const struct quiz_scale *quiz)
{
    if (quiz->points > 0 && (quiz->questions == 0 || quiz->points % quiz->questions != 0))
        return g_strdup_printf("[quiz]: %d points cannot be shared out evenly among %d questions", quiz->points,
                               quiz->questions);
    return NULL;
}

static char *rubric_mistake(const struct rubric *rubric)
{
    if (!rubric->title || !rubric->files || !rubric->files[0])
        return g_strdup("[lab] must have a title and files");
    const struct own_scale *own = &rubric->own;
    bool chaffs_scale = own->chaffs_by_staff || own->chaffs_from < own->chaffs_to;
    bool coverage_scale = own->coverage_by_staff || own->coverage_from < own->coverage_to;
    if (own->points > 0 && !(chaffs_scale && coverage_scale))
        return g_strdup("[own_tests]: chaffs_from must be below chaffs_to, and coverage_from below coverage_to");
    const struct cost_scale *cost = &rubric->cost;
    if (cost->alignment != 0 && !replay_can_align(cost->alignment))
        return g_strdup_printf("[cost]: alignment = %d is not a power of two from 8 up", cost->alignment);
    if (cost->bits != 0 && !replay_can_build(cost->bits))
        return g_strdup_printf("[cost]: bits = %d is neither 32 nor 64", cost->bits);
    if (cost->points > 0 && (cost->utilization_from >= cost->utilization_to || cost->cost_from <= cost->cost_to))
        return g_strdup("[cost]: utilization_from must be below utilization_to, and cost_from above cost_to");
    char *of_quiz = quiz_mistake(&rubric->quiz);
    if (of_quiz)
        return of_quiz;
    for (guint i = 0; i < rubric->items->len; i++) {
        char *mistake = item_mistake(rubric, rubric->items->pdata[i]);
        if (mistake)
            return mistake;
    }
    return judged_as_mistake(rubric);
}

bool item_is_of_quiz(const struct item *item)
{
    return g_str_has_prefix(item->name, "quiz-");
}

/* The quiz's questions as items, and quiz.txt as one of the files to hand in. */
static void add_quiz(struct rubric *rubric)
{
    if (rubric->quiz.points == 0)
        return;
    for (int i = 1; i <= rubric->quiz.questions; i++) {
        g_autofree char *name = g_strdup_printf("quiz-%d", i);
        struct item *item = item_new(name, ITEM_ANSWER);
        item->title = g_strdup_printf("question %d about your own code", i);
        item->points = rubric->quiz.points / rubric->quiz.questions;
        g_ptr_array_add(rubric->items, item);
    }
    g_autofree char *files = g_strjoinv(" ", rubric->files);
    g_autofree char *more = g_strconcat(files, " quiz.txt", NULL);
    g_strfreev(rubric->files);
    rubric->files = words(more);
}

static struct rubric *rubric_new(const char *lab)
{
    struct rubric *rubric = g_new0(struct rubric, 1);
    rubric->lab = g_strdup(lab);
    rubric->number = g_strndup(lab, strcspn(lab, "-"));
    rubric->path = kit_path("grader", "labs", lab, "rubric.ini", NULL);
    rubric->questions = g_ptr_array_new_with_free_func(question_free);
    rubric->items = g_ptr_array_new_with_free_func(item_free);
    rubric->allow = words("");
    rubric->watch = words("");
    rubric->quiz.questions = USUAL_QUESTIONS;
    return rubric;
}

struct rubric *rubric_read(const char *lab, char **mistake)
{
    struct rubric *rubric = rubric_new(lab);
    *mistake = ini_load(rubric->path, set_key, rubric);
    g_autofree char *missing = *mistake ? NULL : rubric_mistake(rubric);
    if (missing)
        *mistake = g_strdup_printf("%s: %s", rubric->path, missing);
    if (!*mistake) {
        add_quiz(rubric);
        return rubric;
    }
    rubric_free(rubric);
    return NULL;
}

struct rubric *rubric_load(const char *lab)
{
    char *mistake = NULL;
    struct rubric *rubric = rubric_read(lab, &mistake);
    if (!rubric)
        die_unusable("%s", mistake);
    return rubric;
}
