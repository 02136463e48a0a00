// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of lab 07.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your realloc.c). The grader runs them on right and on
 * wrong versions of it, with a good lab 06 below: all the right ones must pass, and each wrong one should fail
 * somewhere. Besides the functions of realloc.h you may call mm_init, mm_malloc, mm_free, mm_header, mm_next,
 * mm_block_size and mm_check of lab 06.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap; set_up calls mm_init. No test depends on another.
 *   - One test, one promise. Its name says which.
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

/* An example. mm_check is lab 06's: it looks at the whole heap. */
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
