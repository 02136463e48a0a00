// SPDX-License-Identifier: MIT
/*
 * my_tests.c - your own tests of the debugging layer of lab 09.
 *
 * They are ordinary Check tests (`make test-mine` runs them on your debug_alloc.c). The grader runs
 * them on correct and on wrong layers: every correct one must pass all of them, and each wrong one
 * should fail at least one. So test what debug_alloc.h promises, and nothing that it leaves open.
 *
 * Rules of this file:
 *   - Every test starts with an empty heap and without reports. No test depends on another.
 *   - Each test checks one promise, and its name says which.
 *   - The layer keeps pointers: to blocks and to file names. So pass it only addresses on the heap,
 *     which your tests and the layer share, and never a string or a variable of your own.
 *     file_named makes a file name that you may use. mem_heap_lo() - 64 is a wild pointer.
 *   - lib_malloc lends memory again as soon as it has been given back. mem_limit(0) makes it
 *     refuse, unless there is such memory.
 */
#include "debug_alloc.h"
#include "library.h"
#include "memlib.h"
#include "mytests.h"

#include <check.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Returns a copy of NAME on the heap. */
static const char *file_named(const char *name)
{
    char *copy = lib_block(strlen(name) + 1);
    ck_assert_ptr_nonnull(copy);
    return strcpy(copy, name);
}

/* Returns the report made last. */
static struct dbg_report last_report(void)
{
    struct dbg_report report;
    ck_assert_uint_gt(lib_reports(), 0);
    ck_assert(lib_report_at(lib_reports() - 1, &report));
    return report;
}

/* An example: a block that is freed twice is reported, with the block concerned. */
START_TEST(double_free_is_reported)
{
    const char *file = file_named("list.c");
    char *a = dbg_malloc(100, file, 10);
    dbg_free(a, file, 20);
    ck_assert_uint_eq(lib_reports(), 0);
    dbg_free(a, file, 30);
    ck_assert_uint_eq(lib_reports(), 1);
    ck_assert_int_eq(last_report().kind, DBG_DOUBLE_FREE);
    ck_assert_ptr_eq(last_report().block, a);
}
END_TEST

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, double_free_is_reported);
}
