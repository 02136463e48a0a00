// SPDX-License-Identifier: MIT
/*
 * scores.c - patient 6, cured in another way: the counts lie in the block of the struct and are set to 0 one by one.
 */
#include "clinic.h"

#include <stdlib.h>

struct scores {
    int highest;
    size_t count[];
};

static bool in_range(const struct scores *scores, int score)
{
    return score >= 0 && score <= scores->highest;
}

struct scores *scores_new(int highest)
{
    size_t counts = (size_t)highest + 1;
    struct scores *scores = malloc(sizeof *scores + counts * sizeof scores->count[0]);
    if (scores == NULL)
        return NULL;
    scores->highest = highest;
    for (size_t i = 0; i < counts; i++)
        scores->count[i] = 0;
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
    int best = -1;
    size_t most = 0;
    for (int score = 0; score <= scores->highest; score++)
        if (scores->count[score] > most) {
            best = score;
            most = scores->count[score];
        }
    return best;
}

void scores_free(struct scores *scores)
{
    free(scores);
}
