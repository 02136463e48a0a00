// SPDX-License-Identifier: MIT
/*
 * judge_patience.c - unit tests of judge/patience.c: who sleeps and who is only slow. The tests don't wait: they raise
 * the signal by which the judge looks.
 */
#include "judge/patience.h"
#include "tests/unit/support/unit.h"

#include <signal.h>

enum { LOOKS_THAT_MUST_BE_IDLE = 3, MANY_CALLS = 1000, MOST_LOOKS = 100 };

static _Atomic uint32_t ticks;

static void start(void)
{
    ticks = 0;
    patience_start();
    be_patient(0, &ticks);
}

/* Returns after how many looks, at each of which the subject has DONE something, patience was over; at most MOST_LOOKS.
 */
static int looks_until_over(void (*done)(void))
{
    int looks = 0;
    while (!patience_is_over() && looks < MOST_LOOKS) {
        if (done)
            done();
        raise(SIGALRM);
        looks++;
    }
    patience_end();
    return looks;
}

static void work(void)
{
    ticks++;
}

static void make_many_calls(void)
{
    for (int i = 0; i < MANY_CALLS; i++)
        count_call();
}

static void make_a_call(void)
{
    count_call();
}

START_TEST(a_subject_that_sleeps_is_given_up)
{
    start();
    ck_assert_int_eq(looks_until_over(NULL), LOOKS_THAT_MUST_BE_IDLE);
}
END_TEST

START_TEST(one_call_is_no_progress)
{
    start();
    ck_assert_int_eq(looks_until_over(make_a_call), LOOKS_THAT_MUST_BE_IDLE);
}
END_TEST

START_TEST(one_that_works_on_a_busy_machine_is_waited_for)
{
    start();
    ck_assert_int_gt(looks_until_over(work), LOOKS_THAT_MUST_BE_IDLE);
    start();
    ck_assert_int_gt(looks_until_over(make_many_calls), LOOKS_THAT_MUST_BE_IDLE);
}
END_TEST

START_TEST(but_not_for_ever)
{
    start();
    ck_assert_int_lt(looks_until_over(work), MOST_LOOKS);
}
END_TEST

START_TEST(a_look_that_sees_work_starts_the_count_anew)
{
    start();
    raise(SIGALRM);
    raise(SIGALRM);
    work();
    raise(SIGALRM);
    raise(SIGALRM);
    ck_assert(!patience_is_over());
    patience_end();
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, a_subject_that_sleeps_is_given_up);
    tcase_add_test(tcase, one_call_is_no_progress);
    tcase_add_test(tcase, one_that_works_on_a_busy_machine_is_waited_for);
    tcase_add_test(tcase, but_not_for_ever);
    tcase_add_test(tcase, a_look_that_sees_work_starts_the_count_anew);
}
