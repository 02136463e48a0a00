// SPDX-License-Identifier: MIT
/*
 * score.c - points: what the rubric promises against what the stages found (grade.h).
 *
 * A test earns its points if it passed and all that it needs passed; a test without a verdict earns nothing.
 */
#include "grade/grade.h"

#include <string.h>

static json_t *verdict_on(const json_t *tests, const char *name)
{
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test)
    {
        const char *is = json_string_value(json_object_get(test, "name"));
        if (is && strcmp(is, name) == 0)
            return test;
    }
    return NULL;
}

static void set_text(json_t *test, const char *key, const char *text)
{
    json_object_set_new(test, key, text ? json_string(text) : json_null());
}

static void set_from(json_t *test, const char *key, const json_t *verdict, const char *from)
{
    json_t *value = json_object_get(verdict, from);
    json_object_set(test, key, value ? value : json_null());
}

static json_t *list_of(GStrv words)
{
    json_t *list = json_array();
    for (guint i = 0; words[i]; i++)
        json_array_append_new(list, json_string(words[i]));
    return list;
}

/* What the rubric says of ITEM; nothing earned yet. */
static json_t *blank(const struct item *item)
{
    json_t *test =
        json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:o, s:{s:s?, s:s?, s:s?}}", "name", item->name, "kind",
                  item->kind == ITEM_TEST ? "test" : "answer", "title", item->title, "points", 0, "max_points",
                  item->points, "status", "not_run", "visibility", item->visibility, "needs", list_of(item->needs),
                  "hint", "question", item->question, "hint", item->hint, "handout", item->handout);
    static const char *const found[] = {"message", "expected", "found", "where", "written", "output"};
    for (guint i = 0; i < G_N_ELEMENTS(found); i++)
        json_object_set_new(test, found[i], json_null());
    json_object_set_new(test, "story", json_array());
    json_object_set_new(test, "heap", json_null());
    json_object_set_new(test, "duration_ms", json_integer(0));
    return test;
}

/* TEXT made fit to print: student code has its part in it. Null stays null, and an empty text becomes null. */
static json_t *printable(const json_t *text)
{
    const char *bytes = json_string_value(text);
    g_autofree char *clean = text_clean(bytes ? bytes : "", SIZE_MAX);
    return clean[0] ? json_string(clean) : json_null();
}

static void add_verdict(json_t *test, const json_t *verdict)
{
    static const char *const texts[] = {"message", "expected", "found", "where", "written", "output"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        json_object_set_new(test, texts[i], printable(json_object_get(verdict, texts[i])));
    set_from(test, "status", verdict, "status");
    set_from(test, "duration_ms", verdict, "duration_ms");
    size_t i;
    json_t *line;
    json_array_foreach(json_object_get(verdict, "story"), i, line)
        json_array_append_new(json_object_get(test, "story"), printable(line));
    json_object_set_new(test, "heap",
                        json_pack("{s:O, s:O}", "before", json_object_get(verdict, "before"), "after",
                                  json_object_get(verdict, "after")));
}

json_t *score_verdict(const json_t *verdict)
{
    json_t *test = json_object();
    json_object_set_new(test, "story", json_array());
    add_verdict(test, verdict);
    return test;
}

/* A failed need is reported once: this test is then not run, whatever the judge saw. */
static void heed_needs(json_t *test, const struct item *item, const json_t *tests)
{
    for (guint i = 0; item->needs[i]; i++) {
        if (test_passed(verdict_on(tests, item->needs[i])))
            continue;
        g_autofree char *message = g_strdup_printf("counts once %s passes", item->needs[i]);
        set_text(test, "status", "not_run");
        set_text(test, "message", message);
        return;
    }
}

/* What a student should ask if all that is known is that a call does not end. */
static const char endless[] = "Which loop, or which function that calls itself, does not end here? What should end it, "
                              "and what changes from one round to the next?";

/* Puts the question in place that belongs to the way in which TEST failed. */
static void choose_question(json_t *test, const struct rubric *rubric, const struct item *item)
{
    const char *status = json_string_value(json_object_get(test, "status"));
    const char *const texts[] = {json_string_value(json_object_get(test, "message")),
                                 json_string_value(json_object_get(test, "expected")),
                                 json_string_value(json_object_get(test, "found"))};
    const char *question = rubric_question(rubric, item, status ? status : "", texts);
    bool is_usual = question == item->question;
    if (is_usual && status && strcmp(status, "timed_out") == 0)
        question = endless;
    set_text(json_object_get(test, "hint"), "question", question);
}

static void score_test(json_t *test, const struct rubric *rubric, const struct item *item, const json_t *verdicts,
                       const json_t *tests)
{
    const json_t *verdict = verdicts ? verdict_on(verdicts, item->name) : NULL;
    if (!verdict)
        return;
    add_verdict(test, verdict);
    if (!test_passed(test))
        choose_question(test, rubric, item);
    heed_needs(test, item, tests);
}

static bool is_prediction(const struct item *item)
{
    return g_str_has_prefix(item->name, "prediction-");
}

static const char *answer_file(const struct item *item)
{
    return is_prediction(item) ? "predictions.txt" : "diagnosis.txt";
}

/* Why the quiz can't be scored; NULL if it can. */
static char *quiz_problem(const json_t *key, const char *name, GHashTable *given)
{
    const char *about = given ? g_hash_table_lookup(given, "quiz-about") : NULL;
    if (!key)
        return g_strdup("not scored when single tests are run");
    if (json_object_get(key, "problem"))
        return g_strdup(text_at(key, "problem"));
    if (about && strcmp(about, text_at(key, "about")) != 0)
        return g_strdup("quiz.txt is about other files than these. heaplab submit writes a new one; answer that and "
                        "hand in again");
    const json_t *question = quiz_key_question(key, name);
    const char *mine = given ? g_hash_table_lookup(given, name) : NULL;
    if (!question)
        return g_strdup("there were not enough questions to ask about this code");
    return mine && mine[0] && about ? NULL : g_strdup("not answered yet in quiz.txt, which heaplab submit writes");
}

/* Why GIVEN does not answer QUESTION. */
static char *quiz_mistake(const json_t *question, const char *given)
{
    g_autofree char *wanted = quiz_answer_wanted(question);
    return quiz_answer_can_be_read(question, given)
               ? g_strdup("this is not what your code does when it is run")
               : g_strdup_printf("quiz.txt has \"%s\" here, which can't be read: write %s", given, wanted);
}

static void score_quiz(json_t *test, const struct item *item, const struct findings *findings)
{
    g_autofree char *problem = quiz_problem(findings->quiz, item->name, findings->answers);
    if (problem) {
        set_text(test, "message", problem);
        return;
    }
    const json_t *question = quiz_key_question(findings->quiz, item->name);
    const char *given = g_hash_table_lookup(findings->answers, item->name);
    bool right = quiz_answer_is_right(question, given);
    g_autofree char *mistake = right ? NULL : quiz_mistake(question, given);
    set_text(test, "status", right ? "passed" : "failed");
    set_text(test, "found", given);
    if (mistake)
        set_text(test, "message", mistake);
}

static void score_answer(json_t *test, const struct item *item, GHashTable *given)
{
    const char *answer = given ? g_hash_table_lookup(given, item->name) : NULL;
    if (!answer || !answer[0]) {
        g_autofree char *message = g_strdup_printf("not answered yet in %s", answer_file(item));
        set_text(test, "message", message);
        return;
    }
    bool right = answer_is_accepted(answer, item->answer);
    set_text(test, "status", right ? "passed" : "failed");
    if (!right)
        set_text(test, "message",
                 is_prediction(item)
                     ? "this is not what happens: run the demo (make demo) and compare what it prints with your answer"
                     : "this is not what the tools show: look again with make valgrind or make gdb; lines are those of "
                       "the file as handed out");
    set_text(test, "found", answer);
}

/* Items in the rubric's order: what an item needs stands before it. */
static json_t *score_items(const struct submission *submission, const struct findings *findings)
{
    json_t *tests = json_array();
    for (guint i = 0; i < submission->rubric->items->len; i++) {
        const struct item *item = submission->rubric->items->pdata[i];
        json_t *test = blank(item);
        if (item->by_staff)
            set_text(test, "message", "scored by staff");
        else if (item->kind == ITEM_TEST)
            score_test(test, submission->rubric, item, findings->verdicts, tests);
        else if (item_is_of_quiz(item))
            score_quiz(test, item, findings);
        else
            score_answer(test, item, findings->answers);
        if (test_passed(test))
            json_object_set_new(test, "points", json_integer(item->points));
        json_array_append_new(tests, test);
    }
    return tests;
}

static json_int_t earned(const json_t *tests)
{
    json_int_t sum = 0;
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test) sum += json_integer_value(json_object_get(test, "points"));
    return sum;
}

int score_by_staff(const struct rubric *rubric)
{
    const struct own_scale *own = &rubric->own;
    int half = own->points / 2;
    int points = (own->chaffs_by_staff ? own->points - half : 0) + (own->coverage_by_staff ? half : 0);
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        points += item->by_staff ? item->points : 0;
    }
    return points;
}

static json_t *notes_of(const struct submission *submission)
{
    json_t *notes = json_array();
    int by_staff = score_by_staff(submission->rubric);
    if (by_staff > 0)
        json_array_append_new(notes, json_sprintf("%d of the points are scored by staff: this kit, made for students, "
                                                  "does not hold what that needs",
                                                  by_staff));
    for (guint i = 0; i < submission->notes->len; i++)
        json_array_append_new(notes, json_string(submission->notes->pdata[i]));
    return notes;
}

/* --- own tests --- */

/* Where VALUE stands between FROM (0) and TO (1). */
static double part(double value, int from, int to)
{
    return CLAMP((value - from) / (to - from), 0.0, 1.0);
}

/* The mean of the reference's lines and branches that the tests reached, in percent. */
static double reached(const json_t *own)
{
    const json_t *covered = json_object_get(own, "coverage");
    return (json_real_value(json_object_get(json_object_get(covered, "lines"), "percent")) +
            json_real_value(json_object_get(json_object_get(covered, "branches"), "percent"))) /
           2;
}

/* Where the points for each half begin and end; null for a half that staff score. */
static json_t *scale_of(const struct own_scale *scale)
{
    json_t *chaffs = scale->chaffs_by_staff ? json_null()
                                            : json_pack("{s:i, s:i, s:i}", "from", scale->chaffs_from, "to",
                                                        scale->chaffs_to, "points", scale->points - scale->points / 2);
    json_t *coverage = scale->coverage_by_staff ? json_null()
                                                : json_pack("{s:i, s:i, s:i}", "from", scale->coverage_from, "to",
                                                            scale->coverage_to, "points", scale->points / 2);
    return json_pack("{s:o, s:o}", "chaffs", chaffs, "coverage", coverage);
}

/* Where the tests stand on the scale of wrong versions, from 0 to 1. */
static double caught_part(const json_t *own, const struct own_scale *scale)
{
    if (scale->chaffs_by_staff)
        return 0;
    return part((double)json_integer_value(json_object_get(own, "caught")), scale->chaffs_from, scale->chaffs_to);
}

/* The same for what they reach. To reach lines without looking at what they do earns nothing: tests that don't even
 * catch what earns the first point for wrong versions test nothing. */
static double covered_part(const json_t *own, const struct own_scale *scale)
{
    bool tests_something =
        scale->chaffs_by_staff || json_integer_value(json_object_get(own, "caught")) >= scale->chaffs_from;
    if (scale->coverage_by_staff || !tests_something)
        return 0;
    return part(reached(own), scale->coverage_from, scale->coverage_to);
}

/* Points are whole, rounded down, so that only all is all. */
static void score_own(json_t *own, const struct own_scale *scale)
{
    const double tiny = 1e-9; /* a whole number that floating point left just below */
    if (!json_is_object(own))
        return;
    double caught = caught_part(own, scale);
    double covered = covered_part(own, scale);
    int half = scale->points / 2;
    int points = (int)(caught * (scale->points - half) + tiny) + (int)(covered * half + tiny);
    json_object_set_new(own, "points", json_integer(points));
    json_object_set_new(own, "max_points", json_integer(scale->points));
    json_object_set_new(own, "scale", scale_of(scale));
}

/* The points of a lab's TESTS, OWN tests and COST. */
static json_int_t sum_of(const json_t *tests, const json_t *own, const json_t *cost)
{
    const json_t *contest = json_object_get(cost, "points");
    return earned(tests) + json_integer_value(json_object_get(own, "points")) +
           json_integer_value(json_object_get(contest, "utilization")) +
           json_integer_value(json_object_get(contest, "cost"));
}

void score_again(json_t *result, const struct rubric *rubric)
{
    json_t *tests = json_object_get(result, "tests");
    json_t *own = json_object_get(result, "own_tests");
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test)
    {
        const struct item *item = rubric_item(rubric, json_string_value(json_object_get(test, "name")));
        if (!item)
            continue;
        json_object_set_new(test, "max_points", json_integer(item->points));
        json_object_set_new(test, "points", json_integer(test_passed(test) ? item->points : 0));
    }
    score_own(own, &rubric->own);
    json_object_set_new(result, "score", json_integer(sum_of(tests, own, json_object_get(result, "cost"))));
    json_object_set_new(result, "max_score", json_integer(rubric_total(rubric)));
}

/* Cleans every text in RESULT, wherever it came from, for terminals, pages and exports. Nothing later has to. */
static void clean_texts(json_t *result)
{
    size_t i;
    const char *key;
    json_t *part;
    if (json_is_string(result)) {
        g_autofree char *clean = text_clean(json_string_value(result), SIZE_MAX);
        if (strlen(clean) != json_string_length(result) || strcmp(clean, json_string_value(result)) != 0)
            json_string_set(result, clean);
    }
    json_array_foreach(result, i, part) clean_texts(part);
    json_object_foreach(result, key, part) clean_texts(part);
}

json_t *score(const struct submission *submission, const struct findings *findings)
{
    const struct rubric *rubric = submission->rubric;
    json_t *tests = score_items(submission, findings);
    score_own(findings->own, &rubric->own);
    json_int_t points = sum_of(tests, findings->own, findings->cost);
    json_t *result = json_pack("{s:s, s:s, s:I, s:i, s:O, s:o, s:O, s:O, s:O?, s:o}", "lab", rubric->lab, "title",
                               rubric->title, "score", points, "max_score", rubric_total(rubric), "build",
                               findings->built, "tests", tests, "coverage", findings->covered, "own_tests",
                               findings->own, "cost", findings->cost, "notes", notes_of(submission));
    clean_texts(result);
    return result;
}
