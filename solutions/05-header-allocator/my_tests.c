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

#ifdef SOLUTION
/*** The layout of header_alloc.h, looked at from outside ***/

enum { HEADER = sizeof(struct header) };

static char *at(size_t offset)
{
    return (char *)mem_heap_lo() + offset;
}

/* Is there a sound block of SIZE bytes in STATE at OFFSET? */
static void check_block(size_t offset, size_t size, enum mm_state state)
{
    const struct header *header = (const struct header *)(const void *)at(offset);
    ck_assert_uint_eq(header->size, size);
    ck_assert_int_eq(header->state, state);
    ck_assert_uint_eq(header->magic, MM_MAGIC);
}

/*** Headers and payloads ***/

START_TEST(header_and_payload_are_neighbours)
{
    struct header headers[2];
    ck_assert_ptr_eq(mm_payload(headers), headers + 1);
    ck_assert_ptr_eq(mm_header(headers + 1), headers);
}
END_TEST

START_TEST(block_starts_the_heap)
{
    char *a = mm_malloc(32);
    ck_assert_ptr_eq(a, at(HEADER));
    check_block(0, HEADER + 32, MM_USED);
    ck_assert_uint_eq(mem_heapsize(), HEADER + 32);
}
END_TEST

START_TEST(sizes_are_rounded_up)
{
    static const size_t sizes[] = {1, 15, 16, 17, 24, 31, 33};
    size_t offset = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t room = (sizes[i] + MM_ALIGNMENT - 1) / MM_ALIGNMENT * MM_ALIGNMENT;
        ck_assert_ptr_eq(mm_malloc(sizes[i]), at(offset + HEADER));
        check_block(offset, HEADER + room, MM_USED);
        offset += HEADER + room;
        ck_assert_uint_eq(mem_heapsize(), offset);
    }
}
END_TEST

START_TEST(payloads_keep_their_bytes)
{
    char *a = mm_malloc(40);
    char *b = mm_malloc(40);
    memset(a, 'a', 40);
    memset(b, 'b', 40);
    mm_free(a);
    char *c = mm_malloc(10);
    memset(c, 'c', 10);
    for (int i = 0; i < 40; i++)
        ck_assert_int_eq(b[i], 'b');
}
END_TEST

/*** Walking ***/

START_TEST(empty_heap_has_no_block)
{
    ck_assert_ptr_null(mm_first());
}
END_TEST

START_TEST(walk_meets_every_block)
{
    mm_malloc(16);
    mm_free(mm_malloc(100));
    mm_malloc(200);
    struct header *block = mm_first();
    ck_assert_ptr_eq(block, at(0));
    block = mm_next(block);
    ck_assert_ptr_eq(block, at(HEADER + 16));
    block = mm_next(block);
    ck_assert_ptr_eq(block, at(HEADER + 16 + HEADER + 112));
    ck_assert_ptr_null(mm_next(block));
}
END_TEST

/*** Freeing, and using again ***/

START_TEST(free_changes_the_state_alone)
{
    char *a = mm_malloc(64);
    mm_malloc(16);
    memset(a, 'a', 64);
    mm_free(a);
    check_block(0, HEADER + 64, MM_FREE);
    check_block(HEADER + 64, HEADER + 16, MM_USED);
    ck_assert_uint_eq(mem_heapsize(), HEADER + 64 + HEADER + 16);
}
END_TEST

START_TEST(block_used_again_belongs_to_one)
{
    char *a = mm_malloc(64);
    mm_malloc(16);
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(16), a);
    check_block(0, HEADER + 64, MM_USED);
    ck_assert_ptr_ne(mm_malloc(16), a);
}
END_TEST

START_TEST(exact_fit_is_a_fit)
{
    char *a = mm_malloc(64);
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(64), a);
    ck_assert_uint_eq(mem_heapsize(), HEADER + 64);
}
END_TEST

START_TEST(too_small_is_passed_over)
{
    char *a = mm_malloc(64);
    char *b = mm_malloc(160);
    mm_malloc(16);
    mm_free(a);
    mm_free(b);
    size_t heap_bytes = mem_heapsize();
    ck_assert_ptr_eq(mm_malloc(65), b);
    ck_assert_ptr_eq(mm_malloc(80), at(heap_bytes + HEADER));
    ck_assert_ptr_eq(mm_malloc(64), a);
}
END_TEST

START_TEST(lowest_fit_is_taken)
{
    char *a = mm_malloc(200);
    mm_malloc(16);
    char *b = mm_malloc(100);
    mm_malloc(16);
    char *c = mm_malloc(100);
    mm_malloc(16);
    mm_free(c);
    mm_free(b);
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(100), a);
    ck_assert_ptr_eq(mm_malloc(100), b);
    ck_assert_ptr_eq(mm_malloc(100), c);
}
END_TEST

/*** Counting ***/

START_TEST(counts_are_right)
{
    struct mm_counts counts;
    memset(&counts, 0xff, sizeof counts);
    mm_count(&counts);
    ck_assert_uint_eq(counts.used_blocks, 0);
    ck_assert_uint_eq(counts.overhead_bytes, 0);
    mm_malloc(10);
    mm_free(mm_malloc(100));
    mm_malloc(200);
    mm_count(&counts);
    ck_assert_uint_eq(counts.used_blocks, 2);
    ck_assert_uint_eq(counts.free_blocks, 1);
    ck_assert_uint_eq(counts.used_bytes, 16 + 208);
    ck_assert_uint_eq(counts.free_bytes, 112);
    ck_assert_uint_eq(counts.overhead_bytes, 3 * HEADER);
}
END_TEST

/*** Edges ***/

START_TEST(zero_bytes_are_no_block)
{
    ck_assert_ptr_null(mm_malloc(0));
    mm_free(mm_malloc(16));
    ck_assert_ptr_null(mm_malloc(0));
    ck_assert_uint_eq(mem_heapsize(), HEADER + 16);
}
END_TEST

START_TEST(null_may_be_freed)
{
    mm_free(NULL);
    mm_malloc(16);
    mm_free(NULL);
    ck_assert_uint_eq(mem_reports(), 0);
}
END_TEST

START_TEST(no_memory_is_told)
{
    char *a = mm_malloc(64);
    mem_limit(mem_heapsize());
    errno = 0;
    ck_assert_ptr_null(mm_malloc(100));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_uint_eq(mem_heapsize(), HEADER + 64);
    check_block(0, HEADER + 64, MM_USED);
    mm_free(a);
    ck_assert_ptr_eq(mm_malloc(64), a);
}
END_TEST

START_TEST(huge_sizes_are_refused)
{
    static const size_t sizes[] = {SIZE_MAX,      SIZE_MAX - 8,  SIZE_MAX - 15,      SIZE_MAX - 16,
                                   SIZE_MAX - 31, SIZE_MAX - 64, (size_t)INTPTR_MAX, (size_t)INTPTR_MAX - 15};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        errno = 0;
        ck_assert_ptr_null(mm_malloc(sizes[i]));
        ck_assert_int_eq(errno, ENOMEM);
        ck_assert_uint_eq(mem_heapsize(), 0);
    }
}
END_TEST

/*** Bad frees ***/

/* mm_free(POINTER) is reported once as KIND, and leaves the two blocks of the heap as they are. */
static void check_report(void *pointer, enum mm_misuse kind, enum mm_state first)
{
    const void *told = NULL;
    unsigned before = mem_reports();
    mm_free(pointer);
    ck_assert_uint_eq(mem_reports(), before + 1);
    ck_assert_int_eq(mem_last_report(&told), kind);
    ck_assert_ptr_eq(told, pointer);
    check_block(0, HEADER + 64, first);
    check_block(HEADER + 64, HEADER + 32, MM_USED);
}

START_TEST(bad_frees_are_reported)
{
    int local = 0;
    char *a = mm_malloc(64);
    char *b = mm_malloc(32);
    memset(a, 0, 64);
    memset(b, 0, 32);
    check_report(&local, MM_WILD_POINTER, MM_USED);
    check_report(at(mem_heapsize()), MM_WILD_POINTER, MM_USED);
    check_report(at(mem_heapsize()) + HEADER, MM_WILD_POINTER, MM_USED);
    check_report(a + 16, MM_INTERIOR_POINTER, MM_USED);
    check_report(b + 16, MM_INTERIOR_POINTER, MM_USED);
    check_report(at(0), MM_INTERIOR_POINTER, MM_USED);
    mm_free(a);
    check_report(a, MM_DOUBLE_FREE, MM_FREE);
}
END_TEST

START_TEST(first_block_may_be_freed_badly)
{
    mm_free(at(0));
    ck_assert_int_eq(mem_last_report(NULL), MM_WILD_POINTER);
    ck_assert_uint_eq(mem_heapsize(), 0);
}
END_TEST
#endif

void my_tests(TCase *tcase)
{
    tcase_add_test(tcase, freed_block_is_used_again);
#ifdef SOLUTION
    tcase_add_test(tcase, header_and_payload_are_neighbours);
    tcase_add_test(tcase, block_starts_the_heap);
    tcase_add_test(tcase, sizes_are_rounded_up);
    tcase_add_test(tcase, payloads_keep_their_bytes);
    tcase_add_test(tcase, empty_heap_has_no_block);
    tcase_add_test(tcase, walk_meets_every_block);
    tcase_add_test(tcase, free_changes_the_state_alone);
    tcase_add_test(tcase, block_used_again_belongs_to_one);
    tcase_add_test(tcase, exact_fit_is_a_fit);
    tcase_add_test(tcase, too_small_is_passed_over);
    tcase_add_test(tcase, lowest_fit_is_taken);
    tcase_add_test(tcase, counts_are_right);
    tcase_add_test(tcase, zero_bytes_are_no_block);
    tcase_add_test(tcase, null_may_be_freed);
    tcase_add_test(tcase, no_memory_is_told);
    tcase_add_test(tcase, huge_sizes_are_refused);
    tcase_add_test(tcase, bad_frees_are_reported);
    tcase_add_test(tcase, first_block_may_be_freed_badly);
#endif
}
