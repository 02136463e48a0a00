// SPDX-License-Identifier: MIT
/*
 * thread_caches.c - tests of thread_caches.c.
 */
#include "support.h"

static void use_caches(void)
{
    threads_use("cache", THREAD_CACHES);
}

START_TEST(cache_hands_out_blocks)
{
    use_caches();
    mallocs(0, A, 3, 100);
    mallocs(1, N, 3, 100);
    frees(0, N, 3);
    frees(1, A, 3);
    mallocs(0, A, 3, 100);
    mallocs(1, N, 3, 100);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_goes_on_after_edges)
{
    use_caches();
    edges(false);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_keeps_sizes_apart)
{
    use_caches();
    thread_mallocs(0, A, 64);
    thread_mallocs(0, B, 1000);
    thread_frees(1, A);
    thread_frees(1, B);
    mallocs(1, C, 3, 1000);
    mallocs(1, N, 3, 64);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

enum { CALLS = 64 };

static void expect_few_locks(unsigned calls)
{
    for (unsigned i = 0; i < 2; i++) {
        size_t most = calls / CACHE_BATCH + 1 + 2 * threads_pages();
        if (thread_locks(i) > most)
            fail("thread %u made %u calls and locked %u times: %zu would do, as most calls find what they need in the "
                 "cache",
                 i, calls, thread_locks(i), most);
    }
}

static void expect_few_locks_in_turns(void)
{
    expect_few_locks(CALLS);
}

START_TEST(cache_in_turns_locks_seldom)
{
    use_caches();
    comes_and_goes(0, A, CALLS / 2, 200);
    comes_and_goes(1, B, CALLS / 2, 200);
    threads_play(FEW_SCHEDULES, expect_few_locks_in_turns);
}
END_TEST

START_TEST(cache_in_rows_locks_seldom)
{
    use_caches();
    for (unsigned i = 0; i < 2; i++) {
        mallocs(i, 24 * i, CALLS / 4, 200);
        frees(i, 24 * i, CALLS / 4);
        mallocs(i, 24 * i, CALLS / 4, 200);
        frees(i, 24 * i, CALLS / 4);
    }
    threads_play(FEW_SCHEDULES, expect_few_locks_in_turns);
}
END_TEST

static void expect_seven_pages_bounded(void)
{
    expect(threads_pages() <= 7,
           "a cache has at most CACHE_MOST blocks of a class, and takes CACHE_BATCH at a time, so others can have the "
           "rest: %zu pages are too many",
           threads_pages());
}

/* Of 18 blocks thread 0 keeps one, and at most CACHE_MOST in its cache: thread 1 finds the other nine. Of a page with
 * seven smaller blocks thread 2 takes CACHE_BATCH, and thread 3 finds the rest. */
START_TEST(cache_is_bounded)
{
    use_caches();
    mallocs(0, 0, 18, 1000);
    frees(0, 0, 17);
    thread_goes_first(0, 1);
    mallocs(1, 20, 9, 1000);
    thread_goes_first(1, 0);
    thread_frees(0, 20);
    thread_mallocs(2, 40, 500);
    thread_goes_first(2, 3);
    mallocs(3, 41, 3, 500);
    threads_play(FEW_SCHEDULES, expect_seven_pages_bounded);
}
END_TEST

static void expect_seven_pages(void)
{
    expect(threads_pages() <= 7,
           "blocks that another thread frees should come back: %zu pages are too many for so few blocks",
           threads_pages());
}

START_TEST(cache_frees_of_others_come_back)
{
    use_caches();
    hands_over(10, 6);
    threads_play(FEW_SCHEDULES, expect_seven_pages);
}
END_TEST

static void expect_four_pages(void)
{
    expect(threads_pages() <= 4,
           "all blocks of a thread that ends should come back: %zu pages are more than such blocks need",
           threads_pages());
}

START_TEST(cache_end_gives_everything_back)
{
    use_caches();
    for (unsigned i = 0; i < 2; i++) {
        mallocs(0, 0, 6, 1000);
        mallocs(0, 6, 9, 400);
        frees(0, 0, 15);
        thread_leaves(0);
        thread_goes_first(0, 1);
        mallocs(1, 20, 6, 1000);
        mallocs(1, 26, 9, 400);
        frees(1, 20, 15);
        thread_leaves(1);
        thread_goes_first(1, 0);
    }
    threads_play(FEW_SCHEDULES, expect_four_pages);
}
END_TEST

START_TEST(cache_of_a_new_thread_is_empty)
{
    use_caches();
    mallocs(0, 0, 5, 500);
    frees(0, 0, 5);
    thread_leaves(0);
    mallocs(1, 10, 6, 500);
    mallocs(0, 20, 6, 500);
    frees(1, 20, 6);
    frees(0, 10, 6);
    thread_leaves(1);
    mallocs(1, 10, 6, 500);
    mallocs(0, 20, 6, 500);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_system_without_locks)
{
    use_caches();
    threads_keep_system_free();
    mallocs(0, A, 5, 1000);
    mallocs(1, N, 2, 100);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_out_of_memory)
{
    use_caches();
    threads_limit_pages(1);
    mallocs(0, A, 3, 1000);
    runs_out();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_page_for_the_last_block)
{
    use_caches();
    for (unsigned i = 0; i < THREADS_MOST; i++)
        mallocs(i, 2 * i, 2, 1000);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        frees((i + 1) % THREADS_MOST, 2 * i, 2);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_long_run)
{
    use_caches();
    long_programs(4, 3, false, false);
    for (unsigned i = 0; i < 4; i++)
        thread_leaves(i);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

void add_thread_caches(struct suite *suite)
{
    suite_add(suite, cache_hands_out_blocks);
    suite_add(suite, cache_goes_on_after_edges);
    suite_add(suite, cache_keeps_sizes_apart);
    suite_add(suite, cache_out_of_memory);
    suite_add(suite, cache_in_turns_locks_seldom);
    suite_add(suite, cache_in_rows_locks_seldom);
    suite_add(suite, cache_is_bounded);
    suite_add(suite, cache_frees_of_others_come_back);
    suite_add(suite, cache_end_gives_everything_back);
    suite_add(suite, cache_of_a_new_thread_is_empty);
    suite_add(suite, cache_system_without_locks);
    suite_add(suite, cache_page_for_the_last_block);
    suite_add(suite, cache_long_run);
}
