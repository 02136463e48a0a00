// SPDX-License-Identifier: MIT
/*
 * tests.c - what this lab demands of newlab_stem.c.
 */
#include "heaplab/test.h"

#include "newlab_stem.h"

START_TEST(text_stands_there_twice)
{
    expect_string(twice(put_string("ab")), "abab", "twice should give the text two times");
    expect_string(twice(put_string("")), "", "twice should give an empty text for an empty one");
}
END_TEST

START_TEST(block_is_large_enough)
{
    enum { LENGTH = 100, SLACK = 16 }; /* a few bytes more than needed are no mistake */
    char text[LENGTH + 1] = {0};
    memset(text, 'x', LENGTH);
    expect_block_between(twice(put_string(text)), 2 * LENGTH + 1, 2 * LENGTH + 1 + SLACK,
                         "the block should hold both copies and one terminator");
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_add(suite, text_stands_there_twice);
    suite_add(suite, block_is_large_enough);
}
