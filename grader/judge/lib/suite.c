// SPDX-License-Identifier: MIT
/*
 * suite.c - the suite that a lab's tests.c builds (heaplab/test.h), in either mode.
 */
#include "judge/judge.h"

#include <stdlib.h>

struct suite the_suite;

static struct suite_test *append_test(struct suite *suite, const TTest *test)
{
    suite->test = reallocarray(suite->test, suite->tests + 1, sizeof *suite->test);
    if (!suite->test)
        fault("no memory for the suite");
    struct suite_test *added = &suite->test[suite->tests++];
    *added = (struct suite_test){.test = test, .set_up = suite->set_up, .tear_down = suite->tear_down};
    return added;
}

void suite_add(struct suite *suite, const TTest *test)
{
    append_test(suite, test);
}

void suite_add_memcheck(struct suite *suite, const TTest *test)
{
    append_test(suite, test)->memcheck = true;
}

void suite_add_random(struct suite *suite, const TTest *test)
{
    append_test(suite, test)->random = true;
}

void suite_allow_processes(struct suite *suite)
{
    suite->forks = true;
}

void suite_fixture(struct suite *suite, void (*set_up)(void), void (*tear_down)(void))
{
    suite->set_up = set_up;
    suite->tear_down = tear_down;
}

void suite_after_call(struct suite *suite, void (*inspect)(void))
{
    suite->after_call = inspect;
}

void suite_draw(struct suite *suite, void (*draw)(struct picture *picture))
{
    suite->draw = draw;
}
