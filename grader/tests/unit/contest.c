// SPDX-License-Identifier: MIT
/*
 * contest.c - unit tests of grade/contest.c: points for utilization and cost.
 */
#include "report/report.h"
#include "tests/unit/support/program.h"

static const struct cost_scale scale = {.points = 40,
                                        .utilization_points = 20,
                                        .utilization_from = 50,
                                        .utilization_to = 100,
                                        .cost_points = 20,
                                        .cost_from = 400,
                                        .cost_to = 100};

/* Two traces with UTILIZATION, each with INSTRUCTIONS and one miss a call. */
static json_t *numbers(double utilization, double instructions, bool valid)
{
    static const char *const names[] = {"a", "b"};
    json_t *traces = json_array();
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        json_array_append_new(traces,
                              json_pack("{s:s, s:b, s:f, s:f, s:f}", "name", names[i], "valid", (int)valid,
                                        "utilization", utilization, "instructions", instructions, "misses", 1.0));
    return json_pack("{s:o, s:f, s:f, s:f}", "traces", traces, "utilization", utilization, "instructions", instructions,
                     "misses", 1.0);
}

static int points(json_t *mine, const char *key)
{
    json_t *baseline = numbers(0.8, 90, true); /* a cost of 100 */
    contest_score(mine, baseline, &scale);
    int found = (int)json_integer_value(json_object_get(json_object_get(mine, "points"), key));
    json_decref(baseline);
    json_decref(mine);
    return found;
}

START_TEST(as_good_as_the_baseline_is_enough)
{
    ck_assert_int_eq(points(numbers(0.8, 90, true), "utilization"), 20);
    ck_assert_int_eq(points(numbers(0.8, 90, true), "cost"), 20);
}
END_TEST

START_TEST(better_than_the_baseline_earns_no_more)
{
    ck_assert_int_eq(points(numbers(0.99, 20, true), "utilization"), 20);
    ck_assert_int_eq(points(numbers(0.99, 20, true), "cost"), 20);
}
END_TEST

START_TEST(utilization_earns_on_a_straight_line)
{
    ck_assert_int_eq(points(numbers(0.6, 90, true), "utilization"), 10);
    ck_assert_int_eq(points(numbers(0.4, 90, true), "utilization"), 0);
    ck_assert_int_eq(points(numbers(0.1, 90, true), "utilization"), 0);
}
END_TEST

START_TEST(cost_earns_by_halves_and_quarters)
{
    ck_assert_int_eq(points(numbers(0.8, 190, true), "cost"), 10);
    ck_assert_int_eq(points(numbers(0.8, 390, true), "cost"), 0);
    ck_assert_int_eq(points(numbers(0.8, 100000, true), "cost"), 0);
}
END_TEST

START_TEST(what_is_not_valid_or_not_counted_costs_most)
{
    ck_assert_int_eq(points(numbers(0.8, 90, false), "cost"), 0);
    ck_assert_int_eq(points(json_pack("{s:[], s:f}", "traces", "utilization", 0.0), "cost"), 0);
    ck_assert_int_eq(points(json_pack("{s:[], s:f}", "traces", "utilization", 0.0), "utilization"), 0);
}
END_TEST

START_TEST(a_trace_counts_for_thirty_times_the_baseline_at_most)
{
    json_t *baseline = json_pack("{s:[{s:s, s:i, s:f, s:f}]}", "traces", "name", "a", "operations", 50, "instructions",
                                 90.0, "misses", 1.0);
    json_t *known = json_pack("{s:s}", "name", "a");
    json_t *unknown = json_pack("{s:s}", "name", "b");
    ck_assert_double_eq_tol(contest_most(known, baseline), 30.0 * 100 * 50, 1e-6);
    ck_assert_double_eq(contest_most(unknown, baseline), 0);
    json_decref(unknown);
    json_decref(known);
    json_decref(baseline);
}
END_TEST

/* A stopped cost run would have cost more for each operation. */
START_TEST(what_was_not_counted_to_the_end_costs_most)
{
    ck_assert_int_eq(points(numbers(0.8, 30 * 100 + 1, true), "cost"), 0);
    json_t *baseline = numbers(0.8, 90, true);
    json_t *mine = numbers(0.8, 1e9, true);
    ck_assert_double_eq_tol(contest_relative_cost(mine, baseline), 3000, 1e-6);
    json_decref(mine);
    json_decref(baseline);
}
END_TEST

static void advice_is(int utilization_points, int cost_points, int static_bytes, const char *expected)
{
    json_t *cost =
        json_pack("{s:[{s:s, s:b, s:f, s:f}, {s:s, s:b, s:f, s:f}, {s:s, s:b, s:f}], s:{s:i, s:i}, s:{s:i, s:i}, s:i}",
                  "traces", "name", "a", "valid", 1, "utilization", 0.5, "instructions", 900.0, "name", "b", "valid", 1,
                  "utilization", 0.25, "instructions", 30.0, "name", "c", "valid", 0, "utilization", 0.1, "points",
                  "utilization", utilization_points, "cost", cost_points, "max_points", "utilization", 20, "cost", 20,
                  "static_bytes", static_bytes);
    json_t *lab = json_pack("{s:o}", "cost", cost);
    g_autofree char *said = contest_advice(lab);
    ck_assert_str_eq(said, expected);
    json_decref(lab);
}

START_TEST(the_trace_that_loses_most_is_named)
{
    advice_is(20, 20, 9000, "");
    advice_is(19, 20, 100,
              "Utilization is lowest on trace b: 25.0%. To see the heap over time: make explore TEST=trace_b");
    advice_is(20, 3, 0,
              "A call costs most on trace a: 900 instructions. To see the heap over time: make explore TEST=trace_a");
    advice_is(
        3, 20, 9000,
        "Utilization is lowest on trace b: 25.0%. 9000 bytes of static variables count as heap on every trace. To "
        "see the heap over time: make explore TEST=trace_b");
}
END_TEST

/* --- another course's formula --- */

/* What the formula gives for traces a and b, each with such WEIGHTS. -1: unknown. */
static double index_of(json_t *mine, int weight_a, int weight_b, int full_speed)
{
    struct item items[] = {{.trace = (char *)(uintptr_t) "a", .weight = weight_a},
                           {.trace = (char *)(uintptr_t) "b", .weight = weight_b}};
    g_autoptr(GPtrArray) list = g_ptr_array_new();
    g_ptr_array_add(list, &items[0]);
    g_ptr_array_add(list, &items[1]);
    struct rubric rubric = {.items = list, .formula = {true, 60, full_speed}};
    json_t *baseline = numbers(0.8, 90, true); /* a cost of 100 */
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(baseline, "traces"), i, trace)
        json_object_set_new(trace, "operations", json_integer(10));
    json_array_foreach(json_object_get(mine, "traces"), i, trace)
        json_object_set_new(trace, "operations", json_integer(10));
    formula_score(mine, baseline, &rubric);
    json_t *found = json_object_get(json_object_get(mine, "formula"), "index");
    double index = json_is_number(found) ? json_number_value(found) : -1;
    json_decref(baseline);
    json_decref(mine);
    return index;
}

START_TEST(formula_weighs_utilization_and_speed)
{
    const double tiny = 1e-9;
    ck_assert_double_eq_tol(index_of(numbers(0.5, 90, true), WEIGHT_BOTH, WEIGHT_BOTH, 100), 30 + 40, tiny);
    ck_assert_double_eq_tol(index_of(numbers(0.5, 190, true), WEIGHT_BOTH, WEIGHT_BOTH, 100), 30 + 20, tiny);
    ck_assert_double_eq_tol(index_of(numbers(0.5, 190, true), WEIGHT_BOTH, WEIGHT_BOTH, 50), 30 + 40, tiny);
    ck_assert_double_eq_tol(index_of(numbers(0.5, 10, true), WEIGHT_BOTH, WEIGHT_BOTH, 100), 30 + 40, tiny);
}
END_TEST

START_TEST(formula_looks_at_the_traces_that_count)
{
    const double tiny = 1e-9;
    ck_assert_double_eq_tol(index_of(numbers(0.5, 190, true), WEIGHT_UTILIZATION, WEIGHT_SPEED, 100), 30 + 20, tiny);
    json_t *uneven = numbers(0.5, 90, true);
    json_object_set_new(json_array_get(json_object_get(uneven, "traces"), 1), "utilization", json_real(1));
    ck_assert_double_eq_tol(index_of(uneven, WEIGHT_BOTH, WEIGHT_NONE, 100), 30 + 40, tiny);
}
END_TEST

START_TEST(formula_gives_nothing_if_a_trace_failed)
{
    ck_assert_double_eq(index_of(numbers(0.5, 90, false), WEIGHT_BOTH, WEIGHT_BOTH, 100), 0);
    ck_assert_double_eq(index_of(numbers(0.5, 90, false), WEIGHT_NONE, WEIGHT_NONE, 100), 0);
}
END_TEST

START_TEST(formula_is_unknown_without_a_count)
{
    json_t *uncounted = numbers(0.5, 0, true);
    size_t i;
    json_t *trace;
    json_array_foreach(json_object_get(uncounted, "traces"), i, trace)
        json_object_set_new(trace, "misses", json_real(0));
    ck_assert_double_eq(index_of(uncounted, WEIGHT_BOTH, WEIGHT_BOTH, 100), -1);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, formula_weighs_utilization_and_speed);
    tcase_add_test(tcase, formula_looks_at_the_traces_that_count);
    tcase_add_test(tcase, formula_gives_nothing_if_a_trace_failed);
    tcase_add_test(tcase, formula_is_unknown_without_a_count);
    tcase_add_test(tcase, the_trace_that_loses_most_is_named);
    tcase_add_test(tcase, a_trace_counts_for_thirty_times_the_baseline_at_most);
    tcase_add_test(tcase, what_was_not_counted_to_the_end_costs_most);
    tcase_add_test(tcase, as_good_as_the_baseline_is_enough);
    tcase_add_test(tcase, better_than_the_baseline_earns_no_more);
    tcase_add_test(tcase, utilization_earns_on_a_straight_line);
    tcase_add_test(tcase, cost_earns_by_halves_and_quarters);
    tcase_add_test(tcase, what_is_not_valid_or_not_counted_costs_most);
}
