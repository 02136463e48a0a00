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

#ifdef SOLUTION
/*** Payloads with bytes in them ***/

enum { OVERHEAD = sizeof(struct header) + sizeof(size_t) };

static unsigned char pattern(size_t i)
{
    return (unsigned char)(37 * i + 5);
}

static void write_pattern(unsigned char *payload, size_t n)
{
    for (size_t i = 0; i < n; i++)
        payload[i] = pattern(i);
}

static void assert_pattern(const unsigned char *payload, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(payload[i], pattern(i));
}

static size_t payload_bytes(void *payload)
{
    return ((struct header *)payload - 1)->size - OVERHEAD;
}

/* Allocates a block of BYTES bytes, header and footer included, and fills its whole payload. In a
 * fresh heap, the blocks follow each other in the order of the calls. */
static unsigned char *take(size_t bytes)
{
    unsigned char *payload = mm_malloc(bytes - OVERHEAD);
    ck_assert_ptr_nonnull(payload);
    write_pattern(payload, payload_bytes(payload));
    return payload;
}

static struct header *block_of(void *payload)
{
    return (struct header *)payload - 1;
}

/* The block of PAYLOAD is used and has SIZE bytes. The free block after it has FREE_BYTES; 0 means
 * that the next block is not free. */
static void assert_block(void *payload, size_t size, size_t free_bytes)
{
    struct header *block = block_of(payload);
    ck_assert_int_eq(mm_check(), MM_SOUND);
    ck_assert_int_eq(block->state, MM_USED);
    ck_assert_uint_eq(block->size, size);
    const struct header *next = mm_next(block);
    ck_assert_uint_eq(next != NULL && next->state == MM_FREE ? next->size : 0, free_bytes);
}

static unsigned char *resize(void *payload, size_t size)
{
    unsigned char *resized = mm_realloc(payload, size);
    ck_assert_ptr_nonnull(resized);
    ck_assert_int_eq(mm_check(), MM_SOUND);
    ck_assert_int_eq(block_of(resized)->state, MM_USED);
    ck_assert_uint_ge(payload_bytes(resized), size);
    return resized;
}

/*** Products and arrays ***/

static const size_t too_large[][2] = {
    {SIZE_MAX, 2},           {2, SIZE_MAX},         {SIZE_MAX / 2 + 1, 2},
    {SIZE_MAX / 16 + 2, 16}, {3, SIZE_MAX / 3 + 8},
};

enum { TOO_LARGE = sizeof too_large / sizeof *too_large };

START_TEST(products)
{
    size_t product = 1;
    ck_assert(mm_product(6, 7, &product));
    ck_assert_uint_eq(product, 42);
    ck_assert(mm_product(0, 7, &product) && product == 0);
    product = 1;
    ck_assert(mm_product(1, 0, &product) && product == 0);
    ck_assert(mm_product(SIZE_MAX, 1, &product) && product == SIZE_MAX);
    ck_assert(mm_product(1, SIZE_MAX, &product) && product == SIZE_MAX);
    ck_assert(mm_product((size_t)1 << 31, 8, &product) && product == (size_t)1 << 34);
    for (size_t i = 0; i < TOO_LARGE; i++) {
        ck_assert(!mm_product(too_large[i][0], too_large[i][1], &product));
        ck_assert_uint_eq(product, (size_t)1 << 34);
    }
}
END_TEST

static void assert_zero(const unsigned char *bytes, size_t n)
{
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < n; i++)
        ck_assert_uint_eq(bytes[i], 0);
    ck_assert_int_eq(mm_check(), MM_SOUND);
}

START_TEST(new_memory_is_cleared)
{
    assert_zero(mm_calloc(3, 2000), 6000);
    assert_zero(mm_calloc(1, 5000), 5000);
}
END_TEST

START_TEST(recycled_memory_is_cleared)
{
    unsigned char *a = take(MM_CHUNK);
    mm_free(a);
    size_t heap_bytes = mem_heapsize();
    assert_zero(mm_calloc(50, 8), 400);
    assert_zero(mm_calloc(1, 33), 33);
    assert_zero(mm_calloc(33, 1), 33);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

START_TEST(impossible_arrays_are_refused)
{
    unsigned char *a = take(64);
    for (size_t i = 0; i < TOO_LARGE; i++) {
        errno = 0;
        ck_assert_ptr_null(mm_calloc(too_large[i][0], too_large[i][1]));
        ck_assert_int_eq(errno, ENOMEM);
        errno = 0;
        ck_assert_ptr_null(mm_reallocarray(a, too_large[i][0], too_large[i][1]));
        ck_assert_int_eq(errno, ENOMEM);
        assert_block(a, 64, MM_CHUNK - 64);
    }
    ck_assert_ptr_null(mm_calloc(0, 8));
    ck_assert_ptr_null(mm_calloc(8, 0));
    mem_limit(mem_heapsize());
    errno = 0;
    ck_assert_ptr_null(mm_calloc(2, MM_CHUNK));
    ck_assert_int_eq(errno, ENOMEM);
    assert_pattern(a, 40);
}
END_TEST

START_TEST(reallocarray_resizes)
{
    unsigned char *a = mm_reallocarray(NULL, 5, 8);
    ck_assert_ptr_nonnull(a);
    write_pattern(a, 40);
    ck_assert_ptr_eq(mm_reallocarray(a, 13, 8), a);
    assert_block(a, 128, MM_CHUNK - 128);
    assert_pattern(a, 40);
    ck_assert_ptr_null(mm_reallocarray(a, 0, 8));
    ck_assert_int_eq(block_of(a)->state, MM_FREE);
}
END_TEST

/*** Special cases of mm_realloc ***/

START_TEST(null_is_malloc)
{
    unsigned char *a = mm_realloc(NULL, 40);
    ck_assert_ptr_nonnull(a);
    assert_block(a, 64, MM_CHUNK - 64);
    ck_assert_ptr_null(mm_realloc(NULL, 0));
}
END_TEST

START_TEST(zero_is_free)
{
    unsigned char *a = take(64);
    take(64);
    ck_assert_ptr_null(mm_realloc(a, 0));
    ck_assert_int_eq(block_of(a)->state, MM_FREE);
    ck_assert_int_eq(mm_check(), MM_SOUND);
    ck_assert_uint_eq(mem_reports(), 0);
}
END_TEST

START_TEST(smaller_is_cut)
{
    unsigned char *a = take(256), *b = take(96);
    take(48);
    ck_assert_ptr_eq(resize(a, 232), a);
    assert_block(a, 256, 0);
    ck_assert_ptr_eq(resize(a, 104), a);
    assert_block(a, 128, 128);
    assert_pattern(a, 104);
    ck_assert_ptr_eq(resize(a, 1), a);
    assert_block(a, 48, 208);
    ck_assert_ptr_eq(resize(b, 41), b);
    assert_block(b, 96, 0);
}
END_TEST

/*** Larger, in place ***/

START_TEST(free_block_is_absorbed)
{
    unsigned char *a = take(64), *b = take(160);
    take(48);
    mm_free(b);
    ck_assert(mm_extend(block_of(a), 112));
    assert_block(a, 112, 112);
    ck_assert(mm_extend(block_of(a), 176));
    assert_block(a, 176, 48);
    size_t heap_bytes = mem_heapsize();
    ck_assert_ptr_eq(resize(a, 200), a);
    assert_block(a, 224, 0);
    assert_pattern(a, 40);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
}
END_TEST

START_TEST(payload_size_becomes_block_size)
{
    unsigned char *a = take(64), *b = take(160);
    take(48);
    mm_free(b);
    ck_assert_ptr_eq(resize(a, 88), a);
    assert_block(a, 112, 112);
}
END_TEST

/* The fourth block is used, so the second cannot reach the end of the heap. */
START_TEST(neighbours_are_respected)
{
    unsigned char *a = take(64), *b = take(64), *c = take(64), *d = take(64);
    mm_free(c);
    size_t heap_bytes = mem_heapsize();
    ck_assert(!mm_extend(block_of(a), 96));
    assert_block(a, 64, 0);
    ck_assert(!mm_extend(block_of(b), 144));
    assert_block(b, 64, 64);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes);
    assert_pattern(d, 40);
}
END_TEST

START_TEST(heap_end_grows)
{
    unsigned char *a = take(MM_CHUNK);
    size_t heap_bytes = mem_heapsize();
    ck_assert(mm_extend(block_of(a), MM_CHUNK + 64));
    assert_block(a, MM_CHUNK + 64, MM_CHUNK - 64);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes + MM_CHUNK);
    ck_assert_ptr_eq(resize(a, 4 * MM_CHUNK - OVERHEAD), a);
    ck_assert_uint_eq(mem_heapsize(), heap_bytes + 3 * MM_CHUNK);
    assert_block(a, 4 * MM_CHUNK, 0);
    ck_assert(mm_extend(block_of(a), 6 * MM_CHUNK)); /* now no free block follows it */
    ck_assert_uint_eq(mem_heapsize(), heap_bytes + 5 * MM_CHUNK);
    assert_block(a, 6 * MM_CHUNK, 0);
    assert_pattern(a, MM_CHUNK - OVERHEAD);
}
END_TEST

/*** Moving, and failing ***/

START_TEST(payload_moves)
{
    unsigned char *a = take(128), *b = take(64);
    write_pattern(a, 104);
    unsigned char *moved = resize(a, 105);
    ck_assert_ptr_ne(moved, a);
    assert_pattern(moved, 104);
    ck_assert_int_eq(block_of(a)->state, MM_FREE);
    assert_pattern(b, 40);
    moved = resize(b, 300);
    assert_pattern(moved, 40);
}
END_TEST

/* The new block is only 16 bytes larger than the old one, and its neighbours are in use: a copy
 * that is too long damages them. */
START_TEST(copy_is_not_too_long)
{
    unsigned char *a = take(128);
    take(48);
    unsigned char *c = take(144);
    take(48);
    take(MM_CHUNK - 128 - 48 - 144 - 48);
    mm_free(c);
    ck_assert_ptr_eq(resize(a, 105), c);
    assert_pattern(c, 104);
}
END_TEST

/* There is no memory past the end of the simulated heap. A copy that is much too long runs into it.
 */
START_TEST(copy_reads_old_payload_only)
{
    enum { MIB = 1 << 20 };
    unsigned char *hole = mm_malloc(31 * MIB), *a = take(64);
    ck_assert_ptr_nonnull(hole);
    take(48);
    mm_free(hole);
    assert_pattern(resize(a, 30 * MIB), 40);
}
END_TEST

START_TEST(failure_changes_nothing)
{
    unsigned char *a = take(96), *b = take(MM_CHUNK - 96);
    mem_limit(mem_heapsize());
    errno = 0;
    ck_assert_ptr_null(mm_realloc(a, 200));
    ck_assert_int_eq(errno, ENOMEM);
    assert_block(a, 96, 0);
    ck_assert_ptr_null(mm_realloc(b, MM_CHUNK));
    assert_block(b, MM_CHUNK - 96, 0);
    ck_assert(!mm_extend(block_of(b), MM_CHUNK));
    errno = 0;
    ck_assert_ptr_null(mm_realloc(a, SIZE_MAX - 30));
    ck_assert_int_eq(errno, ENOMEM);
    ck_assert_ptr_null(mm_realloc(a, SIZE_MAX));
    assert_block(a, 96, 0);
    assert_pattern(a, 72);
    assert_pattern(b, MM_CHUNK - 96 - OVERHEAD);
}
END_TEST

START_TEST(hole_is_found_in_full_heap)
{
    unsigned char *hole = take(1024);
    take(MM_CHUNK - 1024 - 64);
    unsigned char *last = take(64);
    mm_free(hole);
    mem_limit(mem_heapsize());
    unsigned char *moved = resize(last, 500);
    ck_assert(moved >= hole && moved + 500 <= hole + 1024); /* anywhere in the hole */
    assert_pattern(moved, 40);
}
END_TEST

#endif
void my_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, NULL);
    tcase_add_test(tcase, array_is_zero);
#ifdef SOLUTION
    tcase_add_test(tcase, products);
    tcase_add_test(tcase, new_memory_is_cleared);
    tcase_add_test(tcase, recycled_memory_is_cleared);
    tcase_add_test(tcase, impossible_arrays_are_refused);
    tcase_add_test(tcase, reallocarray_resizes);
    tcase_add_test(tcase, null_is_malloc);
    tcase_add_test(tcase, zero_is_free);
    tcase_add_test(tcase, smaller_is_cut);
    tcase_add_test(tcase, free_block_is_absorbed);
    tcase_add_test(tcase, payload_size_becomes_block_size);
    tcase_add_test(tcase, neighbours_are_respected);
    tcase_add_test(tcase, heap_end_grows);
    tcase_add_test(tcase, payload_moves);
    tcase_add_test(tcase, copy_is_not_too_long);
    tcase_add_test(tcase, copy_reads_old_payload_only);
    tcase_add_test(tcase, failure_changes_nothing);
    tcase_add_test(tcase, hole_is_found_in_full_heap);
#endif
}
