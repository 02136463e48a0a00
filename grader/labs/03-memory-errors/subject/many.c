// SPDX-License-Identifier: MIT
/*
 * many.c - tens of thousands of calls in one (many.h).
 */
#include "many.h"

static int value_at(size_t index)
{
    enum { STEP = 3 }; /* as in readings_tests.c */
    return (int)index * STEP + 1;
}

size_t add_many_readings(struct readings *readings, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++)
        if (!readings_add(readings, value_at(i)))
            return i - start;
    return end - start;
}

size_t find_wrong_reading(const struct readings *readings, size_t count)
{
    size_t i = 0;
    while (i < count && readings_at(readings, i) == value_at(i))
        i++;
    return i;
}

size_t add_many_scores(struct scores *scores, int score, size_t times)
{
    size_t added = 0;
    for (size_t i = 0; i < times; i++)
        added += scores_add(scores, score);
    return added;
}

size_t pass_many_items(struct ring *ring, size_t times)
{
    size_t passed = 0;
    for (size_t i = 0; i < times; i++) {
        int item = 0;
        passed += ring_push(ring, (int)i) && ring_pop(ring, &item) && item == (int)i;
    }
    return passed;
}
