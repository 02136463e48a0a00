// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 05.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your header_alloc.c). The grader
 * runs them on correct and on wrong allocators: every correct one must pass all of them, and each
 * wrong one should fail at least one. So test what header_alloc.h promises, and nothing that it
 * leaves open.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 */
#include "header_alloc.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* An example: a freed block that is large enough is reused. */
START_TEST(freed_block_is_used_again)
{
    char *a = mm_malloc(64);
    mm_malloc(16);
    ck_assert_ptr_nonnull(a);
    size_t heap_bytes = mem_heapsize();
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(64), a);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, freed_block_is_used_again);
}
