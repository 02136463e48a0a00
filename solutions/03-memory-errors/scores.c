// SPDX-License-Identifier: MIT
/*
 * scores.c - patient 6: how often each score was reached.
 *
 * Interface: clinic.h. An array has one count for each score from 0 to the highest.
 *
 * Complaint: "The first class is fine. In the second class, there are scores that nobody reached."
 */
#include "clinic.h"

#include <stdlib.h>

struct scores {
    int highest;
    size_t *count; /* count[0] to count[highest] */
};

static bool in_range(const struct scores *scores, int score)
{
    return score >= 0 && score <= scores->highest;
}

struct scores *scores_new(int highest)
{
    struct scores *scores = malloc(sizeof *scores);
    if (scores == NULL)
        return NULL;
    scores->highest = highest;
#ifdef SOLUTION
    scores->count = calloc((size_t)highest + 1, sizeof *scores->count);
#else
    scores->count = malloc(((size_t)highest + 1) * sizeof *scores->count);
#endif
    if (scores->count == NULL) {
        free(scores);
        return NULL;
    }
    return scores;
}

bool scores_add(struct scores *scores, int score)
{
    if (!in_range(scores, score))
        return false;
    scores->count[score]++;
    return true;
}

size_t scores_count(const struct scores *scores, int score)
{
    return in_range(scores, score) ? scores->count[score] : 0;
}

int scores_commonest(const struct scores *scores)
{
    int best = 0;
    for (int score = 1; score <= scores->highest; score++)
        if (scores->count[score] > scores->count[best])
            best = score;
    return scores->count[best] > 0 ? best : -1;
}

void scores_free(struct scores *scores)
{
    if (scores == NULL)
        return;
    free(scores->count);
    free(scores);
}
