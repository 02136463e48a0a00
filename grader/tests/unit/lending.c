// SPDX-License-Identifier: MIT
/*
 * lending.c - a student's test passes its own variables to the implementation (owntests/lending.h).
 */
#include "owntests/lending.c"

#include "tests/unit/support/unit.h"

#include <sys/mman.h>

/* A test's variable, with all that is lent with it. (Of a frame, more than the sanitizers allow would be read.) */
static int room[LENT_BYTES];

static void map_arena(void)
{
    void *wanted = (void *)ARENA_ADDRESS;
    ck_assert_ptr_eq(mmap(wanted, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0),
                     wanted);
}

/* Lends VARIABLE as argument 0; the call stores VALUE in it. */
static void lend_and_store(int *variable, int value)
{
    uint64_t lent = lend(0, (uint64_t)(uintptr_t)variable);
    ck_assert_uint_ne(lent, (uint64_t)(uintptr_t)variable);
    *(int *)(uintptr_t)lent = value;
    take_back();
}

START_TEST(changes_come_back)
{
    map_arena();
    lend_and_store(room, 2);
    ck_assert_int_eq(room[0], 2);
}
END_TEST

/* The memory of the variable may be another one's by the next call, which lends something else or nothing. */
START_TEST(later_calls_leave_it_alone)
{
    map_arena();
    lend_and_store(room, 2);
    room[0] = 3;
    take_back();
    ck_assert_int_eq(room[0], 3);
    ck_assert_uint_eq(lend(1, ARENA_ADDRESS), ARENA_ADDRESS);
    take_back();
    ck_assert_int_eq(room[0], 3);
}
END_TEST

/* What was reported of it in an earlier call is still its own address. */
START_TEST(its_address_is_known_later)
{
    map_arena();
    uint64_t lent = lend(0, (uint64_t)(uintptr_t)room);
    take_back();
    take_back();
    ck_assert_uint_eq(lent_from(lent), (uint64_t)(uintptr_t)room);
}
END_TEST

void unit_tests(TCase *tcase)
{
    tcase_add_test(tcase, changes_come_back);
    tcase_add_test(tcase, later_calls_leave_it_alone);
    tcase_add_test(tcase, its_address_is_known_later);
}
