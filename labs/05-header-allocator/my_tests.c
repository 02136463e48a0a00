// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 05.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your header_alloc.c). The grader runs them on right and
 * on wrong allocators: all the right ones must pass, and each wrong one should fail somewhere. So test what
 * header_alloc.h promises, and nothing that it leaves open.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap. No test depends on another.
 *   - One test, one promise. Its name says which.
 */
#include "header_alloc.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

/* An example. Both neighbours of the block that is freed are in use, so it is the only one that can be used again. */
START_TEST(freed_block_is_used_again)
{
    mm_malloc(100);
    char *b = mm_malloc(200);
    mm_malloc(100);
    ck_assert_ptr_nonnull(b);
    mm_free(b);
    ck_assert_ptr_eq(mm_malloc(200), b);
}
END_TEST


void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, freed_block_is_used_again);
}
