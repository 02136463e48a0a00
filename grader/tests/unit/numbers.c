// SPDX-License-Identifier: MIT
/*
 * numbers.c - unit tests of class/pages/numbers.c: the numbers of a class.
 */
#include "class/pages/pages.h"
#include "report/report.h"
#include "tests/unit/support/program.h"

/* A result with SCORE of 200 points, whose tests "a" and "b" ended with statuses A and B. */
static json_t *result(const char *id, int score, const char *a, const char *b)
{
    return json_pack("{s:s, s:i, s:i, s:{s:s, s:b}, s:[{s:s, s:{s:b}, s:["
                     "{s:s, s:s, s:s, s:i, s:s}, {s:s, s:s, s:s, s:i, s:s}]}]}",
                     "id", id, "score", score, "max_score", 200, "student", "name", "", "late", score == 0, "labs",
                     "lab", "01-unit", "build", "ok", true, "tests", "name", "a", "title", "A", "status", a,
                     "duration_ms", 3, "where", "in f, a.c:1", "name", "b", "title", "B", "status", b, "duration_ms",
                     score, "where", "");
}

static json_t *class(void)
{
    json_t *documents =
        json_pack("[o, o, o, o]", result("w", 200, "passed", "passed"), result("x", 199, "passed", "failed"),
                  result("y", 20, "crashed", "not_run"), result("z", 0, "failed", "failed"));
    json_t *digests = json_array();
    GHashTable *pool = digest_pool();
    size_t i;
    json_t *document;
    json_array_foreach(documents, i, document) json_array_append_new(digests, digest_of(document, pool));
    g_hash_table_destroy(pool);
    json_decref(documents);
    return digests;
}

static json_t *test_of(const json_t *documents, size_t document, size_t test)
{
    const json_t *labs = json_object_get(json_array_get(documents, document), "labs");
    return json_array_get(json_object_get(json_array_get(labs, 0), "tests"), test);
}

START_TEST(tests_that_ended_alike_are_one_object)
{
    json_t *documents = class();
    ck_assert_ptr_eq(test_of(documents, 0, 0), test_of(documents, 1, 0)); /* a passed */
    ck_assert_ptr_eq(test_of(documents, 1, 1), test_of(documents, 3, 1)); /* b failed */
    ck_assert_ptr_ne(test_of(documents, 0, 1), test_of(documents, 1, 1));
    ck_assert_str_eq(text_at(test_of(documents, 2, 0), "status"), "crashed");
    ck_assert_ptr_null(json_object_get(test_of(documents, 0, 0), "duration_ms"));
}
END_TEST

static json_int_t number(const json_t *list, size_t i, const char *key)
{
    return number_at(json_array_get(list, i), key);
}

START_TEST(the_summary_adds_up)
{
    json_t *summary = numbers_summary(class());
    ck_assert_int_eq((int)number_at(summary, "submissions"), 4);
    ck_assert_int_eq((int)number_at(summary, "whole"), 1);
    ck_assert_int_eq((int)number_at(summary, "late"), 1);
    ck_assert_int_eq((int)number_at(summary, "unbuilt"), 0);
    ck_assert_double_eq_tol(json_real_value(json_object_get(summary, "mean")), 104.75, 0.001);
    ck_assert_double_eq_tol(json_real_value(json_object_get(summary, "median")), 109.5, 0.001);
}
END_TEST

START_TEST(all_points_lie_in_the_last_bin)
{
    json_t *bins = numbers_histogram(class());
    ck_assert_uint_eq(json_array_size(bins), 10);
    ck_assert_int_eq((int)number(bins, 0, "count"), 1);
    ck_assert_int_eq((int)number(bins, 1, "count"), 1); /* 10% is in the second bin */
    ck_assert_int_eq((int)number(bins, 9, "count"), 2);
    ck_assert_int_eq((int)number(bins, 9, "to"), 100);
}
END_TEST

START_TEST(the_hardest_test_comes_first)
{
    json_t *hardest = numbers_hardest(class());
    ck_assert_uint_eq(json_array_size(hardest), 2);
    ck_assert_str_eq(text_at(json_array_get(hardest, 0), "name"), "b");
    ck_assert_int_eq((int)number(hardest, 0, "count"), 2); /* where it was not run, it says nothing */
    ck_assert_int_eq((int)number(hardest, 0, "not_run"), 1);
    ck_assert_int_eq((int)number(hardest, 0, "percent"), 66);
    ck_assert_int_eq((int)number(hardest, 1, "count"), 2);
}
END_TEST

START_TEST(a_first_failure_is_counted_once)
{
    json_t *failures = numbers_first_failures(class());
    ck_assert_uint_eq(json_array_size(failures), 2);
    ck_assert_str_eq(text_at(json_array_get(failures, 0), "name"), "a");
    ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(failures, 0), "students")), 2);
    ck_assert_int_eq((int)number(failures, 1, "count"), 1);
}
END_TEST

/* A result whose only test failed, saying MESSAGE, and whose own tests let one wrong version of MISSED through. */
static json_t *said(const char *message, const char *missed)
{
    return json_pack("{s:s, s:[{s:s, s:{s:b}, s:{s:i, s:[{s:s, s:i}]}, s:[{s:s, s:s, s:s, s:s}]}]}", "id", "s", "labs",
                     "lab", "01-unit", "build", "ok", true, "own_tests", "points", 1, "missed", "title", missed,
                     "versions", 1, "tests", "name", "a", "title", "A", "status", "failed", "message", message);
}

START_TEST(each_test_is_counted_by_its_end)
{
    json_t *tests = numbers_tests(class());
    static const int a[] = {2, 1, 1, 0, 0};
    static const int b[] = {1, 2, 0, 1, 0};
    static const char *const keys[] = {"passed", "failed", "crashed", "not_run", "unbuilt"};
    ck_assert_uint_eq((unsigned)json_array_size(tests), 2);
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        ck_assert_msg(number(tests, 0, keys[i]) == a[i], "a: %s", keys[i]);
        ck_assert_msg(number(tests, 1, keys[i]) == b[i], "b: %s", keys[i]);
    }
}
END_TEST

START_TEST(messages_that_differ_in_numbers_are_one)
{
    json_t *documents =
        json_pack("[o, o, o, o]", said("read of 0x8 at \"xy\" after 1,234 calls", "frees"), said("nothing", "sizes"),
                  said("read of 0x123 at \"z\" after 7 calls", "frees"), said("mm_malloc2 read8", "frees"));
    const json_t *entry = json_array_get(numbers_tests(documents), 0);
    ck_assert_str_eq(text_at(entry, "message"), "read of N at \"...\" after N calls");
    ck_assert_int_eq((int)number_at(entry, "times"), 2);
    json_t *missed = numbers_missed(documents);
    ck_assert_str_eq(text_at(json_array_get(missed, 0), "title"), "frees");
    ck_assert_int_eq((int)number(missed, 0, "students"), 3);
    ck_assert_int_eq((int)number(missed, 1, "versions"), 1);
}
END_TEST

/* A hand-in of the student ID with the files FILES. */
static json_t *handed(const char *id, const char *files, const char *day, int score, int revision)
{
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:i}", "id", id, "files", files, "day", day, "score", score,
                     "max_score", 100, "revision", revision);
}

/* Jane hands in twice and is graded again in between; Joe once, on the second day. */
static json_t *two_students(const char *first, const char *second)
{
    return json_pack("[o, o, o, o]", handed("jane", "f1", first, 10, 1), handed("joe", "g", second, 90, 1),
                     handed("jane", "f1", first, 20, 2), handed("jane", "f2", second, 60, 3));
}

static void expect_row(const json_t *rows, size_t i, const char *label, int students, int new, const char *mean)
{
    const json_t *row = json_array_get(rows, i);
    ck_assert_str_eq(text_at(row, "label"), label);
    ck_assert_int_eq((int)number_at(row, "students"), students);
    ck_assert_int_eq((int)number_at(row, "new"), new);
    ck_assert_str_eq(text_at(row, "mean"), mean);
}

START_TEST(a_day_counts_what_was_there_by_then)
{
    json_t *days = over_time_days(two_students("2026-03-01", "2026-03-02"));
    ck_assert_uint_eq((unsigned)json_array_size(days), 2);
    expect_row(days, 0, "2026-03-01", 1, 1, "20.0"); /* graded again, it is one hand-in, with its last score */
    expect_row(days, 1, "2026-03-02", 2, 2, "75.0");
    ck_assert_int_eq((int)number(days, 1, "percent"), 75);
    ck_assert_uint_eq((unsigned)json_array_size(over_time_days(two_students("", ""))), 0);
}
END_TEST

START_TEST(hand_ins_are_counted_by_their_number)
{
    json_t *rounds = over_time_rounds(two_students("", ""));
    ck_assert_uint_eq((unsigned)json_array_size(rounds), 2);
    expect_row(rounds, 0, "1", 2, 0, "55.0");
    expect_row(rounds, 1, "2", 1, 0, "60.0");
}
END_TEST

START_TEST(the_slowest_comes_first)
{
    json_t *slowest = numbers_slowest(class());
    ck_assert_str_eq(text_at(json_array_get(slowest, 0), "id"), "w");
    ck_assert_int_eq((int)number(slowest, 0, "ms"), 203);
}
END_TEST

START_TEST(bad_ends_are_listed_by_submission)
{
    json_t *ended = numbers_ended_badly(class());
    ck_assert_uint_eq(json_array_size(ended), 1);
    ck_assert_str_eq(text_at(json_array_get(ended, 0), "who"), "y");
    ck_assert_uint_eq(json_array_size(json_object_get(json_array_get(ended, 0), "tests")), 1);
}
END_TEST

START_TEST(an_empty_class_has_no_numbers)
{
    json_t *nobody = json_array();
    ck_assert_int_eq((int)number_at(numbers_summary(nobody), "submissions"), 0);
    ck_assert_uint_eq(json_array_size(numbers_hardest(nobody)), 0);
    ck_assert_uint_eq(json_array_size(numbers_slowest(nobody)), 0);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, tests_that_ended_alike_are_one_object);
    tcase_add_test(tcase, the_summary_adds_up);
    tcase_add_test(tcase, all_points_lie_in_the_last_bin);
    tcase_add_test(tcase, the_hardest_test_comes_first);
    tcase_add_test(tcase, a_first_failure_is_counted_once);
    tcase_add_test(tcase, each_test_is_counted_by_its_end);
    tcase_add_test(tcase, messages_that_differ_in_numbers_are_one);
    tcase_add_test(tcase, a_day_counts_what_was_there_by_then);
    tcase_add_test(tcase, hand_ins_are_counted_by_their_number);
    tcase_add_test(tcase, the_slowest_comes_first);
    tcase_add_test(tcase, bad_ends_are_listed_by_submission);
    tcase_add_test(tcase, an_empty_class_has_no_numbers);
}
