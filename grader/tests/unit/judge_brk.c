// SPDX-License-Identifier: MIT
/*
 * judge_brk.c - unit tests of judge/lib/brk.c: the simulated program break.
 */
#include "memlib.h"
#include "tests/unit/support/judged.h"

static unsigned char *lo(void)
{
    return mem_heap_lo();
}

START_TEST(the_empty_heap_has_a_start)
{
    ck_assert_uint_eq(mem_heapsize(), 0);
    ck_assert_uint_eq((uintptr_t)lo() % mem_pagesize(), 0);
    ck_assert_ptr_eq(mem_heap_hi(), lo() - 1);
}
END_TEST

START_TEST(sbrk_gives_the_old_break)
{
    ck_assert_ptr_eq(mem_sbrk(32), lo());
    ck_assert_ptr_eq(mem_sbrk(0), lo() + 32);
    ck_assert_ptr_eq(mem_sbrk(16), lo() + 32);
    ck_assert_uint_eq(mem_heapsize(), 48);
    ck_assert_ptr_eq(mem_heap_hi(), lo() + 47);
    ck_assert_uint_eq(break_calls(), 2); /* to ask where the break is moves nothing */
    ck_assert_uint_eq(break_last_grow(), 16);
}
END_TEST

START_TEST(new_memory_is_junk_and_old_memory_stays)
{
    mem_sbrk(16);
    memset(lo(), 1, 16);
    mem_sbrk(16);
    for (int i = 0; i < 32; i++)
        ck_assert_uint_eq(lo()[i], i < 16 ? 1 : 0xcb);
}
END_TEST

static void must_refuse(intptr_t increment)
{
    size_t before = mem_heapsize();
    errno = 0;
    ck_assert_ptr_eq(mem_sbrk(increment), MEM_SBRK_FAILED);
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_uint_eq(mem_heapsize(), before);
}

START_TEST(negative_and_huge_increments_are_refused)
{
    mem_sbrk(64);
    must_refuse(-1);
    must_refuse(-64);
    must_refuse(INTPTR_MIN);
    must_refuse(INTPTR_MAX);
    must_refuse((intptr_t)HEAP_BYTES - 63);
    ck_assert_ptr_eq(mem_sbrk((intptr_t)HEAP_BYTES - 64), lo() + 64);
    must_refuse(1);
    ck_assert_ptr_eq(mem_sbrk(0), lo() + HEAP_BYTES);
}
END_TEST

START_TEST(the_limit_holds_to_the_byte)
{
    mem_sbrk(100);
    break_limit(200);
    must_refuse(101);
    ck_assert_ptr_ne(mem_sbrk(100), MEM_SBRK_FAILED);
    must_refuse(1);
    break_limit(201);
    ck_assert_ptr_ne(mem_sbrk(1), MEM_SBRK_FAILED);
}
END_TEST

START_TEST(a_limit_that_makes_no_sense_is_a_fault)
{
    mem_sbrk(100);
    ck_assert_int_eq(OUTCOME(break_limit(HEAP_BYTES + 1)), FAULTED);
    ck_assert_int_eq(OUTCOME(break_limit(100)), CAME_BACK);
}
END_TEST

/* The student's code decides how large the heap is when a test sets its limit: no fault, but no more memory. */
START_TEST(a_limit_below_the_heap_lets_it_not_grow)
{
    ck_assert_ptr_ne(mem_sbrk(100), MEM_SBRK_FAILED);
    break_limit(99);
    ck_assert_ptr_eq(mem_sbrk(1), MEM_SBRK_FAILED);
    ck_assert_uint_eq(break_bytes(), 100);
}
END_TEST

/* A judge whose lab counts memory takes any other byte there for a table of the student's (judge/uncounted.c). */
START_TEST(a_heap_that_is_taken_back_leaves_zeros)
{
    mem_sbrk(5000);
    break_reset();
    ck_assert_uint_eq(break_bytes(), 0);
    for (int i = 0; i < 5000; i++)
        ck_assert_uint_eq(lo()[i], 0);
}
END_TEST

START_TEST(one_call_is_refused)
{
    mem_sbrk(16);
    break_refuse(2);
    mem_sbrk(16);
    must_refuse(16);
    ck_assert_ptr_ne(mem_sbrk(16), MEM_SBRK_FAILED);
    ck_assert_uint_eq(break_calls(), 4);
    break_refuse(1);
    break_refuse(0);
    ck_assert_ptr_ne(mem_sbrk(16), MEM_SBRK_FAILED);
}
END_TEST

START_TEST(reports_are_noted)
{
    const void *where = NULL;
    ck_assert_uint_eq(reports(), 0);
    ck_assert_int_eq(last_report(&where), -1);
    mm_report(MM_WILD_POINTER, lo());
    mm_report(MM_DOUBLE_FREE, lo() + 16);
    ck_assert_uint_eq(reports(), 2);
    ck_assert_int_eq(last_report(NULL), MM_DOUBLE_FREE);
    ck_assert_int_eq(last_report(&where), MM_DOUBLE_FREE);
    ck_assert_ptr_eq(where, lo() + 16);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, judged_start, NULL);
    tcase_add_test(tcase, the_empty_heap_has_a_start);
    tcase_add_test(tcase, sbrk_gives_the_old_break);
    tcase_add_test(tcase, new_memory_is_junk_and_old_memory_stays);
    tcase_add_test(tcase, negative_and_huge_increments_are_refused);
    tcase_add_test(tcase, the_limit_holds_to_the_byte);
    tcase_add_test(tcase, a_limit_that_makes_no_sense_is_a_fault);
    tcase_add_test(tcase, a_limit_below_the_heap_lets_it_not_grow);
    tcase_add_test(tcase, a_heap_that_is_taken_back_leaves_zeros);
    tcase_add_test(tcase, one_call_is_refused);
    tcase_add_test(tcase, reports_are_noted);
}
