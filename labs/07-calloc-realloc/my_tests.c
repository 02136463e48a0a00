// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of lab 07.
 *
 * They are ordinary Check tests; `make test-mine` runs them on your realloc.c. The grader runs them
 * on correct and on wrong versions of realloc.c, with a working lab 06 underneath. Every correct
 * version must pass, and every wrong one should fail at least one test. Besides the functions of
 * realloc.h, you may call mm_init, mm_malloc, mm_free, mm_header, mm_next, mm_block_size and
 * mm_check of lab 06.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap: set_up calls mm_init. No test depends on another.
 *   - Each test checks one promise of the contract, and its name says which.
 */
#include "free_list.h"
#include "memlib.h"
#include "mytests.h"
#include "realloc.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void set_up(void)
{
    ck_assert(mm_init());
}

/* An example. mm_check is from lab 06; it checks the whole heap. */
START_TEST(array_is_zero)
{
    char *array = mm_calloc(10, 8);
    ck_assert_ptr_nonnull(array);
    for (int i = 0; i < 80; i++)
        ck_assert_int_eq(array[i], 0);
    ck_assert_int_eq(mm_check(), MM_SOUND);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, array_is_zero);
}
