// SPDX-License-Identifier: MIT
/*
 * own_tests.c - unit tests of grade/own_tests.c: what is said of tests that a correct version of the lab fails.
 */
#include "tests/unit/support/program.h"

/* A run of the referee's. TEST is empty for a version that was not run: another one had rejected the tests before. */
static json_t *run(const char *version, bool passed, const char *test, const char *message)
{
    return json_pack("{s:s, s:b, s:s, s:s}", "name", version, "passed", (int)passed, "test", test, "message", message);
}

/* The result for runs of a chaff that was caught and of REFERENCE and WHEAT. */
static json_t *summed_up(json_t *reference, json_t *wheat)
{
    json_t *runs = json_pack("[o, o, o]", run("chaff-a", false, "", ""), reference, wheat);
    json_t *document = json_pack("{s:i, s:o}", "tests", 2, "runs", runs);
    json_t *result = own_tests_sum_up(document);
    ck_assert_ptr_nonnull(result);
    return result;
}

START_TEST(right_versions_accept)
{
    json_t *own = summed_up(run("reference", true, "last", ""), run("wheat-b", true, "last", ""));
    ck_assert(json_is_true(json_object_get(own, "accepted")));
    ck_assert_int_eq(number_at(own, "caught"), 1);
    ck_assert_int_eq(number_at(own, "chaffs"), 1);
}
END_TEST

START_TEST(the_version_that_rejects_is_named)
{
    json_t *own = summed_up(run("reference", false, "sizes", "a.c:3: 1 is not 2"), run("wheat-b", false, "", ""));
    ck_assert_str_eq(unit_text(own, "message"),
                     "your test sizes fails on a correct version (the reference): a.c:3: 1 is not 2");
    ck_assert(!json_is_true(json_object_get(own, "accepted")));
    ck_assert_int_eq(number_at(own, "caught"), 0);
}
END_TEST

START_TEST(a_version_that_was_not_run_is_not_blamed)
{
    json_t *own = summed_up(run("reference", false, "", ""), run("wheat-b", false, "sizes", "a.c:3: 1 is not 2"));
    ck_assert_str_eq(unit_text(own, "message"),
                     "your test sizes fails on a correct version (one with a different design): a.c:3: 1 is not 2");
    own = summed_up(run("reference", true, "last", ""), run("wheat-b", false, "sizes", "a.c:3: 1 is not 2"));
    ck_assert_str_eq(unit_text(own, "message"),
                     "your test sizes fails on a correct version (one with a different design): a.c:3: 1 is not 2");
}
END_TEST

START_TEST(no_test_is_blamed_if_none_has_a_verdict)
{
    json_t *own = summed_up(run("reference", true, "last", ""), run("wheat-b", false, "", ""));
    ck_assert_str_eq(unit_text(own, "message"), "your tests ended the program that runs them, on a correct version");
    ck_assert(!json_is_true(json_object_get(own, "accepted")));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, right_versions_accept);
    tcase_add_test(tcase, the_version_that_rejects_is_named);
    tcase_add_test(tcase, a_version_that_was_not_run_is_not_blamed);
    tcase_add_test(tcase, no_test_is_blamed_if_none_has_a_verdict);
}
