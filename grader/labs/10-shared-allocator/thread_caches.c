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

START_TEST(cache_asks_again_for_a_page)
{
    use_caches();
    refuses_once(1);
    threads_play(1, NULL);
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

enum { ENDING = 5, LATER = 13, EACH_ENDING = 3 };

static void expect_few_locks_in_rows(void)
{
    const unsigned later = 2 + ENDING;
    const size_t most = LATER / CACHE_BATCH + 1;
    expect_few_locks(CALLS);
    if (thread_locks(later) > most)
        fail("thread %u allocated %d blocks, which lay on the shared list, and locked %u times: %zu would do, even if "
             "other threads have ended that brought fewer than CACHE_BATCH at a time",
             later, LATER, thread_locks(later), most);
}

/* Threads end, each with one block in its cache. The list has 16 blocks then; another thread takes 13 of them. */
static void takes_over_from_ended_threads(void)
{
    enum { OWN = 48, FREE_SLOTS = 16, MORE_SLOTS = 40, SLOTS = 8, FIRST = 2, END = FIRST + ENDING };
    for (unsigned i = FIRST; i < END; i++) {
        mallocs(i, OWN + EACH_ENDING * (i - FIRST), EACH_ENDING, 100);
        thread_goes_first(i, i < END - 1 ? i + 1 : FIRST);
    }
    for (unsigned i = FIRST; i < END; i++) {
        thread_leaves(i);
        thread_goes_first(i, i + 1);
    }
    mallocs(END, FREE_SLOTS, SLOTS, 100);
    mallocs(END, MORE_SLOTS, LATER - SLOTS, 100);
}

START_TEST(cache_in_rows_locks_seldom)
{
    use_caches();
    takes_over_from_ended_threads();
    for (unsigned i = 0; i < 2; i++) {
        mallocs(i, 24 * i, CALLS / 4, 200);
        frees(i, 24 * i, CALLS / 4);
        mallocs(i, 24 * i, CALLS / 4, 200);
        frees(i, 24 * i, CALLS / 4);
    }
    threads_play(FEW_SCHEDULES, expect_few_locks_in_rows);
}
END_TEST

/* Without memory: the nine blocks of a class, in the slots from SLOT on, were freed but for one. They are all in the
 * cache of thread 0. When the ninth is freed, CACHE_BATCH of the others go to the shared list, and five stay. */
static void drains_exactly(unsigned slot, size_t size)
{
    thread_goes_first(0, 1);
    thread_is_refused(1, slot, size);
    thread_goes_first(1, 0);
    thread_frees(0, slot + CACHE_MOST);
    thread_goes_first(0, 1);
    for (unsigned i = 0; i < CACHE_BATCH; i++)
        thread_mallocs_other(1, slot + i, size, slot + CACHE_MOST);
    thread_is_refused(1, slot + CACHE_BATCH, size);
    thread_goes_first(1, 0);
    mallocs(0, slot + CACHE_BATCH, CACHE_MOST + 1 - CACHE_BATCH, size);
    thread_is_refused(0, slot + CACHE_MOST + 1, size);
}

START_TEST(cache_moves_exact_batches)
{
    enum { LARGE = 9, MIDDLE = 14, SMALL = 15, OF_MIDDLE = LARGE, OF_SMALL = LARGE + MIDDLE, PAGES = 6 };
    use_caches();
    threads_limit_pages(PAGES);
    mallocs(0, 0, LARGE, 1000);
    mallocs(0, OF_MIDDLE, MIDDLE, 500);
    mallocs(0, OF_SMALL, SMALL, 200);
    frees(0, 0, CACHE_MOST);
    frees(0, OF_MIDDLE, CACHE_MOST);
    frees(0, OF_SMALL, CACHE_MOST);
    drains_exactly(OF_MIDDLE, 500);
    drains_exactly(0, 1000);
    drains_exactly(OF_SMALL, 200);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

/* Of the smallest blocks a crowd is freed, and thread 6 has another one from the shared list, until that is nearly
 * empty. Each time there is one block fewer: a thread that ends has it. */
static void crowds_come_and_go(void)
{
    enum { TIMES = 4, CROWD_SLOT = 56, OTHER_SLOTS };
    for (unsigned i = 0; i < TIMES; i++) {
        threads_use("cache", CACHE_CROWD);
        thread_mallocs(5, CROWD_SLOT, HEAP_SMALLEST);
        thread_frees(5, CROWD_SLOT);
        thread_goes_first(5, 6);
        thread_mallocs(6, CROWD_SLOT, HEAP_SMALLEST);
        thread_frees(6, CROWD_SLOT);
        thread_goes_first(6, 7);
        threads_use("cache", THREAD_CACHES);
        thread_mallocs(7, OTHER_SLOTS + i, HEAP_SMALLEST);
        thread_leaves(7);
        thread_goes_first(7, 5);
    }
}

static void expect_fourteen_pages(void)
{
    expect_size(threads_pages(), 14,
                "6 pages are for large blocks, 8 for the crowd of small ones; for all others there is a block on the "
                "shared list, so no page is needed");
}

/* Each thread takes what there is before it asks for a page. For the last one in each class there are fewer than
 * CACHE_BATCH: one, two and three. */
START_TEST(cache_takes_the_last_blocks)
{
    enum { LARGE = 9, MIDDLE = 14, SMALL = 15, OF_MIDDLE = LARGE, OF_SMALL = LARGE + MIDDLE, THREADS = 4 };
    use_caches();
    mallocs(0, 0, LARGE, 1000);
    mallocs(0, OF_MIDDLE, MIDDLE, 500);
    mallocs(0, OF_SMALL, SMALL, 200);
    frees(0, 0, LARGE + MIDDLE + SMALL);
    thread_leaves(0);
    for (unsigned i = 1; i <= THREADS; i++) {
        thread_goes_first(i - 1, i);
        thread_mallocs(i, OF_MIDDLE + i, 500);
        thread_mallocs(i, OF_SMALL + i, 200);
        if (i < THREADS)
            thread_mallocs(i, i, 1000);
    }
    crowds_come_and_go();
    threads_play(FEW_SCHEDULES, expect_fourteen_pages);
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

static void expect_five_pages(void)
{
    expect(threads_pages() <= 5,
           "all blocks of a thread that ends should come back: %zu pages are more than such blocks need",
           threads_pages());
}

/* A thread ends with a full cache. Another one that has its number uses all fifteen blocks of a page: thread 5 finds
 * those that are too many for its cache. */
static void number_is_used_again(void)
{
    enum { SLOT = 0, BLOCKS = 15 };
    mallocs(4, SLOT, CACHE_MOST, 200);
    frees(4, SLOT, CACHE_MOST);
    thread_leaves(4);
    mallocs(4, SLOT, BLOCKS, 200);
    frees(4, SLOT, BLOCKS);
    thread_goes_first(4, 5);
    mallocs(5, SLOT, BLOCKS - CACHE_MOST, 200);
    frees(5, SLOT, BLOCKS - CACHE_MOST);
}

START_TEST(cache_end_gives_everything_back)
{
    use_caches();
    number_is_used_again();
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
    threads_play(FEW_SCHEDULES, expect_five_pages);
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
    for (unsigned i = 2; i < 6; i++)
        mallocs(i, N + 2 * i, 2, 1000);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_out_of_memory)
{
    use_caches();
    threads_limit_pages(1);
    mallocs(0, A, 3, 1000);
    for (unsigned i = 3; i <= 5; i++)
        thread_goes_first(0, i);
    are_refused(false);
    for (unsigned i = 3; i <= 5; i++)
        thread_goes_first(i, 0);
    runs_out();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(cache_page_for_the_last_block)
{
    enum { EACH = 2 };
    use_caches();
    for (unsigned i = 0; i < THREADS_MOST; i++)
        mallocs(i, EACH * i, EACH, 1000);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        frees((i + 1) % THREADS_MOST, EACH * i, EACH);
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
    suite_add(suite, cache_asks_again_for_a_page);
    suite_add(suite, cache_keeps_sizes_apart);
    suite_add(suite, cache_out_of_memory);
    suite_add(suite, cache_in_turns_locks_seldom);
    suite_add(suite, cache_in_rows_locks_seldom);
    suite_add(suite, cache_moves_exact_batches);
    suite_add(suite, cache_takes_the_last_blocks);
    suite_add(suite, cache_is_bounded);
    suite_add(suite, cache_frees_of_others_come_back);
    suite_add(suite, cache_end_gives_everything_back);
    suite_add(suite, cache_of_a_new_thread_is_empty);
    suite_add(suite, cache_system_without_locks);
    suite_add(suite, cache_page_for_the_last_block);
    suite_add(suite, cache_long_run);
}
