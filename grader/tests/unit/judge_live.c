// SPDX-License-Identifier: MIT
/*
 * judge_live.c - unit tests of judge/lib/live.c: the books of blocks in use during a replay.
 */
#include "judge/lib/live.h"
#include "memlib.h"
#include "tests/unit/support/judged.h"

enum { IDS = 1000, HEAP = 1 << 20 };

static unsigned char *heap(void)
{
    return mem_heap_lo();
}

static void start(void)
{
    judged_start();
    mem_sbrk(HEAP);
    live_open(IDS);
}

START_TEST(a_shared_byte_is_found)
{
    live_add(3, heap() + 64, 100, 0, 0);
    ck_assert_int_eq(live_in_the_way(heap() + 160, 8), 3);
    ck_assert_int_eq(live_in_the_way(heap() + 168, 8), -1);
    ck_assert_int_eq(live_in_the_way(heap() + 56, 8), -1);
    live_remove(3);
    ck_assert_int_eq(live_in_the_way(heap() + 64, 100), -1);
}
END_TEST

START_TEST(a_block_that_encloses_another_is_found)
{
    live_add(7, heap() + 512, 8, 0, 0);
    ck_assert_int_eq(live_in_the_way(heap(), 4096), 7);
}
END_TEST

START_TEST(every_changed_byte_is_found)
{
    size_t offset;
    live_add(1, heap() + 16, 77, 0, 0);
    for (size_t i = 0; i < 77; i++) {
        heap()[16 + i] ^= 1;
        ck_assert_int_eq(live_find_damage(&offset), 1);
        ck_assert_uint_eq(offset, i);
        heap()[16 + i] ^= 1;
    }
    heap()[16 + 77] ^= 1;
    ck_assert_int_eq(live_find_damage(&offset), -1);
}
END_TEST

START_TEST(damage_is_found_in_turn)
{
    size_t offset;
    int64_t found = -1;
    int calls = 0;
    for (uint32_t id = 0; id < IDS; id++)
        live_add(id, heap() + id * 1024, 1000, 0, 0);
    heap()[500 * 1024 + 321] ^= 0x80;
    while (found < 0 && calls++ < IDS)
        found = live_find_some_damage(NULL, &offset);
    ck_assert_int_eq(found, 500);
    ck_assert_uint_eq(offset, 321);
    ck_assert_int_gt(calls, 1);
}
END_TEST

START_TEST(neighbours_are_looked_at_at_once)
{
    size_t offset;
    for (uint32_t id = 0; id < IDS; id++)
        live_add(id, heap() + id * 1024, 1000, 0, 0);
    heap()[601 * 1024] ^= 1;
    ck_assert_int_eq(live_find_some_damage(heap() + 600 * 1024, &offset), 601);
    ck_assert_int_eq(live_find_some_damage(heap() + 602 * 1024, &offset), 601);
}
END_TEST

START_TEST(a_moved_block_keeps_its_pattern)
{
    size_t offset;
    live_add(2, heap(), 100, 0, 0);
    memmove(heap() + 2048, heap(), 100);
    live_remove(2);
    ck_assert(live_pattern_holds(2, heap() + 2048, 100, &offset));
    live_add(2, heap() + 2048, 300, 100, 1);
    ck_assert_int_eq(live_find_damage(&offset), -1);
    ck_assert_uint_eq(live_totals()->bytes, 300);
    ck_assert_uint_eq(live_totals()->peak, 300);
}
END_TEST

START_TEST(two_blocks_never_have_one_pattern)
{
    size_t offset;
    live_add(1, heap(), 64, 0, 0);
    live_add(2, heap() + 64, 64, 0, 0);
    ck_assert(!live_pattern_holds(1, heap() + 64, 64, &offset));
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, start, NULL);
    tcase_add_test(tcase, a_shared_byte_is_found);
    tcase_add_test(tcase, a_block_that_encloses_another_is_found);
    tcase_add_test(tcase, every_changed_byte_is_found);
    tcase_add_test(tcase, damage_is_found_in_turn);
    tcase_add_test(tcase, neighbours_are_looked_at_at_once);
    tcase_add_test(tcase, a_moved_block_keeps_its_pattern);
    tcase_add_test(tcase, two_blocks_never_have_one_pattern);
}
