// SPDX-License-Identifier: MIT
/*
 * contest.c - points for utilization and cost, relative to the lab's baseline (grade.h).
 *
 *     utilization   100 x mean utilization / the baseline's, on a straight line between the rubric's two values
 *     cost          100 x the geometric mean, over the traces, of cost / the baseline's cost, on a straight line of its
 *                   logarithm: halving the cost is worth the same wherever it starts. A trace counts for
 *                   at most WORST times the baseline, and for that if it is not valid or could not be counted. So a
 *                   cost run may end where it has cost so much.
 */
#include "grade/grade.h"
#include "wire/cost.h"

#include <math.h>
#include <string.h>

enum { WORST = 30, WHOLE = 100 };

double contest_cost(const json_t *trace)
{
    return real_at(trace, "instructions") + MISS_COST * real_at(trace, "misses");
}

const json_t *contest_trace(const json_t *traces, const char *name)
{
    size_t i;
    json_t *trace;
    json_array_foreach(traces, i, trace)
    {
        if (g_strcmp0(json_string_value(json_object_get(trace, "name")), name) == 0)
            return trace;
    }
    return NULL;
}

double contest_most(const json_t *trace, const json_t *baseline)
{
    const json_t *base =
        contest_trace(json_object_get(baseline, "traces"), json_string_value(json_object_get(trace, "name")));
    return WORST * contest_cost(base) * real_at(base, "operations");
}

double contest_relative_cost(const json_t *cost, const json_t *baseline)
{
    double sum = 0;
    size_t i;
    json_t *base;
    const json_t *bases = json_object_get(baseline, "traces");
    json_array_foreach(bases, i, base)
    {
        const json_t *trace =
            contest_trace(json_object_get(cost, "traces"), json_string_value(json_object_get(base, "name")));
        double mine = contest_cost(trace);
        double times = mine > 0 && json_is_true(json_object_get(trace, "valid")) ? mine / contest_cost(base) : WORST;
        sum += log(MIN(times, WORST));
    }
    size_t n = json_array_size(bases);
    return n > 0 ? WHOLE * exp(sum / (double)n) : WHOLE * WORST;
}

double contest_relative_utilization(const json_t *cost, const json_t *baseline)
{
    return WHOLE * real_at(cost, "utilization") / real_at(baseline, "utilization");
}

/* Whole points, rounded down; a hair more than nothing is given for what floating point leaves just below. */
static int points_for(int most, double part)
{
    const double tiny = 1e-9;
    return (int)(most * CLAMP(part, 0.0, 1.0) + tiny);
}

void contest_score(json_t *cost, const json_t *baseline, const struct cost_scale *scale)
{
    double utilization = contest_relative_utilization(cost, baseline);
    double times = contest_relative_cost(cost, baseline);
    int for_utilization = points_for(scale->utilization_points, (utilization - scale->utilization_from) /
                                                                    (scale->utilization_to - scale->utilization_from));
    int for_cost =
        points_for(scale->cost_points, log(scale->cost_from / times) / log((double)scale->cost_from / scale->cost_to));
    json_object_set_new(cost, "baseline",
                        json_pack("{s:f, s:f, s:f}", "utilization", real_at(baseline, "utilization"), "instructions",
                                  real_at(baseline, "instructions"), "misses", real_at(baseline, "misses")));
    json_object_set_new(cost, "relative", json_pack("{s:f, s:f}", "utilization", utilization, "cost", times));
    json_object_set_new(cost, "points", json_pack("{s:i, s:i}", "utilization", for_utilization, "cost", for_cost));
    json_object_set_new(cost, "max_points",
                        json_pack("{s:i, s:i}", "utilization", scale->utilization_points, "cost", scale->cost_points));
}
