// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the allocator of lab 06.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your free_list.c). The grader runs
 * them on correct and on wrong allocators: every correct one must pass all of them, and each wrong
 * one should fail at least one. So test what free_list.h promises, and nothing that it leaves open:
 * the order of the list, for example.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap, and set_up calls mm_init. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 */
#include "free_list.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static void set_up(void)
{
    ck_assert(mm_init());
}

/* An example. The freed block is the only one of its size, and both its neighbours are in use. */
START_TEST(freed_block_is_used_again)
{
    mm_malloc(100);
    char *b = mm_malloc(2000);
    mm_malloc(100);
    ck_assert_ptr_nonnull(b);
    size_t heap_bytes = mem_heapsize();
    mm_free(b);
    ck_assert_ptr_eq(mm_malloc(2000), b);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, freed_block_is_used_again);
}
