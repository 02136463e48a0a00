// SPDX-License-Identifier: MIT
/*
 * tests.c - what lab 10 demands of its three allocators.
 */
#include "heaplab/test.h"
#include "heaplab/threads.h"

#include "given_heap.h"
#include "shared_alloc.h"
#include "subject/perform.h"

START_TEST(one_lock_hands_out_blocks)
{
    threads_use("one", ONE_LOCK);
    for (unsigned i = 0; i < 3; i++) {
        thread_mallocs(0, i, 100);
        thread_mallocs(1, i + 10, 100);
    }
    for (unsigned i = 0; i < 3; i++) {
        thread_frees(0, i + 10);
        thread_frees(1, i);
    }
    threads_play(SCHEDULES, NULL);
}
END_TEST

void lab_suite(struct suite *suite)
{
    suite_add(suite, one_lock_hands_out_blocks);
}
