// SPDX-License-Identifier: MIT
/*
 * class_locks.c - tests of class_locks.c.
 */
#include "support.h"

static void use_class_locks(void)
{
    threads_use("class", CLASS_LOCKS);
}

START_TEST(class_hands_out_blocks)
{
    use_class_locks();
    mallocs(0, A, 2, 100);
    mallocs(0, C, 2, 500);
    mallocs(1, N, 2, 100);
    mallocs(1, N + 2, 2, 500);
    frees(0, N, 4);
    frees(1, A, 4);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(class_goes_on_after_edges)
{
    use_class_locks();
    edges(true);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(class_asks_again_for_a_page)
{
    use_class_locks();
    refuses_once(1);
    threads_play(1, NULL);
}
END_TEST

START_TEST(class_keeps_sizes_apart)
{
    use_class_locks();
    thread_mallocs(0, A, 64);
    thread_mallocs(0, B, 1000);
    thread_frees(1, A);
    thread_frees(1, B);
    thread_goes_first(1, 0);
    mallocs(0, C, 3, 1000);
    mallocs(1, N, 3, 64);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

static void expect_no_waits(void)
{
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        expect_int(thread_waits(i), 0, "thread %u uses a class of its own, and should never wait for another thread",
                   i);
}

START_TEST(class_other_classes_do_not_wait)
{
    use_class_locks();
    for (unsigned i = 0; i < HEAP_CLASSES; i++) {
        comes_and_goes(i, i, 4, bytes_of_class(i));
        thread_mallocs(i, i, bytes_of_class(i));
    }
    threads_play(FEW_SCHEDULES, expect_no_waits);
}
END_TEST

START_TEST(class_system_without_locks)
{
    use_class_locks();
    threads_keep_system_free();
    mallocs(0, A, 5, 1000);
    mallocs(1, N, 2, 100);
    thread_reallocs(1, N, 300);
    for (unsigned i = 2; i < 6; i++)
        mallocs(i, N + 2 * i, 2, 1000);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(class_out_of_memory)
{
    use_class_locks();
    threads_limit_pages(1);
    mallocs(0, A, 2, 1000);
    thread_is_refused(0, D, 100); /* a free block of another class is none for it */
    thread_counts(2);
    thread_mallocs(0, C, 1000);
    thread_counts(2);
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

START_TEST(class_page_for_the_last_block)
{
    enum { EACH = 4 };
    use_class_locks();
    for (unsigned i = 0; i < THREADS_MOST; i++)
        mallocs(i, EACH * i, EACH, 1000);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        frees((i + 1) % THREADS_MOST, EACH * i, EACH);
    threads_play(SCHEDULES, NULL);
}
END_TEST

static void expect_few_pages(void)
{
    expect(threads_pages() <= 2, "freed blocks should be allocated again: %zu pages are too many for so few blocks",
           threads_pages());
}

START_TEST(class_uses_blocks_again)
{
    use_class_locks();
    hands_over(6, 2);
    threads_play(FEW_SCHEDULES, expect_few_pages);
}
END_TEST

START_TEST(class_realloc_keeps_contents)
{
    use_class_locks();
    reallocs_keep_contents();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(class_realloc_refused)
{
    use_class_locks();
    threads_limit_pages(1);
    reallocs_refused();
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

START_TEST(class_realloc_leaves_old_blocks_alone)
{
    use_class_locks();
    reallocs_leave_old_blocks();
    threads_play(SCHEDULES, NULL);
}
END_TEST

/* So many that they take more than 256 pages, and that 12 bits can't count them. */
START_TEST(class_counts_a_crowd)
{
    threads_use("class", CLASS_CROWD);
    thread_mallocs(0, A, 1000);
    thread_counts(0);
    thread_frees(0, A);
    thread_counts(0);
    threads_play(1, NULL);
}
END_TEST

/* Thread 0 always has one block or two, now of this class, now of that. */
START_TEST(class_count_is_of_one_moment)
{
    use_class_locks();
    thread_mallocs(0, A, 60);
    for (unsigned i = 0; i < 4; i++) {
        thread_mallocs(0, B, 1000);
        thread_frees(0, A);
        thread_counts(1);
        thread_mallocs(0, A, 60);
        thread_frees(0, B);
        thread_counts(1);
    }
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(class_count_beside_reallocs)
{
    use_class_locks();
    for (unsigned i = 0; i < 3; i++) {
        thread_mallocs(0, i, 60);
        thread_mallocs(1, N + i, 200);
        thread_reallocs(0, i, 1000);
        thread_reallocs(1, N + i, 500);
        thread_counts(2);
        thread_counts(3);
        thread_frees(1, i);
        thread_frees(0, N + i);
    }
    threads_play(SCHEDULES, NULL);
}
END_TEST

/* While thread 0 forks, others are busy in the lowest class, in the highest, and in those between. */
START_TEST(class_fork_leaves_no_lock)
{
    use_class_locks();
    comes_and_goes(1, A, 5, HEAP_LARGEST);
    comes_and_goes(2, B, 5, HEAP_SMALLEST);
    for (unsigned i = 1; i < HEAP_CLASSES - 1; i++)
        comes_and_goes(3, C, 2, bytes_of_class(i));
    thread_mallocs(4, E, bytes_of_class(1)); /* their only calls, which may be the first ones of their classes */
    thread_mallocs(5, F, bytes_of_class(3));
    thread_mallocs(6, N - 1, HEAP_LARGEST);
    thread_mallocs(0, D, 100);
    thread_forks(0);
    for (unsigned i = 0; i < HEAP_CLASSES; i++)
        thread_mallocs(0, N + i, bytes_of_class(i));
    thread_frees(0, D);
    thread_counts(0);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(class_two_threads_fork)
{
    use_class_locks();
    for (unsigned i = 0; i < 2; i++) {
        thread_mallocs(i, i, 60);
        thread_reallocs(i, i, 200);
        thread_goes_first(i, 3 + i);
        thread_forks(i);
        thread_frees(i, i);
        thread_mallocs(i, N + i, 500); /* of classes whose first block may be on its way while the thread forks */
        thread_mallocs(i, N + 2 + i, HEAP_LARGEST);
    }
    thread_mallocs(3, E, HEAP_LARGEST);
    thread_mallocs(4, F, 500);
    thread_counts(2);
    thread_counts(2);
    threads_play(SCHEDULES, NULL);
}
END_TEST

START_TEST(class_long_run)
{
    use_class_locks();
    long_programs(4, 2, true, true);
    threads_play(FEW_SCHEDULES, NULL);
}
END_TEST

void add_class_locks(struct suite *suite)
{
    suite_add(suite, class_hands_out_blocks);
    suite_add(suite, class_goes_on_after_edges);
    suite_add(suite, class_asks_again_for_a_page);
    suite_add(suite, class_keeps_sizes_apart);
    suite_add(suite, class_uses_blocks_again);
    suite_add(suite, class_out_of_memory);
    suite_add(suite, class_other_classes_do_not_wait);
    suite_add(suite, class_system_without_locks);
    suite_add(suite, class_page_for_the_last_block);
    suite_add(suite, class_realloc_keeps_contents);
    suite_add(suite, class_realloc_refused);
    suite_add(suite, class_realloc_leaves_old_blocks_alone);
    suite_add(suite, class_counts_a_crowd);
    suite_add(suite, class_count_beside_reallocs);
    suite_add(suite, class_count_is_of_one_moment);
    suite_add(suite, class_fork_leaves_no_lock);
    suite_add(suite, class_two_threads_fork);
    suite_add(suite, class_long_run);
}
