// SPDX-License-Identifier: MIT
/*
 * judge_threads.c - unit tests of judge/lib/threads.c and threads_story.c: the orders that threads get, and the books
 * of their blocks. The tests play the subject: they ask for steps and say what came of them.
 */
#include "heaplab/threads.h"
#include "judge/lib/threads.h"
#include "memlib.h"
#include "tests/unit/support/judged.h"

enum { A, B, PAGE = 4096, ALLOCATOR = 1 };

static void (*plays)(void); /* the subject of this test */

/* The subject's part of a schedule. */
int threads_run(unsigned count, unsigned schedule, unsigned options)
{
    (void)count;
    (void)schedule;
    (void)options;
    mem_sbrk(PAGE);
    plays();
    return 0;
}

/* The stub that surrounds it in a judge. */
static void start(void)
{
    judged_start();
    in_doubt = NULL;
    threads_use("mm", ALLOCATOR);
}

static void play(void (*subject)(void))
{
    plays = subject;
    threads_play(1, NULL);
}

/* THREAD's last step has returned RESULT. Returns its next step. */
static uint64_t ask(unsigned thread, uint64_t result)
{
    const uint64_t words[MOST_WORDS] = {thread, result, 0, 0};
    return answer_request(REQUEST_STEP, words);
}

static void is_step(uint64_t step, enum thread_action action, unsigned slot)
{
    ck_assert_int_eq(STEP_ACTION(step), action);
    ck_assert_uint_eq(STEP_SLOT(step), slot);
}

static void block_changes_hands(void)
{
    is_step(ask(1, 0), THREAD_IDLES, A);
    uint64_t step = ask(0, 0);
    is_step(step, THREAD_MALLOC, A);
    ck_assert_uint_eq(STEP_SIZE(step), 100);
    ck_assert_uint_eq(STEP_ALLOCATOR(step), ALLOCATOR);
    is_step(ask(1, 0), THREAD_IDLES, A);
    is_step(ask(0, HEAP_ADDRESS + 64), THREAD_ENDS, 0);
    step = ask(1, 0);
    is_step(step, THREAD_FREE, A);
    ck_assert_uint_eq(STEP_POINTER(step), HEAP_ADDRESS + 64);
    is_step(ask(1, 0), THREAD_ENDS, 0);
}

START_TEST(steps_of_a_slot_are_made_in_order)
{
    thread_mallocs(0, A, 100);
    thread_frees(1, A);
    ck_assert_int_eq(OUTCOME(play(block_changes_hands)), CAME_BACK);
}
END_TEST

static void blocks_overlap(void)
{
    ask(0, 0);
    ask(0, HEAP_ADDRESS + 64);
    ask(0, HEAP_ADDRESS + 163);
}

static void blocks_touch(void)
{
    ask(0, 0);
    ask(0, HEAP_ADDRESS + 64);
    ask(0, HEAP_ADDRESS + 164);
}

START_TEST(blocks_may_touch_but_not_overlap)
{
    thread_mallocs(0, A, 100);
    thread_mallocs(0, B, 100);
    ck_assert_int_eq(OUTCOME(play(blocks_touch)), CAME_BACK);
    ck_assert_ends(STATUS_FAILED, play(blocks_overlap));
    ck_assert_str_eq(record->message,
                     "schedule 1: mm_malloc(100) in thread 0 returned memory of block a, which is in use");
}
END_TEST

static void block_beyond_the_break(void)
{
    ask(0, 0);
    ask(0, HEAP_ADDRESS + PAGE - 99);
}

static void no_block(void)
{
    ask(0, 0);
    ask(0, 0);
}

START_TEST(a_block_lies_in_the_heap)
{
    thread_mallocs(0, A, 100);
    ck_assert_ends(STATUS_FAILED, play(block_beyond_the_break));
    ck_assert_ends(STATUS_FAILED, play(no_block));
    ck_assert_str_eq(record->found, "NULL");
}
END_TEST

static void block_changes(void)
{
    ask(0, 0);
    ask(0, HEAP_ADDRESS);
    ((unsigned char *)HEAP_ADDRESS)[99] ^= 1;
    ask(0, 0);
}

START_TEST(a_block_keeps_its_bytes)
{
    thread_mallocs(0, A, 100);
    ck_assert_ends(STATUS_FAILED, play(block_changes));
    ck_assert_str_eq(record->message, "schedule 1: block a, of 100 bytes, has changed while it was in use");
}
END_TEST

static size_t counted;

/* While thread 1 counts, thread 0 frees one of its two blocks. */
static void count_beside_free(void)
{
    ask(0, 0);
    ask(0, HEAP_ADDRESS);
    is_step(ask(1, 0), THREAD_COUNT, 0);
    is_step(ask(0, HEAP_ADDRESS + 512), THREAD_FREE, A);
    ask(1, counted);
    ask(0, 0);
}

START_TEST(a_count_was_true_at_some_moment)
{
    thread_mallocs(0, A, 100);
    thread_mallocs(0, B, 100);
    thread_frees(0, A);
    thread_counts(1);
    for (counted = 1; counted <= 2; counted++)
        ck_assert_int_eq(OUTCOME(play(count_beside_free)), CAME_BACK);
    ck_assert_ends(STATUS_FAILED, play(count_beside_free));
    ck_assert_str_eq(record->expected, "a number from 1 to 2");
}
END_TEST

static void stops_early(void)
{
    ask(0, 0);
}

START_TEST(a_run_is_over_when_all_steps_were_made)
{
    thread_mallocs(0, A, 100);
    ck_assert_ends(STATUS_MISUSED, play(stops_early));
}
END_TEST

static void asks_as_nobody(void)
{
    ask(7, 0);
}

START_TEST(nonsense_disturbs)
{
    struct thread_report report = {.flaw = 99, .sites = MOST_SITES + 1};
    thread_counts(0);
    ck_assert_ends(STATUS_MISUSED, play(asks_as_nobody));
    ck_assert_ends(STATUS_MISUSED, threads_judge(&report));
    report.sites = 0;
    ck_assert_ends(STATUS_MISUSED, threads_judge(&report));
}
END_TEST

START_TEST(a_cycle_is_told_with_its_length)
{
    struct thread_report report = {.flaw = FLAW_DEADLOCK, .sites = 6};
    ck_assert_ends(STATUS_TIMED_OUT, threads_judge(&report));
    ck_assert_str_eq(record->found, "a cycle of 3 threads, each of which waits for the next one's lock");
    ck_assert_uint_eq(record->sites, 6);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, start, NULL);
    tcase_add_test(tcase, steps_of_a_slot_are_made_in_order);
    tcase_add_test(tcase, blocks_may_touch_but_not_overlap);
    tcase_add_test(tcase, a_block_lies_in_the_heap);
    tcase_add_test(tcase, a_block_keeps_its_bytes);
    tcase_add_test(tcase, a_count_was_true_at_some_moment);
    tcase_add_test(tcase, a_run_is_over_when_all_steps_were_made);
    tcase_add_test(tcase, nonsense_disturbs);
    tcase_add_test(tcase, a_cycle_is_told_with_its_length);
}
