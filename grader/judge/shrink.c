// SPDX-License-Identifier: MIT
/*
 * shrink.c - fewer steps that still fail (shrink.h).
 *
 * Zeller and Hildebrandt's delta debugging ("Simplifying and isolating failure-inducing input", 2002), one-sided: drop
 * a part of the list if the rest still fails, with parts from half of the list down to single steps, within a fixed
 * number of runs.
 */
#include "judge/shrink.h"
#include "judge/lib/steps.h"

#include <stdlib.h>

enum { MOST_RUNS = 120 };

/* Of the shrinking in progress; shrink sets all of them anew. */
static const struct run_plan *plan;
static unsigned test;
static unsigned runs;

static bool still_fails(struct steps *list)
{
    struct record *result = &plan->records[test];
    *result = (struct record){0};
    list->done = 0;
    runs++;
    return run_test(plan, test) && result->status != STATUS_PASSED;
}

static void copy_list(struct steps *to, const struct steps *from)
{
    memcpy(to->list, from->list, from->kept * sizeof *from->list);
    to->kept = from->kept;
}

static void drop(struct steps *list, unsigned from, unsigned n)
{
    memmove(&list->list[from], &list->list[from + n], (list->kept - from - n) * sizeof *list->list);
    list->kept -= n;
}

/* One pass with parts of N steps, from the end, so that late steps that have nothing to do with the failure are dropped
 * first. */
static void pass(struct steps *list, struct steps *backup, unsigned n)
{
    for (unsigned end = list->kept; end > 0 && runs < MOST_RUNS;) {
        unsigned from = end > n ? end - n : 0;
        copy_list(backup, list);
        drop(list, from, end - from);
        if (list->kept == 0 || !still_fails(list))
            copy_list(list, backup);
        end = from;
    }
}

void shrink(const struct run_plan *the_plan, unsigned index)
{
    struct steps *list = &the_plan->steps[index];
    struct steps *backup = malloc(sizeof *backup);
    plan = the_plan;
    test = index;
    runs = 0;
    if (!backup)
        fault("no memory to shorten a random test");
    list->kept = list->done; /* what came after the failure has nothing to do with it */
    for (unsigned n = list->kept / 2; n > 0 && runs < MOST_RUNS; n /= 2)
        pass(list, backup, n);
    list->aloud = true;
    still_fails(list); /* the record of this run is the one that is reported */
    free(backup);
}
