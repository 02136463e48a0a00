// SPDX-License-Identifier: MIT
/*
 * grade.c - one grade, all stages (grade.h).
 */
#include "grade/grade.h"
#include "grade/foreign/foreign.h"

#include <string.h>

/* Coverage of the student's code and of the reference by the student's tests are measured in one go, at the end: it
 * takes longer than all the rest. */
static bool measured_together(const struct grade_plan *plan)
{
    return plan->coverage && !plan->coverage_html && !plan->only && !plan->first_failure;
}

static void measure(const struct submission *submission, struct findings *findings)
{
    json_t *of_reference = NULL;
    json_decref(findings->covered);
    coverage_of_two(submission, OWN_TESTS_FOLDER, &findings->covered, &of_reference);
    own_tests_add_coverage(findings->own, of_reference);
}

/* What calls cost, without points; null if nobody wants to know. */
static json_t *count_cost(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    if (!cost_is_wanted(submission, plan))
        return json_null();
    g_auto(GStrv) tests = cost_to_count(submission, plan, verdicts);
    json_t *counted = tests[0] ? judge_cost(submission, plan, tests) : json_array();
    json_t *found = cost(submission, verdicts, counted);
    json_decref(counted);
    return found;
}

static json_t *grade_cost(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    json_t *found = count_cost(submission, plan, verdicts);
    if (json_is_null(found))
        return found;
    json_t *baseline = cost_baseline(submission->rubric);
    contest_score(found, baseline, &submission->rubric->cost);
    formula_score(found, baseline, submission->rubric);
    json_decref(baseline);
    return found;
}

/* Builds code of another course, twice if it needs a function that it can do without. */
static json_t *build_foreign(struct submission *submission, bool with_coverage)
{
    json_t *built = build(submission, with_coverage);
    if (json_is_true(json_object_get(built, "ok")) || !foreign_replaces_unknown(submission))
        return built;
    json_decref(built);
    return build(submission, with_coverage);
}

/* Judges again, as often as PLAN wants; what is not as in VERDICTS goes to PLAN's differences. */
static void judge_repeatedly(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    enum { SCHEDULES = 7 }; /* the judge's (--schedule): each of them changes one thing at least */
    unsigned times = plan->again ? plan->again(verdicts) : 0;
    for (unsigned i = 0; i < times && plan->differences->len == 0; i++) {
        unsigned schedule = i % SCHEDULES + 1;
        g_autofree char *evidence = g_strdup_printf("evidence-%u", i);
        json_t *again = judge_again(submission, plan, schedule, evidence);
        places(submission, again);
        memcheck(submission, evidence, again);
        repeat_compare(verdicts, again, schedule, plan->differences);
        json_decref(again);
    }
}

/* The stages from build to evidence, for the student's solution. */
static void examine(struct submission *submission, const struct grade_plan *plan, struct findings *findings)
{
    findings->built =
        submission->rubric->judged_as ? build_foreign(submission, plan->coverage) : build(submission, plan->coverage);
    findings->covered = json_null();
    if (!json_is_true(json_object_get(findings->built, "ok"))) {
        findings->cost = grade_cost(submission, plan, NULL);
        return;
    }
    findings->verdicts = judge(submission, plan);
    places(submission, findings->verdicts);
    memcheck(submission, "evidence", findings->verdicts);
    judge_repeatedly(submission, plan, findings->verdicts);
    types(submission, findings->verdicts);
    if (plan->coverage)
        judge_counted(submission, plan);
    findings->cost = grade_cost(submission, plan, findings->verdicts);
    if (plan->coverage && !measured_together(plan))
        findings->covered = coverage(submission, plan->coverage_html);
}

/* The result without what takes long, for whoever waits at a terminal: "own_tests" or "coverage" is true if it is to
 * come. */
static void show_early(const struct submission *submission, const struct grade_plan *plan, struct findings *findings)
{
    bool own = !plan->only && !plan->first_failure && submission->rubric->own.points > 0;
    bool covered = measured_together(plan) && findings->verdicts;
    if (!plan->early || (!own && !covered))
        return;
    findings->own = json_null();
    json_t *result = score(submission, findings);
    if (own)
        json_object_set_new(result, "own_tests", json_true());
    if (covered)
        json_object_set_new(result, "coverage", json_true());
    plan->early(result);
    json_decref(result);
}

/* SUBMISSION as it is built: in a lab that is judged as another, with what stands between it and that lab's judge. The
 * work folder is the same. */
static struct submission *prepared(const struct submission *submission)
{
    struct submission *copy = g_memdup2(submission, sizeof *submission);
    copy->sources = g_strdupv(submission->sources);
    copy->renames = g_strdupv(submission->renames);
    copy->flags = g_strdup(submission->flags);
    if (submission->rubric->judged_as)
        foreign_prepare(copy);
    return copy;
}

static void prepared_free(struct submission *copy)
{
    g_strfreev(copy->sources);
    g_strfreev(copy->renames);
    g_free(copy->flags);
    g_free(copy);
}

json_t *grade_submission(const struct submission *handed_in, const struct grade_plan *plan)
{
    struct submission *submission = prepared(handed_in);
    build_demand_bits(submission);
    struct own_tests *own = plan->own_known || plan->only || plan->first_failure
                                ? NULL
                                : own_tests_start(submission, measured_together(plan));
    struct findings findings = {.answers = answers(submission)};
    json_t *quiz = plan->only || plan->first_failure ? NULL : quiz_key(submission);
    findings.quiz = quiz;
    examine(submission, plan, &findings);
    show_early(submission, plan, &findings);
    findings.own = own ? own_tests_finish(own) : plan->own_known ? json_deep_copy(plan->own_known) : json_null();
    if (measured_together(plan))
        measure(submission, &findings);
    json_t *result = score(submission, &findings);
    g_hash_table_destroy(findings.answers);
    json_decref(quiz);
    json_decref(findings.built);
    json_decref(findings.verdicts);
    json_decref(findings.covered);
    json_decref(findings.own);
    json_decref(findings.cost);
    prepared_free(submission);
    return result;
}

static bool all_pass(const json_t *verdicts)
{
    size_t i;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (!test_passed(verdict))
            return false;
    }
    return json_array_size(verdicts) > 0;
}

/* SUBMISSION stands on an earlier lab: looks at the student's own code for that, in FROM. */
static void examine_base(struct submission *submission, const char *from)
{
    const struct grade_plan plan = {.from = from};
    struct rubric *below = rubric_load(submission->rubric->base);
    struct submission *earlier = intake(below, from);
    json_t *built = build(earlier, false);
    struct base_found found = {.compiles = json_is_true(json_object_get(built, "ok")),
                               .problem = json_string_value(json_object_get(built, "problem"))};
    json_t *verdicts = found.compiles ? judge(earlier, &plan) : NULL;
    found.passes = all_pass(verdicts);
    base_put(submission, earlier, &found);
    json_decref(verdicts);
    json_decref(built);
    submission_free(earlier);
    rubric_free(below);
}

static void put_base_under(struct submission *submission, const struct grade_plan *plan)
{
    const struct rubric *rubric = submission->rubric;
    if (rubric->base && (plan->own_base || base_is_missing(rubric)) && !submission->problem)
        examine_base(submission, plan->from);
}

static void keep_files(const struct submission *submission, const char *folder)
{
    g_autofree char *from = submission_path(submission, "src");
    g_autofree char *to = g_build_filename(folder, submission->rubric->lab, NULL);
    files_copy_folder(from, to);
}

json_t *grade_lab(const char *lab, const struct grade_plan *plan)
{
    struct rubric *rubric = rubric_load(lab);
    struct submission *submission = plan->take ? plan->take(rubric, plan->from) : intake(rubric, plan->from);
    put_base_under(submission, plan);
    json_t *result = grade_submission(submission, plan);
    if (plan->keep)
        keep_files(submission, plan->keep);
    submission_free(submission);
    rubric_free(rubric);
    return result;
}

/* Builds SUBMISSION for something that is no grade, or says why that can't be. */
static void build_or_die(const struct submission *submission)
{
    json_t *built = build(submission, false);
    const char *diagnostics = text_at(built, "diagnostics");
    const char *problem = text_at(built, "problem");
    if (!json_is_true(json_object_get(built, "ok")))
        die_unusable("nothing could be run: %s%s%s", problem[0] ? problem : "it does not compile",
                     diagnostics[0] ? "\n" : "", diagnostics);
    json_decref(built);
}

/* Where cost counts, graded code is not watched. For a timeline it is built once more, to be watched without being
 * refused anything; if it can't be, its timeline has no stores. */
static void build_for_timeline(struct submission *submission)
{
    if (!submission->measured) {
        build_or_die(submission);
        return;
    }
    submission->measured = false;
    submission->forgives = true;
    json_t *built = build(submission, false);
    bool ok = json_is_true(json_object_get(built, "ok"));
    json_decref(built);
    if (ok)
        return;
    submission->measured = true;
    submission->forgives = false;
    build_or_die(submission);
}

void grade_build_on_base(struct submission *submission, const struct grade_plan *plan)
{
    put_base_under(submission, plan);
    if (submission->rubric->judged_as)
        foreign_prepare(submission);
    build_for_timeline(submission);
}

json_t *grade_built_timeline(const struct submission *submission, const struct grade_plan *plan, const char *test,
                             const char *trace, char **timeline)
{
    g_autofree char *evidence = submission_path(submission, "evidence");
    files_remove_tree(evidence);
    json_t *verdicts = judge_timeline(submission, plan, test, trace, timeline);
    places(submission, verdicts);
    return verdicts;
}

json_t *grade_timeline(struct submission *submission, const struct grade_plan *plan, const char *test,
                       const char *trace, char **timeline)
{
    grade_build_on_base(submission, plan);
    return grade_built_timeline(submission, plan, test, trace, timeline);
}

struct submission *grade_take_for_steps(const struct rubric *rubric, const struct grade_plan *plan)
{
    struct submission *submission = intake(rubric, plan->from);
    submission->flags = g_strdup(" -fsanitize-coverage=trace-pc");
    return submission;
}

json_t *grade_build_changed(struct submission *submission, bool filled)
{
    char *before = submission->flags;
    submission->flags = g_strconcat(before ? before : "", filled ? " -ftrivial-auto-var-init=pattern" : "", NULL);
    json_t *built = build(submission, false);
    g_free(submission->flags);
    submission->flags = before;
    return built;
}

/* The lab's tests that replay a trace. */
static GStrv trace_tests(const struct rubric *rubric)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint i = 0; rubric->judged_as && i < rubric->items->len; i++)
        g_strv_builder_add(names, ((const struct item *)rubric->items->pdata[i])->name);
    json_t *tests = rubric->judged_as ? json_array() : judge_tests(rubric->lab, false);
    size_t i;
    json_t *test;
    json_array_foreach(tests, i, test)
    {
        if (g_str_has_prefix(json_string_value(test), "trace_"))
            g_strv_builder_add(names, json_string_value(test));
    }
    json_decref(tests);
    return g_strv_builder_end(names);
}

/* Adds to FOUND's traces what VERDICTS say about those that failed. */
static void add_failures(json_t *found, const json_t *verdicts)
{
    size_t i;
    size_t n = 0;
    json_t *verdict;
    json_array_foreach(verdicts, i, verdict)
    {
        if (!json_is_string(json_object_get(verdict, "trace")))
            continue;
        json_t *trace = json_array_get(json_object_get(found, "traces"), n++);
        if (!test_passed(verdict))
            json_object_set_new(trace, "failure", score_verdict(verdict));
    }
}

static json_t *traces_of_built(const struct submission *submission, const struct grade_plan *plan)
{
    g_auto(GStrv) tests = plan->traces ? NULL : trace_tests(submission->rubric);
    if (!plan->traces && !tests[0])
        die_unusable("lab %s has no tests with traces; name some with --trace", submission->rubric->number);
    json_t *verdicts = judge_named(submission, plan, tests);
    places(submission, verdicts);
    json_t *found = count_cost(submission, plan, verdicts);
    add_failures(found, verdicts);
    json_decref(verdicts);
    return found;
}

json_t *grade_traces(const struct submission *submission, const struct grade_plan *plan)
{
    json_t *built = build(submission, false);
    const char *problem = json_string_value(json_object_get(built, "problem"));
    if (problem)
        die_unusable("%s", problem);
    json_decref(built);
    return traces_of_built(submission, plan);
}

json_t *grade_foreign_traces(struct submission *submission, const struct grade_plan *plan)
{
    json_t *built = build_foreign(submission, false);
    if (!json_is_true(json_object_get(built, "ok")))
        die_unusable("%s", text_at(built, "problem"));
    json_decref(built);
    return traces_of_built(submission, plan);
}

json_t *grade_document(const char *submission_id, json_t *labs)
{
    json_int_t score = 0;
    json_int_t most = 0;
    size_t i;
    json_t *lab;
    json_array_foreach(labs, i, lab)
    {
        score += json_integer_value(json_object_get(lab, "score"));
        most += json_integer_value(json_object_get(lab, "max_score"));
    }
    g_autofree char *id = text_clean(submission_id, strlen(submission_id)); /* a path can hold any byte */
    return json_pack("{s:i, s:s, s:s, s:I, s:I, s:o}", "schema", RESULT_SCHEMA, "kit", "heaplab " HEAPLAB_VERSION,
                     "submission", id, "score", score, "max_score", most, "labs", labs);
}
