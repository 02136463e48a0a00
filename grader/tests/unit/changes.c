// SPDX-License-Identifier: MIT
/*
 * changes.c - unit tests of desk/changes.c: what a student reads about the difference to the last grade.
 */
#include "desk/desk.h"
#include "tests/unit/support/program.h"

/* A result with SCORE, in which test "a" passed and "b" ended with STATUS; trace "t" reached UTILIZATION. */
static json_t *result(int score, const char *status, double utilization)
{
    return json_pack("{s:i, s:[{s:s, s:s, s:s}, {s:s, s:s, s:s}], s:{s:[{s:s, s:f, s:f}]}}", "score", score, "tests",
                     "name", "a", "status", "passed", "visibility", "visible", "name", "b", "status", status,
                     "visibility", "visible", "cost", "traces", "name", "t", "utilization", utilization, "instructions",
                     120.0);
}

/* What changed from BEFORE to NOW. */
static char *changed(json_t *before, json_t *now)
{
    json_t *entry = json_pack("{s:O, s:o, s:o}", "score", json_object_get(before, "score"), "passed",
                              changes_passed(before), "traces", changes_traces(before));
    return changes_since(entry, now);
}

START_TEST(the_same_is_no_change)
{
    ck_assert_str_eq(changed(result(5, "failed", 0.5), result(5, "crashed", 0.5)), "");
}
END_TEST

START_TEST(points_and_tests_are_told)
{
    ck_assert_str_eq(changed(result(5, "failed", 0.5), result(7, "passed", 0.5)),
                     "Since the last time: 5 -> 7 points; now passes: b.");
    ck_assert_str_eq(changed(result(7, "passed", 0.5), result(7, "failed", 0.5)),
                     "Since the last time: no longer passes: b.");
}
END_TEST

START_TEST(traces_are_told)
{
    ck_assert_str_eq(changed(result(5, "failed", 0.5), result(5, "failed", 0.625)),
                     "Since the last time: t: utilization 50.0 -> 62.5 %, 120 -> 120 instructions a call.");
}
END_TEST

START_TEST(the_first_time_nothing_is_told)
{
    ck_assert_str_eq(changes_since(json_pack("{s:i}", "score", 3), result(5, "passed", 0.5)), "");
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, the_same_is_no_change);
    tcase_add_test(tcase, points_and_tests_are_told);
    tcase_add_test(tcase, traces_are_told);
    tcase_add_test(tcase, the_first_time_nothing_is_told);
}
