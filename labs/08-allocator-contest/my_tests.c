// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 08.
 *
 * They are ordinary Check tests; `make test-mine` runs them on your mm.c. The grader runs them on
 * correct and on wrong allocators of very different designs. Every correct one must pass, and every
 * wrong one should fail at least one test. So test what mm.h promises and nothing else. For
 * example, mm.h does not promise that freed memory is reused; the score measures that.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap: set_up calls mm_init. No test depends on another.
 *   - Each test checks one promise of the contract, and its name says which.
 */
#include "memlib.h"
#include "mm.h"
#include "mytests.h"

#include <check.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void set_up(void)
{
    ck_assert(mm_init());
}

/* An example: bytes written to one block must not show up in another. */
START_TEST(blocks_share_nothing)
{
    char *a = mm_malloc(100);
    char *b = mm_malloc(100);
    ck_assert_ptr_nonnull(a);
    ck_assert_ptr_nonnull(b);
    memset(a, 'a', 100);
    memset(b, 'b', 100);
    for (int i = 0; i < 100; i++)
        ck_assert_int_eq(a[i], 'a');
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, blocks_share_nothing);
}
