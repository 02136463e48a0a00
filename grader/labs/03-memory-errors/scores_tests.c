// SPDX-License-Identifier: MIT
/*
 * scores_tests.c - what lab 03 requires of patient 6, scores.c: how often each score was reached.
 */
#include "common.h"

#include "clinic.h"
#include "subject/many.h"

static struct scores *new_scores(int highest)
{
    struct scores *scores = scores_new(highest);
    expect_pointer_set(scores, "scores_new should succeed: there is enough memory");
    return scores;
}

static void add_score(struct scores *scores, int score)
{
    expect(scores_add(scores, score), "scores_add should count the score %d", score);
}

static void expect_no_scores(const struct scores *scores, int highest)
{
    for (int score = 0; score <= highest; score++)
        expect_size(scores_count(scores, score), 0,
                    "nobody has reached %d yet, so its count should be 0; memory that was never written is junk",
                    score);
    expect_int(scores_commonest(scores), -1, "no score has been reached yet, so there is no commonest one");
}

/* Numbers of which a few bits alone would be a score. */
static void expect_only_scores_count(struct scores *scores, int highest)
{
    enum { ALIKE = 7, BITS = 31 };
    tell("/* 2^n + %d and %d - 2^n are no scores from 2^n = 16 to 2^30 */", ALIKE, ALIKE);
    story_quiet();
    for (int bit = 0; bit < BITS; bit++) {
        const int power = (int)(1U << bit), none[] = {power + ALIKE, ALIKE - power};
        for (size_t i = 0; power > highest && i < sizeof none / sizeof *none; i++) {
            expect(!scores_add(scores, none[i]), "%d is no score", none[i]);
            expect_size(scores_count(scores, none[i]), 0, "%d is no score, so its count is 0", none[i]);
        }
    }
    story_aloud();
}

START_TEST(scores_is_well)
{
    enum { HIGHEST = 6 };
    struct scores *scores = new_scores(HIGHEST);
    expect_no_scores(scores, HIGHEST);
    add_score(scores, 5);
    expect_size(scores_count(scores, 5), 1, "the score 5 was reached once");
    scores_free(scores);
    expect_no_leak("scores_free should free everything");
}
END_TEST

START_TEST(scores_counts_right)
{
    enum { HIGHEST = 15, MANY = 70000 };
    struct scores *scores = new_scores(HIGHEST);
    add_score(scores, HIGHEST);
    expect_int(scores_commonest(scores), HIGHEST, "only the score %d was reached", HIGHEST);
    add_score(scores, 0);
    expect_int(scores_commonest(scores), 0, "of two scores reached equally often, the lower one is the answer");
    add_score(scores, 1);
    add_score(scores, 1);
    expect_int(scores_commonest(scores), 1, "the score 1 was reached twice, all others once or never");
    add_score(scores, 7);
    add_score(scores, 7);
    add_score(scores, 7);
    expect_int(scores_commonest(scores), 7, "the score 7 was reached three times, all others less often");
    expect_size(scores_count(scores, 7), 3, "the score 7 was reached three times");
    expect_size(scores_count(scores, HIGHEST), 1, "the score %d was reached once", HIGHEST);
    static const int none[] = {-1, INT32_MIN, INT32_MAX, 256, 65536 + 7, -65536 + 7};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        expect(!scores_add(scores, none[i]), "%d is no score", none[i]);
        expect_size(scores_count(scores, none[i]), 0, "%d is no score, so its count is 0", none[i]);
    }
    expect_only_scores_count(scores, HIGHEST);
    expect_size(scores_count(scores, 7), 3, "the score 7 was reached three times");
    expect_size(scores_count(scores, 0), 1, "the score 0 was reached once");
    expect(!scores_add(scores, HIGHEST + 1), "%d is above the highest score", HIGHEST + 1);
    expect_int(scores_commonest(scores), 7, "what is not counted changes nothing");
    expect_size(scores_count(scores, HIGHEST + 1), 0, "%d is no score, so its count is 0", HIGHEST + 1);
    expect_size(add_many_scores(scores, 9, MANY), MANY, "scores_add should count the score 9 each time");
    expect_size(scores_count(scores, 9), MANY, "the score 9 was reached %d times", MANY);
    expect_int(scores_commonest(scores), 9, "the score 9 was reached %d times, all others less often", MANY);
    expect_size(add_many_scores(scores, 8, MANY), MANY, "scores_add should count the score 8 each time");
    expect_int(scores_commonest(scores), 8, "of two scores reached equally often, the lower one is the answer");
    scores_free(scores);
    scores_free(NULL);
    struct scores *only = new_scores(0);
    expect(!scores_add(only, 1), "1 is above the highest score, 0");
    expect_int(scores_commonest(only), -1, "no score has been reached yet, so there is no commonest one");
    add_score(only, 0);
    expect_int(scores_commonest(only), 0, "only the score 0 was reached");
}
END_TEST

/* Many classes at a time. */
static void count_crowd(void)
{
    struct scores *crowd[CROWD];
    tell("/* %d classes at a time */", CROWD);
    story_quiet();
    for (int i = 0; i < CROWD; i++)
        crowd[i] = new_scores(CROWD);
    for (int i = 0; i < CROWD; i++)
        add_score(crowd[i], i);
    for (int i = 0; i < CROWD; i++) {
        expect_int(scores_commonest(crowd[i]), i, "only the score %d was reached in this class", i);
        scores_free(crowd[i]);
    }
    story_aloud();
}

START_TEST(scores_are_apart)
{
    enum { HIGHEST = 3 };
    struct scores *first = new_scores(HIGHEST);
    struct scores *second = new_scores(HIGHEST);
    add_score(first, 2);
    expect_no_scores(second, HIGHEST);
    scores_free(first);
    struct scores *third = new_scores(HIGHEST);
    expect_no_scores(third, HIGHEST);
    scores_free(second);
    scores_free(third);
    count_crowd();
    expect_no_leak("scores_free should free everything");
    reuse_blocks();
    expect_no_scores(new_scores(HIGHEST), HIGHEST);
}
END_TEST

START_TEST(scores_ask_by_need)
{
    scores_free(new_scores(0));
    expect_by_need(sizeof(size_t), "1 count");
    scores_free(new_scores(6));
    expect_by_need(7 * sizeof(size_t), "7 counts");
    struct scores *scores = new_scores(MOST_SCORE);
    expect_by_need((MOST_SCORE + 1) * sizeof(size_t), "1001 counts");
    story_quiet();
    expect_no_scores(scores, MOST_SCORE);
    add_score(scores, MOST_SCORE);
    expect_int(scores_commonest(scores), MOST_SCORE, "only the score %d was reached", MOST_SCORE);
    story_aloud();
    scores_free(scores);
    unsigned blocks = heap_blocks();
    scores_free(new_scores(6));
    expect_later_by_need(blocks, 7 * sizeof(size_t), "a new set of 7 counts");
}
END_TEST

enum { TRIED_HIGHEST = 3 };

static void *make_scores(void)
{
    return scores_new(TRIED_HIGHEST);
}

START_TEST(scores_bear_refusal)
{
    struct scores *scores = refuse_each(make_scores, "scores_new", "NULL");
    expect_no_scores(scores, TRIED_HIGHEST);
    scores_free(scores);
    expect_no_leak("scores_free should free everything");
}
END_TEST

START_TEST(scores_memcheck)
{
    enum { HIGHEST = 6 };
    struct scores *scores = new_scores(HIGHEST);
    add_score(scores, 4);
    add_score(scores, 4);
    expect_int(scores_commonest(scores), 4, "only the score 4 was reached");
    expect_size(scores_count(scores, HIGHEST), 0, "nobody has reached %d yet, so its count should be 0", HIGHEST);
    scores_free(scores);
}
END_TEST

void add_scores_tests(struct suite *suite)
{
    suite_add(suite, scores_is_well);
    suite_add(suite, scores_counts_right);
    suite_add(suite, scores_are_apart);
    suite_add(suite, scores_ask_by_need);
    suite_add(suite, scores_bear_refusal);
    suite_add_memcheck(suite, scores_memcheck);
}
