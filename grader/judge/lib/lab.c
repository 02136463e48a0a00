// SPDX-License-Identifier: MIT
/*
 * lab.c - all of a lab's tests as one suite, in either mode: those in tests.c and the hidden ones.
 */
#include "judge/judge.h"

void suite_build(struct suite *suite)
{
    lab_suite(suite);
    unsigned visible = suite->tests;
    if (hidden_suite)
        hidden_suite(suite);
    for (unsigned i = visible; i < suite->tests; i++)
        suite->test[i].hidden = true;
}
