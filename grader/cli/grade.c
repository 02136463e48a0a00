// SPDX-License-Identifier: MIT
/*
 * grade.c - one grade, all stages (heaplab.h).
 */
#include "heaplab.h"

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

static json_t *grade_cost(const struct submission *submission, const struct grade_plan *plan, const json_t *verdicts)
{
    json_t *found = cost(submission, plan, verdicts);
    if (json_is_null(found))
        return found;
    json_t *baseline = cost_baseline(submission->rubric);
    contest_score(found, baseline, &submission->rubric->cost);
    json_decref(baseline);
    return found;
}

/* The stages from build to evidence, for the student's solution. */
static void examine(const struct submission *submission, const struct grade_plan *plan, struct findings *findings)
{
    findings->built = build(submission, plan->coverage);
    findings->covered = json_null();
    if (!json_is_true(json_object_get(findings->built, "ok"))) {
        findings->cost = grade_cost(submission, plan, NULL);
        return;
    }
    findings->verdicts = judge(submission, plan);
    places(submission, findings->verdicts);
    memcheck(submission, findings->verdicts);
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

json_t *grade_submission(const struct submission *submission, const struct grade_plan *plan)
{
    struct own_tests *own = plan->own_known || plan->only || plan->first_failure
                                ? NULL
                                : own_tests_start(submission, measured_together(plan));
    struct findings findings = {0};
    examine(submission, plan, &findings);
    show_early(submission, plan, &findings);
    findings.own = own ? own_tests_finish(own) : plan->own_known ? json_deep_copy(plan->own_known) : json_null();
    if (measured_together(plan))
        measure(submission, &findings);
    json_t *result = score(submission, &findings);
    json_decref(findings.built);
    json_decref(findings.verdicts);
    json_decref(findings.covered);
    json_decref(findings.own);
    json_decref(findings.cost);
    return result;
}

json_t *grade_lab(const char *lab, const struct grade_plan *plan)
{
    struct rubric *rubric = rubric_load(lab);
    struct submission *submission = intake(rubric, plan->from);
    if ((plan->own_base || build_needs_own_base(rubric)) && !submission->problem)
        build_own_base(submission, plan->from);
    json_t *result = grade_submission(submission, plan);
    submission_free(submission);
    rubric_free(rubric);
    return result;
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
