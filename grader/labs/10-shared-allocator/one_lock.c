// SPDX-License-Identifier: MIT
/*
 * one_lock.c - tests of one_lock.c.
 */
#include "support.h"

static void use_one_lock(void)
{
    threads_use("one", ONE_LOCK);
}

START_TEST(one_hands_out_blocks)
{
    use_one_lock();
    mallocs(0, A, 3, 100);
    mallocs(1, N, 3, 100);
    frees(0, N, 3);
    frees(1, A, 3);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(one_goes_on_after_edges)
{
    use_one_lock();
    edges(true);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

static void expect_one_heap(void)
{
    expect_size(threads_pages(), 2,
                "a heap and one page of blocks should take two pages from the system, "
                "whichever threads come first");
}

START_TEST(one_heap_is_created_once)
{
    use_one_lock();
    for (unsigned i = 0; i < 3; i++)
        thread_mallocs(i, i, 64);
    thread_reallocs_null(3, 3, 64); /* which may be the first call of all */
    for (unsigned i = 0; i < 4; i++)
        thread_frees(i, (i + 1) % 4);
    threads_play(SCHEDULES, expect_one_heap);
}
END_TEST

START_TEST(one_tries_again_for_a_heap)
{
    use_one_lock();
    threads_refuse_page(1);
    thread_counts(0);
    thread_is_refused(0, A, 100);
    thread_counts(0);
    thread_goes_first(0, 1);
    thread_counts(1);
    thread_mallocs(1, B, 100);
    thread_mallocs(0, A, 100);
    thread_frees(0, B);
    thread_frees(1, A);
    threads_play(FEW_SCHEDULES, expect_one_heap);
}
END_TEST

START_TEST(one_asks_again_for_a_page)
{
    use_one_lock();
    refuses_once(2);
    threads_play(1, NULL);
}
END_TEST

static void expect_few_pages(void)
{
    expect(threads_pages() <= 3, "freed blocks should be allocated again: %zu pages are too many for so few blocks",
           threads_pages());
}

START_TEST(one_uses_blocks_again)
{
    use_one_lock();
    hands_over(6, 2);
    threads_play(FEW_SCHEDULES, expect_few_pages);
}
END_TEST

START_TEST(one_out_of_memory)
{
    use_one_lock();
    threads_limit_pages(2);
    mallocs(0, A, 3, 1000);
    for (unsigned i = 3; i <= 5; i++)
        thread_goes_first(0, i);
    are_refused(true);
    for (unsigned i = 3; i <= 5; i++)
        thread_goes_first(i, 0);
    runs_out();
    thread_frees(1, D);
    thread_goes_first(1, 2);
    thread_mallocs(2, A, 1000);
    passes_on();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(one_realloc_keeps_contents)
{
    use_one_lock();
    reallocs_keep_contents();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(one_realloc_refused)
{
    use_one_lock();
    threads_limit_pages(2);
    reallocs_refused();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(one_realloc_leaves_old_blocks_alone)
{
    use_one_lock();
    reallocs_leave_old_blocks();
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(one_counts_blocks)
{
    use_one_lock();
    thread_counts(0);
    mallocs(0, A, 2, 100);
    thread_counts(0);
    thread_reallocs(0, A, 300);
    thread_counts(0);
    mallocs(1, N, 2, 64);
    thread_frees(1, A);
    thread_counts(1);
    frees(0, N, 2);
    for (unsigned i = 0; i < 2; i++)
        for (unsigned k = 2; k < 4; k++)
            thread_goes_first(i, k);
    for (unsigned i = 0; i < 6; i++) { /* never more than one block more, however many come and go during a count */
        comes_and_goes(2, C, 3, 100);
        thread_counts(3);
        thread_counts(3);
    }
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(one_long_run)
{
    use_one_lock();
    long_programs(3, 1, true, true);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

void add_one_lock(struct suite *suite)
{
    suite_add(suite, one_hands_out_blocks);
    suite_add(suite, one_goes_on_after_edges);
    suite_add(suite, one_heap_is_created_once);
    suite_add(suite, one_tries_again_for_a_heap);
    suite_add(suite, one_asks_again_for_a_page);
    suite_add(suite, one_uses_blocks_again);
    suite_add(suite, one_out_of_memory);
    suite_add(suite, one_realloc_keeps_contents);
    suite_add(suite, one_realloc_refused);
    suite_add(suite, one_realloc_leaves_old_blocks_alone);
    suite_add(suite, one_counts_blocks);
    suite_add(suite, one_long_run);
}
