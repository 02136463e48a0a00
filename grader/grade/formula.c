// SPDX-License-Identifier: MIT
/*
 * formula.c - how another course's driver scores the same work (grade.h):
 *
 *     100 x (W x utilization + (1 - W) x min(1, speed / full speed)), and 0 if a trace failed
 *
 * Utilization is the mean over the traces that count for it. The driver takes its speed from a clock and divides it by
 * that of the C library on its own machine; here it is the operations per cost, and those of the lab's baseline.
 */
#include "grade/grade.h"

#include <string.h>

enum { WHOLE = 100 };

static double whole_cost(const json_t *trace)
{
    return contest_cost(trace) * real_at(trace, "operations");
}

/* Sums over the traces that count. */
struct sums {
    double utilization, mine, baselines;
    guint traces, failed, uncounted;
};

static void add_trace(struct sums *sums, const struct item *item, const json_t *trace, const json_t *base)
{
    sums->failed += !json_is_true(json_object_get(trace, "valid"));
    if (item->weight == WEIGHT_BOTH || item->weight == WEIGHT_UTILIZATION) {
        sums->utilization += real_at(trace, "utilization");
        sums->traces++;
    }
    if (item->weight == WEIGHT_BOTH || item->weight == WEIGHT_SPEED) {
        sums->mine += whole_cost(trace);
        sums->baselines += whole_cost(base);
        sums->uncounted += whole_cost(trace) <= 0;
    }
}

static struct sums sums_over(const json_t *cost, const json_t *baseline, const struct rubric *rubric)
{
    struct sums sums = {0};
    for (guint i = 0; i < rubric->items->len; i++) {
        const struct item *item = rubric->items->pdata[i];
        if (item->trace)
            add_trace(&sums, item, contest_trace(json_object_get(cost, "traces"), item->trace),
                      contest_trace(json_object_get(baseline, "traces"), item->trace));
    }
    return sums;
}

void formula_score(json_t *cost, const json_t *baseline, const struct rubric *rubric)
{
    const struct formula *formula = &rubric->formula;
    if (!formula->given)
        return;
    struct sums sums = sums_over(cost, baseline, rubric);
    double utilization = sums.traces > 0 ? sums.utilization / sums.traces : 0;
    bool counted = sums.uncounted == 0 && sums.mine > 0;
    double speed = counted ? WHOLE * sums.baselines / sums.mine : 0;
    double full = formula->full_speed > 0 ? formula->full_speed : WHOLE;
    double for_speed = (WHOLE - formula->utilization_weight) * MIN(1.0, speed / full);
    double index = sums.failed > 0 ? 0 : formula->utilization_weight * utilization + for_speed;
    bool known = counted || sums.failed > 0 || formula->utilization_weight == WHOLE;
    json_object_set_new(cost, "formula",
                        json_pack("{s:i, s:f, s:o, s:i, s:o}", "utilization_weight", formula->utilization_weight,
                                  "utilization", utilization, "speed", counted ? json_real(speed) : json_null(),
                                  "failed", (int)sums.failed, "index", known ? json_real(index) : json_null()));
}
